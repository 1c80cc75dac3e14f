"""Catalogs cut into other partitions than usual, and what a cross-match takes with them: tiny leaves, one huge leaf.

The same rows are matched as the generator cuts them and cut otherwise; the pairs are compared.

usage: partitions.py make FOLDER                  makes the catalogs (pyarrow, numpy; 4 GB)
       partitions.py measure FOLDER OUT.json      [--runs N] [--only NAME]...
       partitions.py page OUT.json                prints the table
"""
import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

HOME = pathlib.Path(__file__).resolve().parents[2]
XMATCH = str(HOME / "xmatch")
SPARSE, DENSE = 300_000, 5_000_000  # left rows
TINY_ORDER = 5  # 12,288 pixels

# left, right, margin of right or none; the first of each group has the usual partitions
GROUPS = {
    "300 k rows over the sky": [
        ("usual x usual", "sky/ztf", "sky/ps1", "sky/ps1_10arcs"),
        ("12,288 leaves x usual", "ztf-tiny", "sky/ps1", "sky/ps1_10arcs"),
        ("usual x 12,288 leaves, no margin", "sky/ztf", "ps1-tiny", "none"),
        ("12,288 x 12,288 leaves, no margin", "ztf-tiny", "ps1-tiny", "none"),
    ],
    "5 M rows in one field": [
        ("usual x usual", "field/ztf", "field/ps1", "field/ps1_10arcs"),
        ("one leaf x usual", "ztf-one", "field/ps1", "field/ps1_10arcs"),
        ("one leaf x one leaf", "ztf-one", "ps1-one", "none"),
        ("one leaf of one row group x the same", "ztf-one-group", "ps1-one-group", "none"),
        ("usual x one leaf of one row group", "field/ztf", "ps1-one-group", "none"),
    ],
}


def make(folder):
    subprocess.check_call([XMATCH, "generate", "allsky", "--rows", str(SPARSE), "--out", str(folder / "sky")])
    subprocess.check_call([XMATCH, "generate", "kepler", "--rows", str(DENSE), "--out", str(folder / "field")])
    for name in ("ztf", "ps1"):
        cut(folder / "sky" / name, folder / (name + "-tiny"), TINY_ORDER, 1 << 20)
        cut(folder / "field" / name, folder / (name + "-one"), 0, 1 << 20)
        cut(folder / "field" / name, folder / (name + "-one-group"), 0, 1 << 30)


def cut(source, target, order, group_rows):
    """A catalog of the same rows in the pixels of one order."""
    import numpy
    import pyarrow
    import pyarrow.parquet as parquet
    files = sorted(path for path in (source / "dataset").rglob("*.parquet") if "Npix=" in str(path))
    rows = pyarrow.concat_tables([parquet.read_table(path, partitioning=None) for path in files]).combine_chunks()
    rows = rows.sort_by("_healpix_29")
    pixels = numpy.asarray(rows["_healpix_29"]) >> 2 * (29 - order)
    starts = numpy.flatnonzero(numpy.concatenate([[True], pixels[1:] != pixels[:-1]]))
    lines = ["Norder,Npix"]
    for start, end in zip(starts, [*starts[1:], len(pixels)]):
        pixel = int(pixels[start])
        leaf = target / "dataset" / f"Norder={order}" / f"Dir={pixel // 10000 * 10000}" / f"Npix={pixel}.parquet"
        leaf.parent.mkdir(parents=True, exist_ok=True)
        parquet.write_table(rows.slice(start, end - start), leaf, compression="zstd", row_group_size=group_rows,
                            write_page_index=True)
        lines.append(f"{order},{pixel}")
    shutil.copy(source / "dataset" / "_common_metadata", target / "dataset" / "_common_metadata")
    (target / "partition_info.csv").write_text("\n".join(lines) + "\n")
    for name in ("hats.properties", "properties"):
        shutil.copy(source / name, target / name)
    print(target, len(lines) - 1, "leaves,", len(pixels), "rows", file=sys.stderr)


def run(folder, job, threads, kind):
    out, summary = folder / ("pairs." + kind), folder / "summary.json"
    for old in (out, summary):
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    _, left, right, margin = job
    started = time.monotonic()
    subprocess.check_call([XMATCH, "crossmatch", str(folder / left), str(folder / right), "--radius", "1", "--quiet",
                           "--right-margin", margin if margin == "none" else str(folder / margin),
                           "--threads", str(threads), "--out", str(out), "--summary", str(summary)],
                          stderr=subprocess.DEVNULL)
    seconds = time.monotonic() - started
    told = json.loads(summary.read_text())
    files = sum(1 for path in out.rglob("Npix=*") if path.is_file()) if kind == "hats" else 1
    shutil.rmtree(out) if out.is_dir() else out.unlink()
    return {"seconds": seconds, "cpu_seconds": told["cpu_seconds"], "rows_out": told["rows_out"],
            "peak_rss_bytes": told["peak_rss_bytes"], "stages": told["stages"], "leaves": files}


def measure(folder, out, runs, only):
    done = []
    for group, jobs in GROUPS.items():
        for job in jobs:
            if only and not any(word in job[0] for word in only):
                continue
            for kind in ("parquet", "hats"):
                for threads in (1, 2):
                    run(folder, job, threads, kind)  # for the page cache
                    found = [run(folder, job, threads, kind) for _ in range(runs)]
                    done.append({"group": group, "job": job[0], "to": kind, "threads": threads, "runs": found})
                    print(group, job[0], kind, threads, [round(r["seconds"], 2) for r in found], found[0]["rows_out"],
                          file=sys.stderr, flush=True)
        counts = {entry["runs"][0]["rows_out"] for entry in done if entry["group"] == group}
        assert len(counts) <= 1, counts
    out.write_text(json.dumps(done, indent=1) + "\n")


def page(source):
    print("| rows | partitions | to | threads | seconds, median (least - most) | times the usual | processor s | peak MB |"
          " result's leaves |")
    print("|---|---|---|---:|---:|---:|---:|---:|---:|")
    usual = {}
    for entry in json.loads(source.read_text()):
        seconds = [run["seconds"] for run in entry["runs"]]
        median = statistics.median(seconds)
        key = entry["group"], entry["to"], entry["threads"]
        usual.setdefault(key, median)
        print("| %s | %s | %s | %d | %.2f (%.2f - %.2f) | %.2f | %.1f | %.0f | %d |" % (
            entry["group"], entry["job"], entry["to"], entry["threads"], median, min(seconds), max(seconds),
            median / usual[key], statistics.median(run["cpu_seconds"] for run in entry["runs"]),
            max(run["peak_rss_bytes"] for run in entry["runs"]) / 1e6, entry["runs"][0]["leaves"]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("make", "measure", "page"))
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", action="append")
    arguments = parser.parse_args()
    if arguments.what == "make":
        make(arguments.paths[0])
    elif arguments.what == "measure":
        measure(arguments.paths[0], arguments.paths[1], arguments.runs, arguments.only)
    else:
        page(arguments.paths[0])


if __name__ == "__main__":
    main()
