"""Writes the rows of a Parquet file again as pyarrow lays them out: what hats-import writes by default (rg1m: row groups
of 1 Mi rows, zstd 15, dictionaries, 1 MiB pages, no page index), in row groups of 100,000 rows (rg100k: dictionaries
throughout), and both with a page index.

usage: reading_layouts.py IN.parquet FOLDER
"""
import pathlib
import sys

from environment import run_in_venv
from reading_requirements import REQUIREMENTS

run_in_venv(*REQUIREMENTS)

import pyarrow.parquet as pq

source, folder = map(pathlib.Path, sys.argv[1:])
table = pq.read_table(source)
for name, rows in ("rg1m", 1 << 20), ("rg100k", 100_000):
    for index in False, True:
        pq.write_table(table, folder / f"{name}{'-index' if index else ''}.parquet", row_group_size=rows, compression="zstd", compression_level=15,
                       use_dictionary=True, data_page_size=1 << 20, write_page_index=index, sorting_columns=[pq.SortingColumn(0)])
