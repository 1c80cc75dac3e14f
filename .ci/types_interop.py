"""Every Parquet type, flat or nested, passes through a cross-match unchanged, as pyarrow reads it.

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

# Nested columns: as Parquet and as an Arrow file, of every layout; names are given, since by default only flat columns are taken.
word = ["", "é", "g", "PSO J1"]


def nested(rng):
    def maybe(make, share=0.15):
        return None if rng.random() < share else make()

    def some(make, most=5):
        return [make() for _ in range(rng.integers(0, most + 1))]

    def real():
        return float(rng.normal())

    def text():
        return maybe(lambda: word[rng.integers(0, 4)])

    light_curve = pa.struct([("mjd", pa.list_(pa.float64())), ("mag", pa.list_(pa.float32())), ("band", pa.list_(pa.string()))])
    detection = pa.struct([pa.field("mjd", pa.float64(), False), ("band", pa.string()), ("flags", pa.list_(pa.int16()))])
    def even():
        times = some(real)
        return {"mjd": times, "mag": [0.5 for _ in times], "band": [text() for _ in times]}

    made = {
        "even": (light_curve, lambda: maybe(even)),
        "reals": (pa.list_(pa.float64()), lambda: maybe(lambda: some(lambda: maybe(real)))),
        "words": (pa.list_(pa.list_(pa.string())), lambda: maybe(lambda: some(lambda: maybe(lambda: some(text))))),
        "lc": (light_curve, lambda: maybe(lambda: {"mjd": some(real), "mag": maybe(lambda: some(lambda: 0.25)), "band": some(text)})),
        "detections": (pa.list_(detection), lambda: maybe(lambda: some(lambda: maybe(lambda: {
            "mjd": real(), "band": text(), "flags": maybe(lambda: some(lambda: 5))})))),
        "scores": (pa.map_(pa.string(), pa.float64()), lambda: maybe(lambda: [(f"k{i}", maybe(real)) for i in range(rng.integers(0, 4))])),
        "stamps": (pa.list_(pa.timestamp("us", "UTC")), lambda: maybe(lambda: some(lambda: int(rng.integers(0, 2**50))))),
        "money": (pa.list_(pa.decimal128(20, 3)), lambda: maybe(lambda: some(lambda: decimal.Decimal(int(rng.integers(-10**9, 10**9))).scaleb(-3)))),
        "required": (pa.list_(pa.field("element", pa.int32(), False)), lambda: some(lambda: 3)),
    }
    i = np.arange(ROWS)
    columns = {"ra": 10 + 0.01 * (i % 100), "dec": 20 + 0.01 * (i // 100), "row": i.astype("int64")}
    table = pa.table({**{k: pa.array(v) for k, v in columns.items()}, **{k: pa.array([make() for _ in i], kind) for k, (kind, make) in made.items()}})
    return table.cast(pa.schema([f.with_nullable(f.name != "required") for f in table.schema]))


named = {"snappy, dictionary": {}, "zstd, page v2, 3 row groups": dict(compression="zstd", data_page_version="2.0", row_group_size=1_700),
         "gzip, plain, small pages, page index": dict(compression="gzip", use_dictionary=False, data_page_size=2_000, write_page_index=True)}
left, right = nested(np.random.default_rng(3)), nested(np.random.default_rng(4))
columns = ",".join(c for c in left.column_names if c not in ("ra", "dec"))
for layout, options in named.items():
    pq.write_table(left, work / "left.parquet", **options)
    pq.write_table(right, work / "right.parquet", **options)
    for kind in ("parquet", "arrow"):
        subprocess.run(["./xmatch", "crossmatch", work / "left.parquet", work / "right.parquet", "--radius", "1", "--out", work / f"out.{kind}",
                        "--overwrite", "--suffixes", "_l,_r", "--left-columns", columns, "--right-columns", columns], check=True)
        out = pq.read_table(work / "out.parquet") if kind == "parquet" else pa.ipc.open_file(work / "out.arrow").read_all()
        out.validate(full=True)
        check(out.num_rows == ROWS, f"nested, {layout}, {kind}: {ROWS} pairs")
        for side, suffix in ((left, "_l"), (right, "_r")):
            for name in columns.split(","):
                wanted = side[name].take(out["row" + suffix])
                if out[name + suffix].type != wanted.type or out[name + suffix].to_pylist() != wanted.to_pylist():
                    check(False, f"nested, {layout}, {kind}: {name}{suffix} of type {out[name + suffix].type}, was {wanted.type}, or its values differ")
                if out.schema.field(name + suffix).nullable != side.schema.field(name).nullable:
                    check(False, f"nested, {layout}, {kind}: {name}{suffix} is null at other levels")
        check(True, f"nested, {layout}, {kind}: unchanged")
refused = subprocess.run(["./xmatch", "crossmatch", work / "left.parquet", work / "right.parquet", "--radius", "1", "--out", work / "out.csv",
                          "--left-columns", "lc"], capture_output=True, text=True)
check(refused.returncode != 0 and "'lc" in refused.stderr and not (work / "out.csv").exists(), "nested columns do not go into CSV, and the message names one")
part = subprocess.run(["./xmatch", "crossmatch", work / "left.parquet", work / "right.parquet", "--radius", "1", "--out", work / "part.parquet",
                       "--left-columns", "row,even.band,even.mjd", "--right-columns", "row"], check=True)
part = pq.read_table(work / "part.parquet")
name = next(c for c in part.column_names if c.startswith("even"))
wanted = [v and {"mjd": v["mjd"], "band": v["band"]} for v in left["even"].take(part[0]).to_pylist()]
check(part[name].to_pylist() == wanted, "a part of a nested column is taken by name")
try:
    import nested_pandas
except ImportError:
    print("SKIPPED: nested-pandas is not here")
else:
    frame = nested_pandas.read_parquet(work / "part.parquet")
    check(name in frame.nested_columns and len(frame) == ROWS, "nested-pandas, which LSDB reads with, opens the result")

pathlib.Path("target/types-count").write_text(f"{passed}\n")
shutil.rmtree(work)
print(passed, "checks passed")
