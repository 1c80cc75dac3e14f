"""STILTS tmatch2, sky matcher, best match of each left row: whole processes, each cold.

usage: match_stilts.py SKY... --out FILE.json [--threads N] [--runs N]

Two rows a sky: "stilts (process)", from before the process starts to its end, reading and writing FITS included, and
"stilts (match)", what STILTS says that the phases of the match took in the same cold process, to 0.1 s a phase; left out
where that is less than half a second.
Needs the Debian package stilts.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from environment import output, run_in_venv
from exported_sky import RADIUS_ARCSEC, Sky, arguments, entry, write

OPTIONS = arguments(__doc__)
if shutil.which("stilts") is None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit("stilts is not installed, and only root can: install the Debian package stilts")
    subprocess.run(["apt-get", "-q", "update"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["apt-get", "-q", "install", "-y", "--no-install-recommends", "stilts"], check=True, stdout=subprocess.DEVNULL)
run_in_venv("numpy", "astropy")

import numpy as np
from astropy.table import Table

RUNNER = "sequential" if OPTIONS.threads == 1 else f"parallel{OPTIONS.threads}"


def write_fits(path, ra, dec):
    Table({"row": np.arange(len(ra), dtype=np.int32), "ra": ra, "dec": dec}).write(path)


def run(folder):
    """Seconds of the process, seconds of the match in it, and what it wrote."""
    out = folder / "pairs.fits"
    out.unlink(missing_ok=True)
    command = ["stilts", "-Xmx8g", "tmatch2", f"in1={folder / 'left.fits'}", f"in2={folder / 'right.fits'}", "ifmt1=fits", "ifmt2=fits",
               "matcher=sky", f"params={RADIUS_ARCSEC}", "values1=ra dec", "values2=ra dec", "find=best1", "join=1and2",
               "progress=time", f"runner={RUNNER}", "ocmd=keepcols 'row_1 row_2 Separation'", "ofmt=fits-basic", f"out={out}"]
    start = time.perf_counter()
    done = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    error = done.communicate()[1]
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"stilts failed: {error}")
    phases, end, _ = error.partition("Elapsed time for match")
    spent = [float(s) for s in re.findall(r"Time: ([\d.]+)s", phases)]
    if not end or not spent:
        sys.exit(f"stilts did not say how long the match took: {error}")
    return seconds, sum(spent), out


def pairs(out):
    table = Table.read(out)
    order = np.argsort(table["row_1"], kind="stable")
    return np.asarray(table["row_1"])[order], np.asarray(table["row_2"])[order], np.asarray(table["Separation"])[order]


entries = []
for sky_folder in OPTIONS.skies:
    sky = Sky(sky_folder)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        write_fits(folder / "left.fits", sky.left_ra, sky.left_dec)
        write_fits(folder / "right.fits", sky.right_ra, sky.right_dec)
        equal = sky.require_equal(*pairs(run(folder)[2]))
        times = []
        for _ in range(OPTIONS.runs):
            seconds, match_seconds, out = run(folder)
            if len(Table.read(out)) != equal["pairs"]:
                sys.exit(f"{sky_folder}: another number of pairs in a timed run")
            times.append((seconds, match_seconds))
    version = output("stilts", "-version")
    entries.append(entry("stilts (process)", sky, OPTIONS.threads, [t[0] * 1e3 for t in times], equal, version=version))
    if min(t[1] for t in times) >= 0.5:
        entries.append(entry("stilts (match)", sky, OPTIONS.threads, [t[1] * 1e3 for t in times], equal, version=version))
    print("stilts", sky_folder.name, OPTIONS.threads, "threads: process, match s", times, equal, flush=True)
    write(OPTIONS.out, entries)
