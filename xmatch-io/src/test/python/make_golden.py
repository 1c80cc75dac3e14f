"""Writes the Parquet files in ../resources/golden and what they hold, with pyarrow 26.0.1 and a fixed seed.

Each file has the same 600 rows, laid out in another way. expected.txt.gz: a line for each row, values parted by tabs, "-" for null,
numbers as their bits in hexadecimal, bytes in hexadecimal.

nested_*.parquet have the same 160 rows of columns that are not flat, nested.txt.gz says which: lists as [a,b], structs as {a,b}, maps as
[{key,value}]. tiny_*.parquet are the fuzz test's seeds.
"""
import decimal
import gzip
import pathlib
import struct

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

N = 600
rng = np.random.default_rng(5)
out = pathlib.Path(__file__).parent.parent / "resources" / "golden"


def nulls(values, share=0.15):
    return [None if rng.random() < share else v for v in values]


def ints(bits, signed):
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    special = [low, high, 0, 1]
    return special + [int(v) for v in rng.integers(low, high, N - 4, dtype=np.int64 if signed else np.uint64, endpoint=True)]


words = ["", "a", "naïve", "星", "PSO J290.6667+44.5", "x" * 200]
dec = decimal.Decimal
columns = {}
for b in (8, 16, 32, 64):
    columns[f"int{b}"] = pa.array(nulls(ints(b, True)), getattr(pa, f"int{b}")())
    columns[f"uint{b}"] = pa.array(nulls(ints(b, False)), getattr(pa, f"uint{b}")())
