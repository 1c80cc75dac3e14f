"""The tutorial's cross-match by xmatch, LSDB and ACID, whole process against whole process, on the same catalogs.

usage: whole_process.py CATALOGS OUT.json [--cones 331,3318,11180] [--runs 3] [--sink parquet|hats]
       (with lsdb, pyacid, duckdb and psutil installed; from the project's top folder; xmatch already built)

CATALOGS holds ztf, ps1 and ps1_10arcs. Per cone the programs take turns, after one unmeasured run of xmatch that
warms the page cache for all. Seconds are from before the process starts until it has ended; With
--sink parquet LSDB keeps its result in memory, the others write one Parquet file, and DuckDB copies that of xmatch, as a
mark of what writing it costs; with --sink hats each writes a HATS catalog. Rows are compared pair by pair: oid, objID and the distance to 1e-6 arcsec.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from environment import describe, launched_java

RA, DEC = 290.6666666666667, 44.5
LEFT, RIGHT = ["oid", "ra", "dec"], ["objName", "objID", "raMean", "decMean"]

LSDB = """
import sys, lsdb, numpy as np
catalogs, radius, out = sys.argv[1:]
left = lsdb.open_catalog(catalogs + "/ztf", columns={left}, search_filter=lsdb.ConeSearch({ra}, {dec}, float(radius)))
right = lsdb.open_catalog(catalogs + "/ps1", margin_cache=catalogs + "/ps1_10arcs", columns={right})
x = left.crossmatch(right, radius_arcsec=1, n_neighbors=1, suffixes=("_ztf", "_ps1"), suffix_method="all_columns")
if out.endswith(".hats"):
    x.write_catalog(out, catalog_name="lsdb")
    sys.exit()
x = x.compute()
if out != "none":
    np.savez(out, oid=x.oid_ztf.to_numpy(), objID=x.objID_ps1.to_numpy(), d=x._dist_arcsec.to_numpy())
