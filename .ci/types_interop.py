"""Every flat Parquet type passes through a cross-match unchanged, as pyarrow reads it.

usage: types_interop.py WORK_FOLDER      (with pyarrow installed; run from the project's top folder)
"""
import datetime
import decimal
import itertools
import json
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 5_000
work = pathlib.Path(sys.argv[1])
passed = 0


def check(condition, what):
    global passed
    if not condition:
        sys.exit(f"FAILED: {what}")
    passed += 1
    print("ok:", what, flush=True)


def columns(rng, nulls):
    def integers(kind):
        info = np.iinfo(kind)
        values = rng.integers(info.min, info.max, ROWS, dtype=kind, endpoint=True)
        values[:2] = info.min, info.max
        return values

    def floats(kind):
        values = rng.normal(0, 1, ROWS).astype(kind)
        values[:5] = np.nan, np.inf, -np.inf, -0.0, np.finfo(kind).tiny
        return values

    def epoch(low, high):
        return rng.integers(low, high, ROWS)

    text = ["", "é", "星", "a" * 300, "null", *(f"name {i}" for i in range(400))]
    mask = rng.random(ROWS) < 0.3 if nulls else None
    made = {}
    for kind in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"):
        made[kind] = pa.array(integers(kind), mask=mask)
    made["float16"] = pa.array(floats("float16"), mask=mask)
    made["float32"] = pa.array(floats("float32"), mask=mask)
    made["float64"] = pa.array(floats("float64"), mask=mask)
    made["bool"] = pa.array(rng.random(ROWS) < 0.5, mask=mask)
    made["string"] = pa.array([text[i] for i in rng.integers(0, len(text), ROWS)], mask=mask)
    made["binary"] = pa.array([rng.bytes(i) for i in rng.integers(0, 40, ROWS)], pa.binary(), mask=mask)
    made["fixed"] = pa.array([rng.bytes(7) for _ in range(ROWS)], pa.binary(7), mask=mask)
    made["date32"] = pa.array(epoch(-100_000, 100_000).astype("int32"), mask=mask).cast(pa.date32())
    for unit in ("ms", "us", "ns"):
        made[f"timestamp_{unit}"] = pa.array(epoch(-2**50, 2**50), pa.timestamp(unit), mask=mask)
        made[f"timestamp_{unit}_utc"] = pa.array(epoch(-2**50, 2**50), pa.timestamp(unit, "UTC"), mask=mask)
    made["time_ms"] = pa.array(epoch(0, 86_400_000).astype("int32"), pa.time32("ms"), mask=mask)
    made["time_us"] = pa.array(epoch(0, 86_400_000_000), pa.time64("us"), mask=mask)
    made["time_ns"] = pa.array(epoch(0, 86_400_000_000_000), pa.time64("ns"), mask=mask)
    for precision, scale in ((5, 2), (15, 4), (30, 10)):
        numbers = [decimal.Decimal(int(v)).scaleb(-scale) for v in rng.integers(-99_999, 99_999, ROWS)]
        made[f"decimal_{precision}_{scale}"] = pa.array(numbers, pa.decimal128(precision, scale), mask=mask)
    made["all_null"] = pa.nulls(ROWS, pa.int16())
    return made


def table(seed, nulls):
    rng = np.random.default_rng(seed)
    i = np.arange(ROWS)
    jitter = rng.uniform(-1e-5, 1e-5, (2, ROWS))
    position = {"ra": 10 + 0.01 * (i % 100) + jitter[0], "dec": 20 + 0.01 * (i // 100) + jitter[1], "row": i.astype("int64")}
    return pa.table({**{k: pa.array(v) for k, v in position.items()}, **columns(rng, nulls)})


def parquet_types(path):
    schema = pq.ParquetFile(path).schema
    return {schema.column(i).name: (schema.column(i).physical_type, json.loads(schema.column(i).logical_type.to_json()), schema.column(i).length,
                                    schema.column(i).converted_type) for i in range(len(schema))}


def same(a, b):
    """Equal bit for bit; NaN equals NaN."""
    a, b = a.combine_chunks(), b.combine_chunks()
    if pa.types.is_floating(a.type):
        bits = {16: "uint16", 32: "uint32", 64: "uint64"}[a.type.bit_width]
        if not a.is_null().equals(b.is_null()):
            return False
        keep = ~a.is_null().to_numpy(zero_copy_only=False)
        left, right = (np.asarray(x.to_numpy(zero_copy_only=False))[keep].astype(f"float{a.type.bit_width}").view(bits) for x in (a, b))
        return np.array_equal(left, right)
    return a.equals(b)


shutil.rmtree(work, ignore_errors=True)
work.mkdir(parents=True)
layouts = {
    "snappy, dictionary": dict(compression="snappy"),
    "zstd, plain, 3 row groups": dict(compression="zstd", use_dictionary=False, row_group_size=1_700),
    "no codec, page v2": dict(compression="none", data_page_version="2.0"),
    "gzip, delta and byte-stream split": dict(compression="gzip", use_dictionary=False, data_page_version="2.0", column_encoding={
        **{c: "DELTA_BINARY_PACKED" for c in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "date32", "time_us")},
        **{c: "BYTE_STREAM_SPLIT" for c in ("float32", "float64")}, "string": "DELTA_LENGTH_BYTE_ARRAY", "binary": "DELTA_BYTE_ARRAY"}),
    "lz4, small pages, page index": dict(compression="lz4", data_page_size=2_000, write_page_index=True),
}
for (layout, options), nulls in itertools.product(layouts.items(), (False, True)):
    left, right = table(1, nulls), table(2, nulls)
    pq.write_table(left, work / "left.parquet", version="2.6", **options)
    pq.write_table(right, work / "right.parquet", version="2.6", **options)
    subprocess.run(["./xmatch", "crossmatch", work / "left.parquet", work / "right.parquet", "--radius", "1", "--out", work / "out.parquet",
                    "--overwrite", "--suffixes", "_l,_r"], check=True)
    out = pq.read_table(work / "out.parquet")
    what = f"{layout}, {'with' if nulls else 'no'} nulls"
    check(out.num_rows == ROWS and out["row_l"].equals(out["row_r"]), f"{what}: {ROWS} pairs")
    ours = parquet_types(work / "out.parquet")
    for side, suffix in ((left, "_l"), (right, "_r")):
        kinds = parquet_types(work / f"{'left' if suffix == '_l' else 'right'}.parquet")
        for name in side.column_names:
            if ours[name + suffix] != kinds[name]:
                check(False, f"{what}: {name}{suffix} is {ours[name + suffix]}, was {kinds[name]}")
            wanted = side[name].take(out["row" + suffix])
            if out[name + suffix].type != wanted.type or not same(out[name + suffix], wanted):
                check(False, f"{what}: {name}{suffix} of type {out[name + suffix].type}, was {wanted.type}, or its values differ")
    check(True, f"{what}: {len(ours)} columns unchanged")

pathlib.Path("target/types-count").write_text(f"{passed}\n")
shutil.rmtree(work)
print(passed, "checks passed")
