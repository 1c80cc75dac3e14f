"""Workers that scale against fixed numbers of them, in turns: the tutorial's cross-match from disk or over a line, to HATS on disk.

usage: scaling.py CATALOGS OUT.json [--cone 33743] [--workers 1,2] [--rounds 4]
                  [--server VERSITYGW --link LINK --round-trip 50 --rate 30]      over such a line, ms and MiB/s (line.py)

CATALOGS holds ztf, ps1 and ps1_10arcs (xmatch generate kepler). Every run is a process, timed from before it starts
until it has ended; the order of the numbers turns from round to round. All runs must give the same number of pairs.
"""
import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from environment import describe, launched_java, run_in_venv
from line import ANONYMOUS, BUCKET, ENDPOINT, Link, served

parser = argparse.ArgumentParser()
parser.add_argument("catalogs", type=pathlib.Path)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--cone", default="33743")
parser.add_argument("--workers", default="1,2")
parser.add_argument("--rounds", type=int, default=4)
parser.add_argument("--server")
parser.add_argument("--link")
parser.add_argument("--round-trip", type=int, default=50)
parser.add_argument("--rate", type=int, default=30)
OPTIONS = parser.parse_args()
if OPTIONS.server:
    run_in_venv("botocore")

XMATCH = str(pathlib.Path(__file__).resolve().parents[2] / "xmatch")
CONE = f"290.6666666666667,44.5,{OPTIONS.cone}"


def run(workers, work):
    place = f"s3://{BUCKET}" if OPTIONS.server else str(OPTIONS.catalogs)
    summary = work / "summary.json"
    command = [XMATCH, "crossmatch", f"{place}/ztf", f"{place}/ps1", "--right-margin", f"{place}/ps1_10arcs", "--radius", "1", "--cone", CONE,
               "--left-columns", "oid,ra,dec", "--right-columns", "objName,objID,raMean,decMean", "--format", "hats", "--threads", workers,
               "--out", str(work / "out"), "--overwrite", "--summary", str(summary), *(["--s3-endpoint", ENDPOINT] if OPTIONS.server else [])]
    line = Link(OPTIONS.link, OPTIONS.round_trip, OPTIONS.rate) if OPTIONS.server else contextlib.nullcontext()
    with line:
        started = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, **ANONYMOUS})
        seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(done.stderr)
    facts = json.loads(summary.read_text())
    return {"workers": workers, "seconds": round(seconds, 3), **{key: facts[key] for key in ("cpu_seconds", "rows_out", "peak_rss_bytes")}}


def main():
    numbers = [*OPTIONS.workers.split(","), "scale"]
    job = {"cone_arcsec": float(OPTIONS.cone), **({"round_trip_ms": OPTIONS.round_trip, "mib_per_second": OPTIONS.rate} if OPTIONS.server else {})}
    result = {"environment": {**describe(), "xmatch_java": launched_java(XMATCH)}, "job": job, "rounds": []}
    with tempfile.TemporaryDirectory(dir=OPTIONS.out.resolve().parent) as name:
        work = pathlib.Path(name)
        with served(OPTIONS.server, OPTIONS.catalogs, work) if OPTIONS.server else contextlib.nullcontext():
            run(numbers[0], work)  # the files are in the system's cache after that
            for number in range(OPTIONS.rounds):
                order = numbers if number % 2 == 0 else numbers[::-1]
                runs = [run(workers, work) for workers in order]
                if len({taken["rows_out"] for taken in runs}) > 1:
                    sys.exit(f"not the same pairs: {runs}")
                seconds = {taken["workers"]: taken["seconds"] for taken in runs}
                part = min(seconds[workers] for workers in numbers[:-1]) / seconds["scale"]
                result["rounds"].append({"runs": runs, "best_fixed_over_scale": round(part, 3)})
                print(seconds, round(part, 3), flush=True)
    result["median_best_fixed_over_scale"] = statistics.median(taken["best_fixed_over_scale"] for taken in result["rounds"])
    print(result["median_best_fixed_over_scale"])
    OPTIONS.out.write_text(json.dumps(result, indent=1) + "\n")


main()
