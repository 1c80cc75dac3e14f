"""LSDB opens what xmatch generates, hats validates it strictly, and LSDB's cross-match gives our pairs.

usage: lsdb_interop.py WORK_FOLDER      (with lsdb installed; run from the project's top folder)
"""
import json
import pathlib
import shutil
import subprocess
import sys

import hats
import hats.pixel_math
import lsdb
import numpy as np
import pyarrow
import pyarrow.dataset
import pyarrow.ipc
import pyarrow.parquet as pq
from hats.io.validation import is_valid_catalog

ROWS, RADIUS_ARCSEC, CONE_ARCSEC = 1_200_000, 1.0, 3300.0
RA, DEC = 290.6666666666667, 44.5
work = pathlib.Path(sys.argv[1])
passed = 0


def check(condition, what):
    global passed
    if not condition:
        sys.exit(f"FAILED: {what}")
    passed += 1
    print("ok:", what, flush=True)


def xmatch(*arguments):
    subprocess.run(["./xmatch", *map(str, arguments)], check=True)


def pairs(table, left, right, distance="_dist_arcsec"):
    order = np.lexsort((table[right].to_numpy(), table[left].to_numpy()))
    return [np.asarray(table[name].to_numpy())[order] for name in (left, right, distance)]


shutil.rmtree(work, ignore_errors=True)
xmatch("generate", "kepler", "--rows", ROWS, "--out", work, "--seed", 11)

for name in ("ztf", "ps1", "ps1_10arcs"):
    root = work / name
    check(is_valid_catalog(root, strict=True), f"{name}: strictly valid")
    catalog = hats.read_hats(root)
    leaves = sorted((root / "dataset").glob("Norder*/Dir*/Npix*"))
    tables = [pq.ParquetFile(leaf) for leaf in leaves]
    rows = sum(table.metadata.num_rows for table in tables)
    check(rows == catalog.catalog_info.total_rows, f"{name}: {rows} rows as its properties say")
    check(rows == pq.read_metadata(root / "dataset" / "_metadata").num_rows, f"{name}: and its _metadata")
    common = pq.read_schema(root / "dataset" / "_common_metadata")
    check(all(table.schema_arrow.equals(common) for table in tables), f"{name}: {len(leaves)} leaves of one schema")
    for leaf in leaves:
        table = pq.read_table(leaf)
        index = table["_healpix_29"].to_numpy()
        ra, dec = (table[c].to_numpy() for c in (catalog.catalog_info.ra_column, catalog.catalog_info.dec_column))
        check(np.all(np.diff(index) >= 0), f"{name}/{leaf.name}: sorted")
        check(np.array_equal(hats.pixel_math.compute_spatial_index(ra, dec), index), f"{name}/{leaf.name}: index as hats computes it")
        if name != "ps1_10arcs":
            order = int(leaf.parent.parent.name.split("=")[1])
            check(np.all(index >> 2 * (29 - order) == int(leaf.stem.split("=")[1])), f"{name}/{leaf.name}: within its pixel")

# the margin: every row whose order-13 pixel touches a tile from outside, and no other
main = pyarrow.dataset.dataset(str(work / "ps1" / "dataset"), format="parquet", exclude_invalid_files=False).to_table(columns=["objID", "_healpix_29"])
pixels = main["_healpix_29"].to_numpy() >> 2 * (29 - 13)
ids = main["objID"].to_numpy()
for pixel in hats.read_hats(work / "ps1").get_healpix_pixels():
    edge = hats.pixel_math.get_margin(pixel.order, pixel.pixel, 13 - pixel.order)
    wanted = np.sort(ids[np.isin(pixels, edge)])
    leaf = hats.io.paths.pixel_catalog_file(work / "ps1_10arcs", pixel)
    found = np.sort(pq.read_table(leaf)["objID"].to_numpy()) if leaf.exists() else np.array([], dtype=ids.dtype)
    check(np.array_equal(wanted, found), f"margin of {pixel}: {len(found)} rows")

cone = lsdb.ConeSearch(RA, DEC, CONE_ARCSEC)
left = lsdb.open_catalog(work / "ztf", columns=["oid", "ra", "dec"], search_filter=cone)
right = lsdb.open_catalog(work / "ps1", margin_cache=work / "ps1_10arcs", columns=["objName", "objID", "raMean", "decMean"])
for neighbors in (1, 3):
    theirs = left.crossmatch(right, radius_arcsec=RADIUS_ARCSEC, n_neighbors=neighbors, suffixes=("_ztf", "_ps1"),
                             suffix_method="all_columns").compute()
    for margin in (work / "ps1_10arcs", "none"):
        out = work / f"pairs_{neighbors}.parquet"
        xmatch("crossmatch", work / "ztf", work / "ps1", "--right-margin", margin, "--radius", RADIUS_ARCSEC, "--neighbors", neighbors,
               "--cone", f"{RA},{DEC},{CONE_ARCSEC}", "--left-columns", "oid,ra,dec", "--right-columns", "objName,objID,raMean,decMean",
               "--suffixes", "_ztf,_ps1", "--out", out, "--overwrite", "--summary", work / "summary.json")
        ours = pq.read_table(out)
        check(ours.column_names == list(theirs.columns), f"columns as LSDB's: {ours.column_names}")
        a, b = pairs(ours, "oid_ztf", "objID_ps1"), pairs(theirs, "oid_ztf", "objID_ps1")
        check(len(a[0]) == len(b[0]) and np.array_equal(a[0], b[0]) and np.array_equal(a[1], b[1]),
              f"{neighbors} neighbour(s), margin {margin}: LSDB's {len(b[0])} pairs")
        check(np.max(np.abs(a[2] - b[2])) < 1e-6, "distances within 1e-6 arcsec of LSDB's")
        check(json.loads((work / "summary.json").read_text())["rows_out"] == len(b[0]), "the summary counts them")