""".format(left=LEFT, right=RIGHT, ra=RA, dec=DEC)


DUCKDB = """
import sys, duckdb
duckdb.sql("SET preserve_insertion_order=true")
duckdb.sql(f"COPY (SELECT * FROM read_parquet('{sys.argv[1]}')) TO '{sys.argv[2]}' (FORMAT parquet, COMPRESSION zstd)")
"""


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def measure(command):
    """Seconds, CPU seconds and peak resident megabytes (summed over the process tree) of one whole process."""
    peak, done = [0], threading.Event()

    def watch(pid):
        try:
            root = psutil.Process(pid)
            while not done.wait(0.25):
                total = 0
                for process in [root, *root.children(recursive=True)]:
                    try:
                        total += process.memory_info().rss
                    except psutil.Error:
                        pass
                peak[0] = max(peak[0], total)
        except psutil.Error:
            pass

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    watcher = threading.Thread(target=watch, args=(process.pid,))
    watcher.start()
    error = process.communicate()[1]
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    if process.returncode != 0:
        sys.exit(f"failed: {command}\n{error}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(seconds, 3), "cpu_seconds": round(cpu, 2), "peak_rss_mb": round(peak[0] / 1e6)}


def in_order(oid, obj, d):
    order = np.lexsort((obj, oid))
    return oid[order], obj[order], d[order]


def from_parquet(path, names):
    if path.is_dir():
        leaves = sorted(path.glob("**/Npix=*.parquet"))
        table = pa.concat_tables([pq.read_table(leaf, columns=names, partitioning=None) for leaf in leaves])
    else:
        table = pq.read_table(path, columns=names)
    return in_order(*(table[name].to_numpy() for name in names))


def difference(ours, theirs):
    a = set(zip(ours[0].tolist(), ours[1].tolist()))
    b = set(zip(theirs[0].tolist(), theirs[1].tolist()))
    same = len(a) == len(b) and a == b
    worst = float(np.max(np.abs(ours[2] - theirs[2]), initial=0)) if same else None
    return {"pairs": len(theirs[0]), "only_xmatch": len(a - b), "only_theirs": len(b - a), "largest_distance_difference_arcsec": worst}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("catalogs", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--cones", default="331,3318,11180")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sink", choices=["parquet", "hats"], default="parquet")
    options = parser.parse_args()
    catalogs = options.catalogs.resolve()
    work = pathlib.Path(tempfile.mkdtemp())
    (work / "catalogs.yaml").write_text(acid_catalogs(catalogs))
    result = {"environment": {**describe(), "xmatch_java": launched_java("./xmatch")}, "catalogs": {n: rows(catalogs / n) for n in ("ztf", "ps1", "ps1_10arcs")}, "cones": []}
    try:
        for cone in options.cones.split(","):
            hats = options.sink == "hats"
            ours, acid = work / f"xmatch.{options.sink}", work / f"acid.{options.sink}"
            lsdb = work / ("lsdb.hats" if hats else "lsdb.npz")
            copied, copy = work / "copied.parquet", work / "copy.parquet"
            outputs = [ours, acid, lsdb, copy]
            run = {
                "xmatch": lambda: ["./xmatch", "crossmatch", catalogs / "ztf", catalogs / "ps1", "--right-margin", catalogs / "ps1_10arcs",
                                   "--radius", "1", "--cone", f"{RA},{DEC},{cone}", "--left-columns", ",".join(LEFT), "--right-columns",
                                   ",".join(RIGHT), "--suffixes", "_ztf,_ps1", "--out", ours],
                "acid": lambda: ["acid", "query", "SELECT " + ", ".join(["z." + c for c in LEFT] + ["p." + c for c in RIGHT]) +
                                 ", d FROM ztf AS z JOIN ps1 AS p ON XMATCH(radius_arcsec => 1.0, dist_col => 'd')", "--db",
                                 work / "catalogs.yaml", "--cone", f"{RA},{DEC},{float(cone) / 3600!r}", "--output", acid, "--progress", "off"],
                "lsdb": lambda: [sys.executable, "-c", LSDB, catalogs, cone, lsdb if hats else "none"],
            }
            for output in outputs:
                remove(output)
            measure(run["xmatch"]())
            if not hats:
                ours.rename(copied)
                run["duckdb_copy"] = lambda: [sys.executable, "-c", DUCKDB, copied, copy]
            times = {name: [] for name in run}
            for _ in range(options.runs):
                for name, command in run.items():
                    for output in outputs:
                        remove(output)
                    times[name].append(measure(command()))
                    print(cone, name, times[name][-1], flush=True)
            for output in outputs:
                remove(output)
            measure(run["xmatch"]())
            measure(run["acid"]())
            measure([*run["lsdb"]()[:-1], lsdb])
            names = ["oid_ztf", "objID_ps1", "_dist_arcsec"]
            mine = from_parquet(ours, names)
            if hats:
                reference = from_parquet(lsdb, names)
            else:
                theirs = np.load(lsdb)
                reference = in_order(theirs["oid"], theirs["objID"], theirs["d"])
            entry = {
                "cone_arcsec": float(cone),
                "sink": options.sink,
                "rows_out": len(mine[0]),
                "against_lsdb": difference(mine, reference),
                "against_acid": difference(mine, from_parquet(acid, ["oid", "objID", "d"])),
                "median_seconds": {name: statistics.median(t["seconds"] for t in runs) for name, runs in times.items()},
                "runs": times,
            }
            result["cones"].append(entry)
            print({k: v for k, v in entry.items() if k != "runs"}, flush=True)
            options.out.write_text(json.dumps(result, indent=1) + "\n")
    finally:
        shutil.rmtree(work)


def rows(root):
    return pq.read_metadata(root / "dataset" / "_metadata").num_rows if (root / "dataset" / "_metadata").exists() else None


def acid_catalogs(catalogs):
    return json.dumps({"ztf": {"path": str(catalogs / "ztf")},
                       "ps1": {"path": str(catalogs / "ps1"), "neighbor_path": str(catalogs / "ps1_10arcs")}})


if __name__ == "__main__":
    main()
