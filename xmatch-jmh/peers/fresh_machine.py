"""Times the README's two commands as on a new machine: a fresh clone of HEAD, an empty Maven repository.

usage: fresh_machine.py OUT.json       (from the project's top folder)
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from environment import describe


def seconds(folder, environment, *command):
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return round(time.perf_counter() - start, 1)


def main():
    out = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        clone = pathlib.Path(work) / "xmatch"
        subprocess.run(["git", "clone", "--quiet", ".", str(clone)], check=True)
        environment = dict(os.environ, MAVEN_OPTS=f"-Dmaven.repo.local={work}/repository")
        result = {
            "environment": describe(),
            "note": "the first command also downloads its part of Maven's plugins and libraries, the second the rest;"
                    " tests that need reference catalogs beside the clone are skipped",
            "seconds": {
                "./xmatch tutorial": seconds(clone, environment, "./xmatch", "tutorial"),
                "./xmatch tutorial, again": seconds(clone, environment, "./xmatch", "tutorial"),
                "mvn verify": seconds(clone, environment, "mvn", "-q", "-B", "-ntp", "verify"),
            },
        }
    out.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result["seconds"], indent=1))


if __name__ == "__main__":
    main()
