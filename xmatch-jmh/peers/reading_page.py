"""Makes README.md of results/reading from the raw files beside it.

usage: reading_page.py FOLDER
"""
import json
import pathlib
import statistics
import sys

folder = pathlib.Path(sys.argv[1])
ROWS = 1_000_000
NAMES = {"xmatch": "xmatch", "pruned": "xmatch", "parquetJava": "parquet-java", "pyarrow": "Arrow dataset (pyarrow)", "duckdb": "DuckDB"}
LAYOUTS = {"xmatch.parquet": "xmatch's own", "rg1m.parquet": "pyarrow, rows in groups of 1 Mi", "rg1m-index.parquet": "the same, with a page index",
           "rg100k.parquet": "pyarrow, rows in groups of 100,000", "rg100k-index.parquet": "the same, with a page index"}


def samples(pattern):
    """CPU and clock milliseconds by file, columns and program, all rounds and forks together."""
    found, versions = {}, {}
    for path in sorted(folder.glob(pattern)):
        for row in json.loads(path.read_text()):
            program = row["benchmark"].split(".")[-1]
            key = row["params"]["file"], row["params"].get("columns", "ra+dec"), program
            cpu = row["secondaryMetrics"].get("cpu") or row["secondaryMetrics"]["·cpu"]
            into = found.setdefault(key, ([], []))
            into[0].extend(v for fork in cpu["rawData"] for v in fork)
            into[1].extend(v for fork in row["primaryMetric"]["rawData"] for v in fork)
            if "version" in row:
                versions[program] = row["version"]
    return found, versions


def spread(values):
    ordered = sorted(values)
    quarter = len(ordered) // 4
    return f"{ordered[quarter]:.3g} - {ordered[-1 - quarter]:.3g}"


def columns_table():
    found, versions = samples("*-columns-*.json")
    out = ["| layout | columns | program | CPU ns per row | middle half | samples | xmatch takes |", "| --- | ---: | --- | ---: | --- | ---: | ---: |"]
    for file in "rg1m.parquet", "rg100k.parquet":
        for columns in sorted({key[1] for key in found}, key=len):
            ours = statistics.median(found[file, columns, "xmatch"][0])
            for program in "xmatch", "pyarrow", "duckdb", "parquetJava":
                cpu = found[file, columns, program][0]
                middle = statistics.median(cpu)
                out.append(f"| {LAYOUTS[file]} | {columns.count('+') + 1} | {NAMES[program]} | {middle * 1e6 / ROWS:.3g} | {spread([v * 1e6 / ROWS for v in cpu])} | {len(cpu)} | "
                           + ("" if program == "xmatch" else f"1/{middle / ours:.2f}") + " |")
    return "\n".join(out), versions


def pruned_table():
    found, _ = samples("*-pruned-*.json")
    out = ["| file | program | ms | middle half | CPU ms | samples |", "| --- | --- | ---: | --- | ---: | ---: |"]
    for file, title in LAYOUTS.items():
        for program in "pruned", "pyarrow", "duckdb":
            cpu, clock = found[file, "ra+dec", program]
            out.append(f"| {title} | {NAMES[program]} | {statistics.median(clock):.3g} | {spread(clock)} | {statistics.median(cpu):.3g} | {len(clock)} |")
    return "\n".join(out)