# the result as a catalog: valid, and the rows of the Parquet result
MATCH = ["crossmatch", work / "ztf", work / "ps1", "--right-margin", work / "ps1_10arcs", "--radius", RADIUS_ARCSEC, "--suffixes", "_ztf,_ps1"]
xmatch(*MATCH, "--out", work / "whole.parquet")
xmatch(*MATCH, "--out", work / "whole", "--format", "hats")
check(is_valid_catalog(work / "whole", strict=True), "a result catalog: strictly valid")
result = lsdb.open_catalog(work / "whole", columns="all")
whole = pq.read_table(work / "whole.parquet")
check(result.hc_structure.catalog_info.total_rows == len(whole), "its properties count its rows")
check(result.hc_structure.catalog_info.ra_column == "ra_ztf" and result.hc_structure.catalog_info.dec_column == "dec_ztf", "its positions are the left rows'")
check(result.hc_structure.catalog_info.model_extra["xmatch_rows_out"] == str(len(whole)), "it says where it comes from")
check(pq.read_metadata(work / "whole.parquet").metadata[b"xmatch.rows_out"].decode() == str(len(whole)), "as the Parquet result does")
rows = result.compute()
check(list(rows.columns) == whole.column_names, "its columns are those of the Parquet result")
check(rows.index.name == "_healpix_29", "LSDB takes its spatial index")
check(np.array_equal(hats.pixel_math.compute_spatial_index(rows["ra_ztf"].to_numpy(), rows["dec_ztf"].to_numpy()), rows.index.to_numpy()), "as hats computes it")
ours = pyarrow.Table.from_pandas(rows, preserve_index=False).select(whole.column_names).cast(whole.schema)
keys = [("oid_ztf", "ascending"), ("objID_ps1", "ascending")]
check(ours.sort_by(keys).equals(whole.sort_by(keys)), f"LSDB reads from it the {len(whole)} rows of the Parquet result")
again = lsdb.open_catalog(work / "whole", columns=["objID_ps1"]).crossmatch(right, radius_arcsec=RADIUS_ARCSEC, suffixes=("", "_again"), suffix_method="all_columns").compute()
check(np.array_equal(again["objID_ps1"].to_numpy(), again["objID_again"].to_numpy()), "LSDB matches it with the right catalog to the same partners")

# no pairs: a catalog of no partitions
xmatch("crossmatch", work / "ztf", work / "ps1", "--radius", 1e-9, "--min-radius", 9e-10, "--out", work / "none", "--format", "hats")
check(is_valid_catalog(work / "none", strict=True), "a result without rows: strictly valid")
check(hats.read_hats(work / "none").catalog_info.total_rows == 0, "hats reads it")
check(list(lsdb.open_catalog(work / "none").columns) == whole.column_names, "LSDB opens it")

# what the inputs tell of their columns
table = pyarrow.table({"ra": [10.0], "dec": [20.0], "mag": [18.5]}).cast(pyarrow.schema([
    pyarrow.field("ra", pyarrow.float64(), metadata={"unit": "deg"}), pyarrow.field("dec", pyarrow.float64()),
    pyarrow.field("mag", pyarrow.float64(), metadata={"unit": "mag", "description": "r band"})]))
pq.write_table(table, work / "told.parquet")
for out, schema in (("told_out.parquet", "told_out.parquet"), ("told_out", "told_out/dataset/_common_metadata"), ("told_out.arrow", None)):
    xmatch("crossmatch", work / "told.parquet", work / "told.parquet", "--radius", 1, "--suffixes", "_a,_b", "--out", work / out,
           *(["--format", "hats"] if out == "told_out" else []))
    told = pq.read_schema(work / schema) if schema else pyarrow.ipc.open_file(work / out).schema
    check(told.field("mag_a").metadata == {b"unit": b"mag", b"description": b"r band"} and told.field("ra_b").metadata == {b"unit": b"deg"}
          and not told.field("dec_a").metadata, f"{out}: units and descriptions go through")

pathlib.Path("target/lsdb-count").write_text(f"{passed}\n")
shutil.rmtree(work)
print(passed, "checks passed")
