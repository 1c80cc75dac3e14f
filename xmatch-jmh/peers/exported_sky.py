"""What SkyExport wrote: positions to match and the pairs to find; and the timing of a program that finds them.

No time counts before the program's pairs are the expected ones: index by index, another right row only where its
separation is the same, all separations to 1e-9 arcsec.
"""
import argparse
import hashlib
import json
import pathlib
import statistics
import sys
import time

from environment import describe

RADIUS_ARCSEC = 1.0
TOLERANCE_ARCSEC = 1e-9


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("skies", nargs="+", type=pathlib.Path, help="folders that SkyExport wrote")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="JSON file, in the form of JMH's")
    parser.add_argument("--runs", type=int, default=5, help="timed runs after the one that is checked")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


class Sky:
    """Positions and pairs of one folder, checksums verified."""

    def __init__(self, folder):
        import numpy as np
        self.folder = folder
        self.checksums = {}
        for line in (folder / "SHA256SUMS").read_text().splitlines():
            checksum, name = line.split("  ")
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != checksum:
                sys.exit(f"{folder / name} is not what SkyExport wrote: export it again")
            self.checksums[name] = checksum
        self.params = json.loads((folder / "sky.json").read_text())
        self.rows = int(self.params["rows"])
        self.neighbors = self.params["neighbors"]
        read = lambda name, kind: np.fromfile(folder / name, dtype=kind)
        self.left_ra, self.left_dec = read("left_ra.f64", "<f8"), read("left_dec.f64", "<f8")
        self.right_ra, self.right_dec = read("right_ra.f64", "<f8"), read("right_dec.f64", "<f8")
        self.left, self.right, self.separation = read("left.i32", "<i4"), read("right.i32", "<i4"), read("sep.f64", "<f8")
        self.most_neighbors = int(np.bincount(self.left).max()) if self.neighbors == "all" else int(self.neighbors)

    def require_equal(self, left, right, separation):
        """Ends the program unless these pairs, by left row, then separation, are the expected ones."""
        import numpy as np
        if len(left) != len(self.left) or not np.array_equal(left, self.left):
            sys.exit(f"{self.folder}: {len(left)} pairs, xmatch finds {len(self.left)}: "
                     f"only here {np.setdiff1d(left, self.left)[:5]}, only there {np.setdiff1d(self.left, left)[:5]} (left rows)")
        worst = float(np.max(np.abs(separation - self.separation), initial=0))
        if not worst <= TOLERANCE_ARCSEC:
            sys.exit(f"{self.folder}: separations differ by up to {worst} arcsec")
        other = np.flatnonzero(right != self.right)
        # another right row is a tie only if both rows really are as far away as was just compared, and no row counts twice
        for rows in right[other], self.right[other]:
            apart = haversine(self.left_ra[left[other]], self.left_dec[left[other]], self.right_ra[rows], self.right_dec[rows])
            wrong = np.flatnonzero(~(np.abs(apart - self.separation[other]) <= TOLERANCE_ARCSEC))
            if len(wrong) > 0:
                i = other[wrong[0]]
                sys.exit(f"{self.folder}: left row {left[i]} is matched with right row {right[i]}, by xmatch with {self.right[i]}")
        if len(np.unique(left.astype(np.int64) * len(self.right_ra) + right)) != len(left):
            sys.exit(f"{self.folder}: a pair was found twice")
        ties = len(other)
        return {"pairs": len(left), "ties": ties, "largest_separation_difference_arcsec": worst}


def haversine(ra1, dec1, ra2, dec2):
    import numpy as np
    ra1, dec1, ra2, dec2 = (np.deg2rad(x) for x in (ra1, dec1, ra2, dec2))
    h = np.sin((dec1 - dec2) / 2) ** 2 + np.cos(dec1) * np.cos(dec2) * np.sin((ra1 - ra2) / 2) ** 2
    return np.rad2deg(2 * np.arcsin(np.sqrt(h))) * 3600


def unit_vectors(ra, dec):
    """Degrees to rows of x, y, z."""
    import numpy as np
    ra, dec = np.deg2rad(ra), np.deg2rad(dec)
    cos = np.cos(dec)
    return np.column_stack((cos * np.cos(ra), cos * np.sin(ra), np.sin(dec)))


def chord_of(arcsec):
    import numpy as np
    return 2 * np.sin(np.deg2rad(arcsec / 3600) / 2)


def pairs_of(distance, index, right_rows):
    """Left rows, right rows and separations from what a k-d tree's query gives; no neighbour: index is right_rows."""
    import numpy as np
    if index.ndim == 1:
        left = np.flatnonzero(index < right_rows)
        right, chord = index[left], distance[left]
    else:
        left, place = np.nonzero(index < right_rows)
        right, chord = index[left, place], distance[left, place]
    return left, right, np.rad2deg(2 * np.arcsin(chord / 2)) * 3600


def timed(match, sky, runs):
    """Checks the pairs of one run, then gives the milliseconds of others."""
    equal = sky.require_equal(*match(sky))
    milliseconds = []
    for _ in range(runs):
        start = time.perf_counter()
        found = match(sky)
        milliseconds.append((time.perf_counter() - start) * 1e3)
        if len(found[0]) != equal["pairs"]:
            sys.exit(f"{sky.folder}: {len(found[0])} pairs in a timed run, {equal['pairs']} before")
    return milliseconds, equal


def entry(name, sky, threads, milliseconds, equal, **more):
    """A row in the form of JMH's JSON."""
    return {
        "benchmark": "peer." + name,
        "mode": "avgt",
        "threads": 1,
        "forks": 1,
        "params": {**sky.params, "algorithm": name, "threads": str(threads)},
        "primaryMetric": {"score": statistics.median(milliseconds), "scoreUnit": "ms/op", "rawData": [milliseconds]},
        "equal": equal,
        "checksums": sky.checksums,
        **more,
    }


def write(out, entries):
    environment = describe()
    out.write_text(json.dumps([{**e, "environment": environment} for e in entries], indent=1) + "\n")


def measure(name, match, options):
    """Times one function from a Sky's degrees to pairs on all skies, and writes the rows."""
    entries = []
    for folder in options.skies:
        sky = Sky(folder)
        milliseconds, equal = timed(match, sky, options.runs)
        entries.append(entry(name, sky, options.threads, milliseconds, equal))
        print(f"{name} {folder.name} threads {options.threads}: {statistics.median(milliseconds) * 1e6 / sky.rows:.1f} ns per left row, {equal}", flush=True)
        write(options.out, entries)