def line_tables():
    out = ["| cone, arcsec | pairs | program | seconds, median (all) | CPU s | connections | bytes over the line, MB | needed, MB | their time on the line, s |",
           "| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    local = ["| cone, arcsec | seconds, median (all) | CPU s |", "| ---: | --- | ---: |"]
    for path in sorted(folder.glob("line-*.json"), key=lambda p: int(p.stem.split("-")[1])):
        record = json.loads(path.read_text())
        for cone in record["cones"]:
            for program in "xmatch", "lsdb":
                runs = cone["runs"][program]
                seconds = [r["seconds"] for r in runs]
                middle = lambda key: statistics.median(r[key] for r in runs)
                out.append(f"| {cone['cone_arcsec']:,.0f} | {cone['pairs']:,} | {'xmatch' if program == 'xmatch' else 'LSDB'} | {statistics.median(seconds):.2f} ({', '.join(f'{s:.2f}' for s in sorted(seconds))}) | "
                           f"{middle('cpu_seconds'):.1f} | {middle('connections'):.0f} | {middle('line_bytes') / 1e6:.1f} | {cone['needed_bytes'] / 1e6:.1f} | "
                           f"{cone['needed_bytes'] / record['mib_per_second'] / 1048576:.2f} |")
            seconds = [r["seconds"] for r in cone["runs"]["xmatch_local"]]
            local.append(f"| {cone['cone_arcsec']:,.0f} | {statistics.median(seconds):.2f} ({', '.join(f'{s:.2f}' for s in sorted(seconds))}) | "
                         f"{statistics.median(r['cpu_seconds'] for r in cone['runs']['xmatch_local']):.1f} |")
    return "\n".join(out), "\n".join(local)


def jmh_line():
    out = ["| left rows in the cone | | seconds, median (all) |", "| ---: | --- | --- |"]
    for benchmark, title in ("cold", "first run in a JVM, to a Parquet file"), ("inMemory", "third to seventh run, to memory"):
        path = folder / f"jmh-line-{benchmark}.json"
        for row in json.loads(path.read_text()) if path.exists() else []:
            seconds = sorted(v / 1e3 for fork in row["primaryMetric"]["rawData"] for v in fork)
            out.append(f"| {int(row['params']['rows']):,} | {title} | {statistics.median(seconds):.2f} ({', '.join(f'{s:.2f}' for s in seconds)}) |")
    if len(out) == 2:
        return ""
    title = "By JMH's TutorialPipelineBenchmark over the same line, start of the JVM aside; the larger cone is that of 11,180 arcsec:"
    return "\n".join([title, "", *out, "", ""])


def where_results_go():
    memory = all(json.loads(path.read_text()).get("result_in_memory") for path in folder.glob("line-*.json"))
    return " to a file system in memory" if memory else " to the disk and forces it there; two runs of three of the largest cone waited seconds with idle cores, from local files too, most likely for this shared machine's disk"


machine = json.loads((folder / "machine.json").read_text())
columns, versions = columns_table()
line, local = line_tables()
notes = folder / "notes.md"
(folder / "README.md").write_text(f"""# Reading: columns, cones, and catalogs over a line

{machine['cpu']}, {machine['cores']} cores of a shared machine, {machine['system']}, {', '.join(machine['jdks'])}; pyarrow {versions['pyarrow']}, DuckDB {versions['duckdb']}, LSDB 0.11.1,
parquet-java 1.18.1. Commit {machine['commit'][:7]}. Raw output of JMH and of the rivals beside this page, the machine and the data's checksums in [machine.json](machine.json).

{notes.read_text() if notes.exists() else ''}
## Whole columns

{ROWS:,} rows of the Kepler field, sorted by `_healpix_29`, zstd 15, page cache warm, one thread. Three columns are `_healpix_29`, `ra`, `dec`; five have an INT64 `id` and a `name` of 20 characters too. CPU time of the whole
process, collector and compiler included; xmatch and parquet-java fill one array per column, pyarrow and DuckDB hand out chunks. xmatch takes 1/n: n times less than that program.

{columns}

## The rows of a cone

About a thousandth of the rows, `ra` and `dec`, by the order-29 pixels and then row by row; the footer is read before by xmatch, in each call by the others.

{pruned_table()}

## Over a line of 50 ms and 100 MiB/s

The tutorial's cross-match, whole process, of catalogs written by hats-import (11,025,243 x 12,127,500 rows, with a page index), on an S3 server on the same machine behind a TCP proxy that delays, caps and counts. Server and
proxy take part of the two cores. xmatch writes a Parquet file{where_results_go()}, LSDB keeps its result in memory; the pairs are the same. Needed are whole column chunks; pages can be less.

{line}

{jmh_line()}From local files, whole process, in the same runs:

{local}

Regenerate: `xmatch-jmh/peers/reading.py`, `xmatch-jmh/peers/reading_line.py CATALOGS results/reading/line-CONE.json --server versitygw --link LINK --cones CONE` for each cone, the same with `--jmh` and `jmh-line.json`, then `reading.py page`.
""")