columns["float32"] = pa.array(nulls([np.float32(v) for v in [0.0, -0.0, np.inf, -np.inf] + list(rng.normal(size=N - 4))]), pa.float32())
columns["float64"] = pa.array(nulls([0.0, -0.0, np.inf, np.nan] + list(rng.normal(size=N - 4))), pa.float64())
columns["float16"] = pa.array(nulls([np.float16(v) for v in rng.normal(size=N)]), pa.float16())
columns["bool"] = pa.array(nulls([bool(v) for v in rng.random(N) < 0.3]), pa.bool_())
columns["string"] = pa.array(nulls([words[i % 6] + str(i // 7) for i in range(N)]), pa.string())
columns["binary"] = pa.array(nulls([rng.bytes(i % 9) for i in range(N)]), pa.binary())
columns["fixed"] = pa.array(nulls([rng.bytes(5) for _ in range(N)]), pa.binary(5))
columns["date"] = pa.array(nulls([int(v) for v in rng.integers(-40000, 40000, N)]), pa.int32()).cast(pa.date32())
for unit in ("ms", "us", "ns"):
    stamps = pa.array(nulls([int(v) for v in rng.integers(-10**12, 10**12, N)]), pa.int64())
    columns[f"timestamp_{unit}"] = stamps.cast(pa.timestamp(unit))
    columns[f"timestamp_{unit}_utc"] = stamps.cast(pa.timestamp(unit, "UTC"))
columns["time_ms"] = pa.array(nulls([int(v) for v in rng.integers(0, 86_400_000, N)]), pa.int32()).cast(pa.time32("ms"))
columns["time_us"] = pa.array(nulls([int(v) for v in rng.integers(0, 86_400_000_000, N)]), pa.int64()).cast(pa.time64("us"))
columns["decimal9"] = pa.array(nulls([dec(int(v)).scaleb(-2) for v in rng.integers(-10**8, 10**8, N)]), pa.decimal128(9, 2))
columns["decimal38"] = pa.array(nulls([dec(int(v)).scaleb(-10) for v in rng.integers(-10**18, 10**18, N)]), pa.decimal128(38, 10))
columns["few"] = pa.array(nulls([int(v) for v in np.repeat(rng.integers(0, 4, N // 20), 20)], 0.02), pa.int64())
columns["all_null"] = pa.array([None] * N, pa.int32())
columns["required"] = pa.array(range(N), pa.int64())
table = pa.table(columns)
table = table.cast(pa.schema([f.with_nullable(f.name != "required") for f in table.schema]))


def text(field, value):
    t = field.type
    if value is None:
        return "-"
    if pa.types.is_boolean(t):
        return "1" if value else "0"
    if pa.types.is_string(t):
        return value.encode().hex()
    if pa.types.is_binary(t) or pa.types.is_fixed_size_binary(t):
        return value.hex()
    if pa.types.is_float16(t):
        return struct.pack("<e", value).hex()
    if pa.types.is_float32(t):
        return struct.pack(">f", value).hex()
    if pa.types.is_float64(t):
        return struct.pack(">d", value).hex()
    if pa.types.is_decimal(t):
        return str(int(value.scaleb(t.scale)))
    return str(value)


plain = []
for field, column in zip(table.schema, table.columns):
    if pa.types.is_temporal(field.type):
        width = pa.int32() if field.type.bit_width == 32 else pa.int64()
        plain.append((pa.field(field.name, width), column.cast(width).to_pylist()))
    else:
        plain.append((field, column.to_pylist()))
with gzip.GzipFile(out / "expected.txt.gz", "wb", mtime=0) as file:
    for row in range(N):
        file.write(("\t".join(text(f, v[row]) for f, v in plain) + "\n").encode())


def write(name, **options):
    pq.write_table(table, out / f"{name}.parquet", **{"data_page_size": 1500, "write_batch_size": 100, **options})


encodings = {n: "DELTA_BINARY_PACKED" for n in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "date",
                                               "timestamp_us", "few", "required", "all_null")}
split = {n: "BYTE_STREAM_SPLIT" for n in ("float32", "float64", "float16", "int32", "int64", "fixed", "decimal38")}
write("snappy_dictionary", compression="snappy")
write("zstd_plain", compression="zstd", use_dictionary=False)
write("none_v2", compression="none", data_page_version="2.0", use_dictionary=False)
write("gzip_v2_dictionary", compression="gzip", data_page_version="2.0")
write("lz4_groups", compression="lz4", row_group_size=170)
write("zstd_delta", compression="zstd", use_dictionary=False, column_encoding={**encodings, "string": "DELTA_BYTE_ARRAY", "binary": "DELTA_LENGTH_BYTE_ARRAY"})
write("zstd_delta_v2", compression="zstd", use_dictionary=False, data_page_version="2.0", row_group_size=250,
      column_encoding={**encodings, "string": "DELTA_LENGTH_BYTE_ARRAY", "binary": "DELTA_BYTE_ARRAY", "fixed": "DELTA_BYTE_ARRAY", "bool": "RLE"})
write("zstd_split", compression="zstd", use_dictionary=False, column_encoding=split)
write("checksums_index", compression="zstd", write_page_checksum=True, write_page_index=True)
write("small_dictionary", compression="snappy", dictionary_pagesize_limit=600)
write("small_dictionary_index", compression="snappy", dictionary_pagesize_limit=600, write_page_index=True)
write("int96", compression="snappy", use_deprecated_int96_timestamps=True)
write("brotli", compression="brotli")


# ---- nested columns -----------------------------------------------------------------------------------------------------------------
M = 160
rng = np.random.default_rng(6)


def maybe(make, share=0.15):
    return None if rng.random() < share else make()


def some(make, most=4):
    return [make() for _ in range(int(rng.integers(0, most + 1)))]


def an_int():
    return maybe(lambda: int(rng.integers(-2**31, 2**31)))


def a_double():
    return maybe(lambda: float(rng.normal()))


def a_word():
    return maybe(lambda: words[int(rng.integers(0, 5))])


light_curve = pa.struct([("mjd", pa.list_(pa.float64())), ("mag", pa.list_(pa.float32())), ("band", pa.list_(pa.string()))])
detection = pa.struct([pa.field("mjd", pa.float64(), False), ("band", pa.string()), ("flags", pa.list_(pa.int32()))])
kinds = {
    "ints": (pa.list_(pa.int64()), lambda: maybe(lambda: some(an_int))),
    "reals": (pa.list_(pa.field("element", pa.float64(), False)), lambda: maybe(lambda: some(lambda: float(rng.normal())))),
    "words": (pa.list_(pa.list_(pa.string())), lambda: maybe(lambda: some(lambda: maybe(lambda: some(a_word))))),
    "pair": (pa.struct([("a", pa.int32()), ("b", pa.string()), ("c", pa.struct([("d", pa.bool_()), ("e", pa.int16())]))]),
             lambda: maybe(lambda: {"a": an_int(), "b": a_word(), "c": maybe(lambda: {"d": maybe(lambda: True), "e": maybe(lambda: 7)})})),
    "lc": (light_curve, lambda: maybe(lambda: {"mjd": some(a_double), "mag": maybe(lambda: some(lambda: 0.5)), "band": maybe(lambda: some(a_word))})),
    "detections": (pa.list_(detection), lambda: maybe(lambda: some(lambda: maybe(lambda: {
        "mjd": float(rng.normal()), "band": a_word(), "flags": maybe(lambda: some(an_int))})))),
    "scores": (pa.map_(pa.string(), pa.float64()), lambda: maybe(lambda: [(f"k{i}", a_double()) for i in range(int(rng.integers(0, 4)))])),
    "tags": (pa.map_(pa.int32(), pa.list_(pa.string())), lambda: maybe(lambda: [(i, maybe(lambda: some(a_word))) for i in range(int(rng.integers(0, 3)))])),
    "stamps": (pa.list_(pa.timestamp("us")), lambda: maybe(lambda: some(an_int))),
    "money": (pa.list_(pa.decimal128(20, 3)), lambda: maybe(lambda: some(lambda: maybe(lambda: dec(int(rng.integers(-10**9, 10**9))).scaleb(-3))))),
    "blobs": (pa.list_(pa.binary(3)), lambda: maybe(lambda: some(lambda: maybe(lambda: rng.bytes(3))))),
    "always": (pa.list_(pa.field("element", pa.int32(), False)), lambda: some(lambda: 3)),
    "whole": (pa.struct([pa.field("x", pa.float64(), False), ("y", pa.list_(pa.int8()))]), lambda: {"x": float(rng.normal()), "y": maybe(lambda: some(lambda: 1))}),
    "all_null": (pa.list_(pa.int32()), lambda: None),
    "all_empty": (pa.list_(pa.int32()), lambda: []),
}
made = {name: [make() for _ in range(M)] for name, (_, make) in kinds.items()}
nested = pa.table({"id": pa.array(range(M), pa.int64()), **{name: pa.array(made[name], kind) for name, (kind, _) in kinds.items()}})
nested = nested.cast(pa.schema([f.with_nullable(f.name not in ("id", "always", "whole")) for f in nested.schema]))


def nested_text(kind, value):
    if value is None:
        return "-"
    if pa.types.is_struct(kind):
        return "{" + ",".join(nested_text(f.type, value[f.name]) for f in kind) + "}"
    if pa.types.is_map(kind):
        return "[" + ",".join("{" + nested_text(kind.key_type, k) + "," + nested_text(kind.item_type, v) + "}" for k, v in value) + "]"
    if pa.types.is_list(kind):
        return "[" + ",".join(nested_text(kind.value_type, v) for v in value) + "]"
    if pa.types.is_temporal(kind):
        return str(value)
    return text(pa.field("x", kind), value)


with gzip.GzipFile(out / "nested.txt.gz", "wb", mtime=0) as file:
    for row in range(M):
        file.write(("\t".join(nested_text(kinds[n][0], made[n][row]) for n in kinds) + "\n").encode())


def write_nested(name, **options):
    pq.write_table(nested, out / f"nested_{name}.parquet", **{"data_page_size": 300, **options})


write_nested("snappy_dictionary", compression="snappy")
write_nested("none_v2", compression="none", data_page_version="2.0", use_dictionary=False)
write_nested("zstd_groups", compression="zstd", row_group_size=45, data_page_version="2.0")
# so small a batch makes pages without a value, which parquet-java cannot read
write_nested("index", compression="zstd", write_page_index=True, write_page_checksum=True, write_batch_size=20)
write_nested("spark", compression="gzip", use_compliant_nested_type=False, use_dictionary=False)

# ---- seeds for the fuzz test --------------------------------------------------------------------------------------------------------
T = 24
rng = np.random.default_rng(7)
tiny = pa.table({
    "_healpix_29": pa.array(np.sort(rng.integers(0, 12 << 58, T))),
    "int32": pa.array([maybe(lambda: int(v)) for v in rng.integers(-5, 5, T)], pa.int32()),
    "float": pa.array([maybe(lambda: float(v)) for v in rng.normal(size=T)], pa.float32()),
    "double": pa.array(rng.normal(size=T)),
    "string": pa.array([a_word() for _ in range(T)]),
    "bool": pa.array([maybe(lambda: bool(v)) for v in rng.random(T) < 0.5]),
    "fixed": pa.array([maybe(lambda: rng.bytes(3)) for _ in range(T)], pa.binary(3)),
    "detections": pa.array([maybe(lambda: some(lambda: maybe(lambda: {"mjd": 1.0, "band": a_word(), "flags": maybe(lambda: some(an_int))})))
                            for _ in range(T)], pa.list_(detection)),
})
tiny = tiny.cast(pa.schema([f.with_nullable(f.name not in ("_healpix_29", "double")) for f in tiny.schema]))
delta = {"_healpix_29": "DELTA_BINARY_PACKED", "int32": "DELTA_BINARY_PACKED", "string": "DELTA_BYTE_ARRAY", "bool": "RLE", "fixed": "DELTA_BYTE_ARRAY",
         "float": "BYTE_STREAM_SPLIT", "double": "BYTE_STREAM_SPLIT", "detections.list.element.band": "DELTA_LENGTH_BYTE_ARRAY"}


def write_tiny(name, **options):
    pq.write_table(tiny, out / f"tiny_{name}.parquet", **{"data_page_size": 60, "write_batch_size": 12, "store_schema": False, **options})


write_tiny("plain", compression="none", use_dictionary=False)
write_tiny("dictionary", compression="none", write_page_index=True)
write_tiny("plain_v2", compression="none", use_dictionary=False, data_page_version="2.0", row_group_size=10)
write_tiny("delta", compression="none", use_dictionary=False, column_encoding=delta)
write_tiny("delta_v2", compression="none", use_dictionary=False, column_encoding=delta, data_page_version="2.0", write_page_index=True)
write_tiny("snappy", compression="snappy")
write_tiny("gzip", compression="gzip", use_dictionary=False)
write_tiny("zstd", compression="zstd", data_page_version="2.0")
write_tiny("lz4", compression="lz4", use_dictionary=False)
write_tiny("brotli", compression="brotli", write_page_checksum=True)
