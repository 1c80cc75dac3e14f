"""The scaling model of docs/design/scale.md: rates from records of `xmatch bench`, and what follows from them.

usage: model.py RECORDS_FOLDER        prints the tables of the paper, in Markdown
"""
import json, os, sys

RECORDS = sys.argv[1]
CATALOGS = {"1 G x 1.1 G": (1e9, 1.1e9), "7.5 G x 10.5 G": (7.5e9, 10.5e9)}
# vCPUs, network bytes/s, disk bytes/s written: what such machines are sold with, see the paper
MACHINES = {"16": (16, 1.5e9, 1e9), "64": (64, 3.1e9, 2e9), "128": (128, 6.2e9, 4e9)}
SPARK = ("Spark, 8 x 16", 128, 8 * 1.5e9, 8 * 1e9)
DOLLARS_PER_VCPU_HOUR = 0.045
DOLLARS_PER_1000_GETS = 0.0004
IN_FLIGHT, STREAM = 16, 80e6      # requests at a time as a job begins (FetchOptions), bytes/s of one of them
SPARK_START, SPARK_TASK = 20.0, 0.02  # seconds until executors run; dispatching one task


def record(rows, workers):
    path = os.path.join(RECORDS, f"{rows}-{workers}-warm-hats.json")
    if not os.path.exists(path):
        return None
    r = json.load(open(path))
    run = sorted(r["runs"], key=lambda x: x["process_seconds"])[len(r["runs"]) // 2]
    run["peak"] = max(x["peak_rss_bytes"] for x in r["runs"])
    return run


RIGHT_NANOS = 68  # reading one position, as MeasuredRates has it
base, ten, hundred = record(10_000, "2"), record(10_000_000, "default"), record(100_000_000, "default")
START = base["process_seconds"]


class Rates:
    """Slopes between the 10 k run and a larger one."""

    def __init__(self, run):
        self.cpu = (run["cpu_seconds"] - base["cpu_seconds"]) / (run["rows_left"] - base["rows_left"])
        self.busy = (run["cpu_seconds"] - base["cpu_seconds"]) / 2 / (run["process_seconds"] - START)
        self.read = run["bytes_read"] / (run["rows_left"] * 2.1)
        self.written = run["bytes_written"] / run["rows_out"]
        self.pairs = run["rows_out"] / run["rows_left"]

    def line(self):
        return (f"{self.cpu * 1e9:.0f} ns of processor time a left row, its right rows included; {self.busy:.2f} of two cores busy; "
                f"{self.read:.1f} bytes read a row of either side; {self.written:.1f} bytes written a pair; {self.pairs:.3f} pairs a left row")


small, large = Rates(ten), Rates(hundred)


def time(rows, cores):
    return START + small.cpu * rows / cores / small.busy


print(f"start {START:.2f} s\n10 M: {small.line()}\n100 M: {large.line()}\n")

print("| left rows | workers | measured s | model s | measured / model | rows/s/core | processor s | peak memory MB | read MB | written MB |")
print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
for rows in (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000):
    for workers in ("1", "2", "default", "scale"):
        run = record(rows, workers)
        if run:
            cores = 1 if workers == "1" else 2
            # one worker leaves writing to another thread
            model = time(run["rows_left"], cores)
            print(f"| {run['rows_left']:,} | {workers} | {run['process_seconds']:.2f} | {model:.2f} | {run['process_seconds'] / model:.2f} | "
                  f"{run['rows_left'] / run['process_seconds'] / cores:,.0f} | {run['cpu_seconds']:.1f} | {run['peak'] / 1e6:,.0f} | "
                  f"{run['bytes_read'] / 1e6:,.1f} | {run['bytes_written'] / 1e6:,.1f} |")

print("\n| catalogs | machine | computing s | fetching s | writing s | time from S3 s | first limit | with a request in flight for each core s | read GB | GETs | written GB | cost $ |")
print("|---|---|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|")
for name, (left, right) in CATALOGS.items():
    leaves = (left + right) / 350_000
    read, written = (left + right) * large.read, left * large.pairs * large.written
    # a leaf: its footer, one range for each column chunk group of up to 8 MiB, and its margin leaf (opened, one range)
    gets = leaves * 2 + right / 350_000 * 2 + read / (8 << 20)
    cpu = large.cpu * left + RIGHT_NANOS * 1e-9 * (right - 1.1 * left)
    for machine, cores, net, disk in [(f"{m} cores", *v) for m, v in MACHINES.items()] + [SPARK]:
        spark = machine == SPARK[0]
        streams = IN_FLIGHT * STREAM * (cores // 16 if spark else 1)
        compute, fetch, write = cpu / cores / large.busy, read / min(net, streams), written / disk
        starting = SPARK_START + left / 350_000 * SPARK_TASK / 8 if spark else START
        total = max(compute, fetch, write) + starting
        limit = max((starting, "start"), (compute, "processors"), (fetch, "requests in flight" if streams < net else "network"), (write, "disk"))[1]
        wide = max(compute, read / net, write) + starting
        cost = total / 3600 * cores * DOLLARS_PER_VCPU_HOUR + gets / 1000 * DOLLARS_PER_1000_GETS
        print(f"| {name} | {machine} | {compute:,.0f} | {fetch:,.0f} | {write:,.0f} | {total:,.0f} | {limit} | {wide:,.0f} | {read / 1e9:,.0f} | "
              f"{gets / 1000:,.0f} k | {written / 1e9:,.0f} | {cost:.2f} |")

print("\n| server | 100 M | 1 G x 1.1 G | 7.5 G x 10.5 G | LSDB's largest recorded there |")
print("|---|---:|---:|---:|---|")
for server, cores, lsdb in (("2 CPUs, 4 GB", 2, "10 M, 146 s"), ("4 CPUs, 16 GB", 4, "100 M, 369 s"), ("16 CPUs, 64 GB", 16, "100 M, 173 s"),
                            ("128 CPUs, 512 GB", 128, "7.5 G, 14,539 s")):
    times = [START + (large.cpu * left + RIGHT_NANOS * 1e-9 * (right - 1.1 * left)) / cores / large.busy
             for left, right in ((1e8, 1.1e8), *CATALOGS.values())]
    print(f"| {server} | " + " | ".join(f"{t:,.0f} s" for t in times) + f" | {lsdb} |")
