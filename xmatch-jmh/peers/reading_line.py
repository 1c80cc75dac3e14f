"""The tutorial's cross-match over a line of 50 ms and 100 MiB/s, whole process, by xmatch and by LSDB.

usage: reading_line.py CATALOGS OUT.json --server VERSITYGW --link LINK [--cones 331,3318,11180] [--runs 3] [--lsdb-runs 1]
       reading_line.py CATALOGS OUT.json --server VERSITYGW --link LINK --jmh     TutorialPipelineBenchmark over the same line
       (from the project's top folder; xmatch built)

CATALOGS holds ztf, ps1 and ps1_10arcs, written by hats-import in the tutorial's field. VERSITYGW is the S3 server of
that name (go install github.com/versity/versitygw/cmd/versitygw@latest), LINK a TCP proxy that delays, caps and counts
(-listen, -to, -rtt, -mbps; prints {"down": bytes} when it is ended). Each run has a fresh link. Seconds of the
clock are from before the process starts until it has ended; for LSDB, whose result stays in memory, until it has it.
xmatch writes a Parquet file, into memory where the system has a file system there. Needed bytes are the column chunks asked for, in the leaves that touch the cone, margin included.
All pairs are compared: oid, objID and distance.
"""
import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from environment import describe, launched_java, run_in_venv
from line import ANONYMOUS, BUCKET, DIRECT, ENDPOINT, Link, served
from reading_requirements import REQUIREMENTS

parser = argparse.ArgumentParser()
parser.add_argument("catalogs", type=pathlib.Path)
parser.add_argument("out", type=pathlib.Path)
parser.add_argument("--server", required=True)
parser.add_argument("--link", required=True)
parser.add_argument("--cones", default="331,3318,11180")
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--lsdb-runs", type=int, default=1)
parser.add_argument("--jmh", action="store_true")
OPTIONS = parser.parse_args()
run_in_venv(*REQUIREMENTS)

import hats
import numpy as np
import pyarrow.parquet as pq

RA, DEC = 290.6666666666667, 44.5
LEFT, RIGHT = ["oid", "ra", "dec"], ["objName", "objID", "raMean", "decMean"]
RTT_MS, MIBPS = 50, 100
MEMORY = "/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None  # results go there: no disk is measured

LSDB = """
import sys, time, json, lsdb, numpy as np
from upath import UPath
endpoint, bucket, radius, out, started = sys.argv[1:]
path = lambda name: UPath("s3://" + bucket + "/" + name, anon=True, endpoint_url=endpoint)
left = lsdb.open_catalog(path("ztf"), columns={left}, search_filter=lsdb.ConeSearch({ra}, {dec}, float(radius)))
right = lsdb.open_catalog(path("ps1"), margin_cache=path("ps1_10arcs"), columns={right})
x = left.crossmatch(right, radius_arcsec=1, n_neighbors=1, suffixes=("_ztf", "_ps1"), suffix_method="all_columns").compute()
seconds = time.time() - float(started)
np.savez(out, oid=x.oid_ztf.to_numpy(), objID=x.objID_ps1.to_numpy(), d=x._dist_arcsec.to_numpy())
print(json.dumps(seconds))
""".format(left=LEFT, right=RIGHT, ra=RA, dec=DEC)


def line():
    return Link(OPTIONS.link, RTT_MS, MIBPS)


def cpu():
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def run_xmatch(cone, out, summary, endpoint):
    place = f"s3://{BUCKET}" if endpoint else str(OPTIONS.catalogs.resolve())
    command = ["./xmatch", "crossmatch", f"{place}/ztf", f"{place}/ps1", "--right-margin", f"{place}/ps1_10arcs", "--radius", "1", "--cone", f"{RA},{DEC},{cone}",
               "--left-columns", ",".join(LEFT), "--right-columns", ",".join(RIGHT), "--suffixes", "_ztf,_ps1", "--out", out, "--overwrite", "--summary", summary,
               *(["--s3-endpoint", endpoint] if endpoint else [])]
    before, start = cpu(), time.perf_counter()
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, env={**os.environ, **ANONYMOUS})
    used = {"seconds": round(time.perf_counter() - start, 3), "cpu_seconds": round(cpu() - before, 2)}
    facts = json.loads(summary.read_text())
    return {**used, **{key: facts[key] for key in ("bytes_read", "requests", "retries")}}


def run_lsdb(cone, out, endpoint):
    before = cpu()
    done = subprocess.run([sys.executable, "-c", LSDB, endpoint, BUCKET, cone, str(out), str(time.time())], check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, env={**os.environ, **ANONYMOUS})
    return {"seconds": round(json.loads(done.stdout.strip().split("\n")[-1]), 3), "cpu_seconds": round(cpu() - before, 2)}


