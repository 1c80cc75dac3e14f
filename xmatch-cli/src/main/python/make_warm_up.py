"""The catalogs of warm-up.zip: 2,000 made-up rows of the tutorial's field and their partners, written by hats-import.

usage: make_warm_up.py XMATCH OUT.zip      (XMATCH: the launcher; in a Python with hats-import)
"""
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import pyarrow.parquet as parquet
from dask.distributed import Client
from hats_import import pipeline_with_client
from hats_import.catalog.arguments import ImportArguments
from hats_import.margin_cache.margin_cache_arguments import MarginCacheArguments

COLUMNS = {"ztf": ["oid", "ra", "dec", "filtercode"], "ps1": ["objName", "objID", "raMean", "decMean", "nDetections"]}
ROWS, ROWS_IN_LEAF = 2_000, 800
DATE = (2026, 1, 1, 0, 0, 0)  # so that the same files give the same archive


def main(xmatch, out):
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        subprocess.check_call([xmatch, "generate", "kepler", "--rows", str(ROWS), "--out", str(folder / "made")])
        with Client(n_workers=1, threads_per_worker=1, dashboard_address=":0") as client:
            for name, (key, ra, dec) in {"ztf": ("oid", "ra", "dec"), "ps1": ("objID", "raMean", "decMean")}.items():
                raw = folder / "raw" / name
                raw.mkdir(parents=True)
                for leaf in (folder / "made" / name).rglob("Npix=*.parquet"):
                    parquet.write_table(parquet.read_table(leaf, columns=COLUMNS[name], partitioning=None), raw / leaf.name)
                pipeline_with_client(ImportArguments(
                    output_path=folder / "out", output_artifact_name=name, input_path=raw, file_reader="parquet",
                    ra_column=ra, dec_column=dec, sort_columns=key, pixel_threshold=ROWS_IN_LEAF,
                    highest_healpix_order=12, progress_bar=False), client)
            pipeline_with_client(MarginCacheArguments(
                output_path=folder / "out", output_artifact_name="ps1_10arcs", input_catalog_path=folder / "out" / "ps1",
                margin_threshold=10.0, progress_bar=False), client)
        for name in ("ztf", "ps1"):
            # pages as those of columns with too many values for a dictionary
            for leaf in sorted((folder / "out" / name).rglob("Npix=*.parquet"))[::2]:
                parquet.write_table(parquet.ParquetFile(leaf).read(), leaf, compression="zstd", use_dictionary=False)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted((folder / "out").rglob("*")):
                if path.is_file() and needed(path):
                    archive.writestr(zipfile.ZipInfo(str(path.relative_to(folder / "out")), DATE), path.read_bytes(),
                                     zipfile.ZIP_DEFLATED)


def needed(path):
    return "Npix=" in path.name or path.name in ("_common_metadata", "hats.properties", "partition_info.csv")


if __name__ == "__main__":
    main(*sys.argv[1:])
