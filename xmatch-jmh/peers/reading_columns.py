"""Whole columns of Parquet files by pyarrow's dataset reader and by DuckDB, one thread, CPU time per pass.

usage: reading_columns.py FILE.parquet... --columns A+B --columns C --out FILE.json [--seconds N]
       reading_columns.py FILE.parquet... --pixels FROM:END --cone RA:DEC:ARCSEC --out FILE.json

Written as JMH writes: `cpu` is the process's CPU time, every thread of it. The result of a pass are Arrow arrays in
memory, in as many chunks as the reader likes; xmatch and parquet-java, measured by JMH, make one array of them. The
sum of each column (bits times place, modulo 2^64) goes into the file, to be compared with theirs. With --pixels and
--cone it is the rows of a cone: the filter is the range of pixels, then each row's separation; their number is kept.
"""
import argparse
import json
import pathlib
import statistics
import sys
import time

from environment import run_in_venv
from reading_requirements import REQUIREMENTS

parser = argparse.ArgumentParser()
parser.add_argument("files", nargs="+", type=pathlib.Path)
parser.add_argument("--columns", action="append", default=[])
parser.add_argument("--pixels")
parser.add_argument("--cone")
parser.add_argument("--out", type=pathlib.Path, required=True)
parser.add_argument("--seconds", type=float, default=2)
OPTIONS = parser.parse_args()
run_in_venv(*REQUIREMENTS)

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

pa.set_cpu_count(1)
DUCKDB = duckdb.connect()
DUCKDB.execute("SET threads = 1")


def pyarrow_columns(file, columns):
    return ds.dataset(file).to_table(columns=columns, use_threads=False)


def duckdb_columns(file, columns):
    return DUCKDB.sql(f"SELECT {', '.join(columns)} FROM '{file}'").to_arrow_table()


def pyarrow_rows(file, columns):
    first, end = map(int, OPTIONS.pixels.split(":"))
    pixel = pc.field("_healpix_29")
    return ds.dataset(file).to_table(columns=columns, filter=(pixel >= first) & (pixel < end), use_threads=False)


def duckdb_rows(file, columns):
    first, end = map(int, OPTIONS.pixels.split(":"))
    return DUCKDB.sql(f"SELECT {', '.join(columns)} FROM '{file}' WHERE _healpix_29 >= {first} AND _healpix_29 < {end}").to_arrow_table()


def column_sum(column):
    array = column.combine_chunks()
    array = array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
    places = lambda count: np.arange(1, count + 1, dtype=np.uint64)
    if pa.types.is_integer(array.type) or pa.types.is_floating(array.type):
        bits = array.to_numpy(zero_copy_only=False).view(np.uint64)
        return int((bits * places(len(bits))).sum(dtype=np.uint64))
    texts = array.cast(pa.large_string())
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset:texts.offset + len(texts) + 1]
    text = np.frombuffer(texts.buffers()[2], dtype=np.uint8)[offsets[0]:offsets[-1]].astype(np.uint64)
    offsets = (offsets - offsets[0]).astype(np.uint64)
    return int((offsets * places(len(offsets))).sum(dtype=np.uint64) + (text * places(len(text))).sum(dtype=np.uint64))


def in_cone(table):
    """How many rows are in the cone."""
    ra0, dec0, radius = (np.radians(float(v)) for v in OPTIONS.cone.split(":"))
    ra, dec = np.radians(table["ra"].to_numpy()), np.radians(table["dec"].to_numpy())
    half = np.sin((dec - dec0) / 2) ** 2 + np.cos(dec) * np.cos(dec0) * np.sin((ra - ra0) / 2) ** 2
    return int((2 * np.arcsin(np.sqrt(half)) <= radius / 3600).sum())


def measure(run):
    """Milliseconds of CPU and of the clock, of each pass after the first three."""
    cpu, wall = [], []
    for _ in range(3):
        run()
    end = time.perf_counter() + OPTIONS.seconds
    while time.perf_counter() < end or len(cpu) < 5:
        before = time.process_time(), time.perf_counter()
        run()
        cpu.append((time.process_time() - before[0]) * 1e3)
        wall.append((time.perf_counter() - before[1]) * 1e3)
    return cpu, wall


def metric(samples):
    return {"score": statistics.median(samples), "scoreUnit": "ms/op", "rawData": [samples]}


def row(program, file, columns, cpu, wall, answers):
    return {"benchmark": f"reading.{program}", "mode": "avgt", "params": {"file": file.name, "columns": "+".join(columns)},
            "version": {"pyarrow": pa.__version__, "duckdb": duckdb.__version__}[program],
            "primaryMetric": metric(wall), "secondaryMetrics": {"cpu": metric(cpu)}, "answers": answers}


rows = []
for file in OPTIONS.files:
    programs = {"pyarrow": pyarrow_rows, "duckdb": duckdb_rows} if OPTIONS.pixels else {"pyarrow": pyarrow_columns, "duckdb": duckdb_columns}
    for columns in [c.split("+") for c in OPTIONS.columns] or [["ra", "dec"]]:
        for program, read in programs.items():
            table = read(str(file), columns)
            answers = {"rows": in_cone(table)} if OPTIONS.pixels else {c: str(column_sum(table[c])) for c in columns}
            rows.append(row(program, file, columns, *measure(lambda: in_cone(read(str(file), columns)) if OPTIONS.pixels else read(str(file), columns)), answers))
            print(program, file.name, "+".join(columns), round(rows[-1]["secondaryMetrics"]["cpu"]["score"], 2), "ms CPU", file=sys.stderr)
OPTIONS.out.write_text(json.dumps(rows, indent=1) + "\n")