def needed_bytes(cone):
    """Compressed bytes of the columns asked for, in the leaves that hats says touch the cone."""
    total = 0
    for catalog, names in ("ztf", LEFT), ("ps1", RIGHT), ("ps1_10arcs", RIGHT):
        root = OPTIONS.catalogs / catalog
        for pixel in hats.read_hats(root).filter_by_cone(RA, DEC, float(cone) + (0 if catalog == "ztf" else 1)).get_healpix_pixels():
            folder = pixel.pixel // 10_000 * 10_000
            metadata = pq.ParquetFile(root / "dataset" / f"Norder={pixel.order}" / f"Dir={folder}" / f"Npix={pixel.pixel}.parquet").metadata
            chunks = (metadata.row_group(group).column(column) for group in range(metadata.num_row_groups) for column in range(metadata.num_columns))
            total += sum(chunk.total_compressed_size for chunk in chunks if chunk.path_in_schema in names)
    return total


def in_order(oid, obj, d):
    order = np.lexsort((obj, oid))
    return oid[order], obj[order], d[order]


def difference(ours, theirs):
    if len(ours[0]) != len(theirs[0]) or not (np.array_equal(ours[0], theirs[0]) and np.array_equal(ours[1], theirs[1])):
        sys.exit(f"xmatch finds {len(ours[0])} pairs, LSDB {len(theirs[0])}, not the same ones: no time counts")
    return float(np.max(np.abs(ours[2] - theirs[2]), initial=0))


def run_jmh():
    """Start of the program aside: cold, to a Parquet file, and warm, to memory."""
    catalogs = [f"{name}=s3://{BUCKET}/{folder}" for name, folder in (("left", "ztf"), ("right", "ps1"), ("margin", "ps1_10arcs"))]
    for benchmark, forks, more in ("cold", 3, []), ("inMemory", 1, ["-wi", "2", "-i", "5"]):
        out = OPTIONS.out.with_name(f"{OPTIONS.out.stem}-{benchmark}.json")
        command = ["java", "-cp", "xmatch-jmh/target/xmatch-jmh.jar", "org.openjdk.jmh.Main", f"TutorialPipelineBenchmark.{benchmark}$", "-f", forks, *more, "-foe", "true",
                   "-jvmArgsAppend", f"-Djava.io.tmpdir={MEMORY or tempfile.gettempdir()}", "-rf", "json", "-rff", out, "-p", "rows=10000,10000000", "-p", f"endpoint={ENDPOINT}"]
        for catalog in catalogs:
            command += ["-p", catalog]
        with line():
            subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, env={**os.environ, **ANONYMOUS})
        rows = json.loads(out.read_text())
        for row in rows:
            row["jvm"] = pathlib.Path(row["jvm"]).name
            print(benchmark, row["params"]["rows"], round(row["primaryMetric"]["score"]), "ms", flush=True)
        out.write_text(json.dumps(rows, indent=1) + "\n")


def main():
    result = {"environment": {**describe(), "xmatch_java": launched_java("./xmatch")}, "round_trip_seconds": RTT_MS / 1000, "mib_per_second": MIBPS, "result_in_memory": MEMORY is not None, "cones": []}
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        work = pathlib.Path(name)
        with served(OPTIONS.server, OPTIONS.catalogs, work):
            if OPTIONS.jmh:
                run_jmh()
                return
            for cone in OPTIONS.cones.split(","):
                ours, theirs, summary = work / "xmatch.parquet", work / "lsdb.npz", work / "summary.json"
                runs = {"xmatch": [], "xmatch_local": [], "lsdb": []}
                run_xmatch(cone, ours, summary, DIRECT)
                for number in range(OPTIONS.runs):
                    with line() as link:
                        used = run_xmatch(cone, ours, summary, ENDPOINT)
                    runs["xmatch"].append({**used, "line_bytes": link.counts["down"], "connections": link.counts["connections"]})
                    runs["xmatch_local"].append(run_xmatch(cone, work / "local.parquet", summary, ""))
                    if number < OPTIONS.lsdb_runs:
                        with line() as link:
                            used = run_lsdb(cone, theirs, ENDPOINT)
                        runs["lsdb"].append({**used, "line_bytes": link.counts["down"], "connections": link.counts["connections"]})
                table = pq.read_table(ours, columns=["oid_ztf", "objID_ps1", "_dist_arcsec"])
                mine = in_order(*(table[column].to_numpy() for column in ("oid_ztf", "objID_ps1", "_dist_arcsec")))
                stored = np.load(theirs)
                entry = {"cone_arcsec": float(cone), "pairs": len(mine[0]), "needed_bytes": needed_bytes(cone),
                         "largest_distance_difference_arcsec": difference(mine, in_order(stored["oid"], stored["objID"], stored["d"])),
                         "runs": runs, "median_seconds": {program: statistics.median(r["seconds"] for r in taken) for program, taken in runs.items()}}
                result["cones"].append(entry)
                print({key: value for key, value in entry.items() if key != "runs"}, {p: r[-1] for p, r in runs.items()}, flush=True)
                OPTIONS.out.write_text(json.dumps(result, indent=1) + "\n")


main()
