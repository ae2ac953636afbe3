"""What the groups of figures about retrieval have in common.

They compare whet with packages of others, so each is a program that runs in their environment: it
prints its figures as JSON. `run` starts it and shows them.
"""
import argparse
import dataclasses
import json
import os
import subprocess
import sys
import tempfile

# One thread each: set before anything that reads them is imported.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[variable] = "1"

from figure import Figure

# What `run` installs for all groups.
PACKAGES = ("apsw", "bm25s", "faiss-cpu", "numpy", "PyStemmer", "sqlite-vec", "tantivy")


def main(measure, description):
    """Prints the figures that `measure(options, folder)` yields."""
    parser = argparse.ArgumentParser(description=description.split("\n", 1)[0])
    parser.add_argument("--data", required=True, metavar="FOLDER", help="the collections")
    parser.add_argument("--programs", required=True, metavar="FOLDER",
                        help="what was built: whet, lexical-timer and vector-timer")
    parser.add_argument("--floor", help="the reference of the echo")
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--embeddings", metavar="URL", help="a server of all-MiniLM-L6-v2")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="whet-bench-") as folder:
        figures = [dataclasses.asdict(figure) for figure in measure(options, folder)]
    json.dump(figures, sys.stdout)


def read(text):
    """The figures that a group printed."""
    return [Figure(**members) for members in json.loads(text)]


def lines(*path):
    with open(os.path.join(*path)) as file:
        return [json.loads(line) for line in file]


class Whet:
    """whet's command line, with a home of its own."""

    def __init__(self, options, folder):
        self.program = os.path.join(options.programs, "whet")
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "HOME": folder, "WHET_SHARE": os.path.dirname(os.path.dirname(os.path.dirname(
                os.path.abspath(__file__)))),
        }
        for name in ("CONFIG", "DATA", "STATE"):
            self.environment[f"XDG_{name}_HOME"] = os.path.join(folder, name.lower())

    def configure(self, text):
        path = os.path.join(self.folder, "config", "whet")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, "config.yaml"), "w") as file:
            file.write(text)

    def index(self, name):
        """Where the index of a name stands; its folder is there."""
        path = os.path.join(self.folder, "data", "whet", "indexes")
        os.makedirs(path, mode=0o700, exist_ok=True)
        return os.path.join(path, name + ".sqlite")

    def __call__(self, *arguments):
        result = subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f"bench: whet {' '.join(arguments)} failed: {result.stderr.strip()}")
        return result.stdout


def progress(text):
    print(f"measuring: {text}", file=sys.stderr, flush=True)
