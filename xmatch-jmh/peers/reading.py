"""Regenerates results/reading: columns and cones read from Parquet files, one part a call or all of them.

usage: reading.py [PART...] [--out results/reading] [--rounds 2] [--no-build]     (from the project's top folder)

PART: machine    the machine's description
      columns    whole columns, xmatch and parquet-java by JMH, pyarrow and DuckDB by reading_columns.py; rounds in turn
      pruned     the rows of a cone
      page       README.md from what is there
The line has a script of its own, reading_line.py. Answers are compared before anything is timed. Each part takes
about two minutes.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
JAR = HERE.parent / "target" / "xmatch-jmh.jar"
ROWS = 1_000_000
LAYOUTS = ("rg1m", "rg100k")
COLUMNS = ("_healpix_29+ra+dec", "_healpix_29+ra+dec+id+name")
CONE = "290.667:44.5:{radius}"


def java(*arguments, output=False):
    done = subprocess.run(["java", "-cp", str(JAR), *map(str, arguments)], check=True, text=True, stdout=subprocess.PIPE if output else None)
    return done.stdout if output else None


def python(script, *arguments):
    return [sys.executable, str(HERE / script), *map(str, arguments)]


def measured(command):
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)


def jmh(out, *arguments):
    measured(["java", "-cp", JAR, "org.openjdk.jmh.Main", *arguments, "-foe", "true", "-f", "1", "-wi", "5", "-w", "1", "-i", "4", "-r", "1",
                       "-prof", "org.xmatch.jmh.CpuProfiler", "-rf", "json", "-rff", out])
    # the folder of the files is nobody's business, and differs from run to run
    rows = json.loads(out.read_text())
    for row in rows:
        row["params"]["file"] = pathlib.Path(row["params"]["file"]).name
        row["jvm"] = pathlib.Path(row["jvm"]).name
    out.write_text(json.dumps(rows, indent=1) + "\n")


def columns(options, files):
    expected = {}
    for file in files:
        lines = java("org.xmatch.jmh.ColumnsReadBenchmark", file, COLUMNS[-1], ROWS, output=True).split("\n")
        expected[file.name] = dict(line.split() for line in lines if line)
    for number in range(1, options.rounds + 1):
        out = options.out / f"peer-columns-{number}.json"
        measured(python("reading_columns.py", *files, *[a for c in COLUMNS for a in ("--columns", c)], "--out", out, "--seconds", 2))
        for row in json.loads(out.read_text()):
            for name, value in row["answers"].items():
                if expected[row["params"]["file"]][name] != value:
                    out.unlink()
                    sys.exit(f"{row['benchmark']} reads another column '{name}' of {row['params']['file']} than xmatch: no time counts")
        for file in files:
            jmh(options.out / f"jmh-columns-{file.stem}-{number}.json", "ColumnsReadBenchmark", "-p", f"file={file}", "-p", f"rows={ROWS}", "-p",
                "columns=" + ",".join(COLUMNS))


def pruned(options, files):
    radius = 60
    while True:  # a cone of about a thousandth of the rows
        cone = CONE.format(radius=radius)
        rows, first, end = map(int, java("org.xmatch.jmh.ParquetPrunedReadBenchmark", files[0], ROWS, cone, output=True).split())
        if rows >= ROWS // 1000:
            break
        radius += 10
    for number in range(1, options.rounds + 1):
        out = options.out / f"peer-pruned-{number}.json"
        measured(python("reading_columns.py", *files, "--pixels", f"{first}:{end}", "--cone", cone, "--out", out, "--seconds", 2))
        for row in json.loads(out.read_text()):
            if row["answers"]["rows"] != rows:
                out.unlink()
                sys.exit(f"{row['benchmark']} finds {row['answers']['rows']} rows in the cone {cone}, xmatch {rows}: no time counts")
        jmh(options.out / f"jmh-pruned-{number}.json", "ParquetPrunedReadBenchmark.pruned", "-p", "file=" + ",".join(map(str, files)), "-p",
            f"rows={ROWS}", "-p", f"cone={cone}", "-tu", "ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["machine", "columns", "pruned", "page"])
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("results/reading"))
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--no-build", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.no_build:
        subprocess.run(["mvn", "-q", "-B", "-ntp", "-DskipTests", "-pl", "xmatch-jmh", "-am", "package"], check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        java("org.xmatch.jmh.data.DetectionFile", folder / "xmatch.parquet", ROWS)
        subprocess.run(python("reading_layouts.py", folder / "xmatch.parquet", folder), check=True)
        if "machine" in options.parts:
            sums = subprocess.run(["sha256sum", *sorted(f.name for f in folder.glob("*.parquet"))], cwd=folder, check=True, text=True, stdout=subprocess.PIPE).stdout
            data = folder / "data"
            data.mkdir()
            (data / "SHA256SUMS").write_text(sums)
            java("org.xmatch.jmh.results.Machine", options.out / "machine.json", subprocess.run(
                ["sh", "-c", 'dirname "$(dirname "$(readlink -f "$(command -v javac)")")"'], check=True, text=True, stdout=subprocess.PIPE).stdout.strip(), data / "SHA256SUMS")
        if "columns" in options.parts:
            columns(options, [folder / f"{layout}.parquet" for layout in LAYOUTS])
        if "pruned" in options.parts:
            pruned(options, [folder / f"{layout}.parquet" for layout in ("xmatch", "rg1m-index", "rg1m", "rg100k-index", "rg100k")])
    if "page" in options.parts:
        subprocess.run(python("reading_page.py", options.out), check=True)


if __name__ == "__main__":
    main()
