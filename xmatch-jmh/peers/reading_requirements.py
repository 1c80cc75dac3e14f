"""What the rivals of reading need, with the versions that were measured."""

REQUIREMENTS = ("lsdb==0.11.1", "s3fs", "pyarrow==26.0.1", "duckdb==2.0.1", "psutil")
