"""The machine, JVMs and programs a measurement is made with; and a virtual environment to measure in.

usage: environment.py     prints the description as JSON
"""
import json
import os
import pathlib
import platform
import subprocess
import sys
from importlib import metadata

PACKAGES = ("lsdb", "hats", "pyacid", "dask", "pyarrow", "polars", "scipy", "numpy", "pykdtree", "astropy")
VENV = pathlib.Path(__file__).resolve().parent.parent / "target" / "peers-venv"

# Settings for old builds of OpenBLAS that make a new one slow.
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def run_in_venv(*requirements, **variables):
    """Goes on in the virtual environment, which has the requirements, with these environment variables.

    Returns in the new process only; the old one ends here.
    """
    marker = VENV / ("has-" + "-".join(requirements).replace("=", ""))
    python = VENV / "bin" / "python"
    if not marker.exists():
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements], check=True)
        marker.touch()
    wanted = {**os.environ, **{name: str(value) for name, value in variables.items()}}
    for name in UNSET:
        wanted.pop(name, None)
    if pathlib.Path(sys.prefix) != VENV or dict(os.environ) != wanted:
        os.execve(str(python), [str(python), *sys.argv], wanted)


def output(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except OSError:
        return None
    return (done.stdout or done.stderr).strip()


def field(path, key):
    try:
        for line in pathlib.Path(path).read_text().splitlines():
            name, _, value = line.partition(":" if ":" in line else "=")
            if name.strip() == key:
                return value.strip().strip('"')
    except OSError:
        pass
    return None


def package(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def describe():
    return {
        "cpu": field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory": field("/proc/meminfo", "MemTotal"),
        "system": field("/etc/os-release", "PRETTY_NAME"),
        "kernel": platform.release(),
        "load_average": os.getloadavg(),
        "java": output("java", "-version"),
        "python": platform.python_version(),
        "packages": {name: version for name in PACKAGES if (version := package(name))},
        "variables": {name: value for name, value in os.environ.items() if name.startswith(("OPENBLAS", "OMP_"))},
        "commit": output("git", "rev-parse", "--short", "HEAD"),
        "uncommitted": bool(output("git", "status", "--porcelain", "--untracked-files=no", "--", ":/", ":!/results")),
    }


def launched_java(launcher):
    """The Java that xmatch's launcher runs on, which need not be the one on the PATH."""
    shown = subprocess.run([launcher, "--version"], capture_output=True, text=True, check=True,
                           env={**os.environ, "XMATCH_JAVA_OPTS": "-showversion"})
    return shown.stderr.strip()


if __name__ == "__main__":
    json.dump(describe(), sys.stdout, indent=1)
    print()
