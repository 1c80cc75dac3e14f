"""Writes the Parquet files in ../resources/golden and what they hold, with pyarrow 26.0.1 and a fixed seed.

Each file has the same 600 rows, laid out in another way. expected.txt.gz: a line for each row, values parted by tabs, "-" for null,
numbers as their bits in hexadecimal, bytes in hexadecimal.
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
write("int96", compression="snappy", use_deprecated_int96_timestamps=True)
write("brotli", compression="brotli")
