"""The figures of 1,000,000 examples, 2 GB: how they are checked, taken in and browsed. docs/benchmarks.md
says what they mean."""
import os
import shutil
import statistics
import subprocess
import sys
import time

import trainingset
from figure import Figure, milliseconds, percentile
from playground import PAGE_DOWN, PAGE_UP, Bench
from sessions import ENTER, ESCAPE, answer, expect

EXAMPLES = 1_000_000
SETS_KEY = "\x1bT"
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def large_file():
    """The path of the file that is checked; it is made once."""
    path = os.path.join(ROOT, ".build", "bench-finetuning", "examples.jsonl")
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        print("writing 2 GB of examples", file=sys.stderr, flush=True)
        with open(path + ".part", "wb") as file:
            trainingset.write(file, EXAMPLES)
        os.rename(path + ".part", path)
    return path


def timed(command, environment=None):
    """Seconds, seconds of CPU, and the largest memory in megabytes of a command."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # The file has findings: 1 says so.
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {errors.decode()[-500:]}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def checking(bench):
    """Time and memory of a check with all that it looks for, beside wc's and jq's for the same file."""
    path = large_file()
    counted, _, _ = timed(["wc", path])
    seconds, cpu, memory = timed([bench.whet, "tune", "check", path, "--json", "--window", "4096"],
                                 bench.environment)
    yield Figure("check of 1,000,000 examples", "s", seconds, counted, 60)
    yield Figure("the same, CPU", "s", cpu)
    if shutil.which("jq"):
        parsed, _, other = timed(["jq", ".messages[0].role", path])
        yield Figure("the same beside jq", "s", seconds, parsed)
        yield Figure("memory of it, beside jq", "MB", memory, other, 500)
    else:
        print("left out: jq is not installed", file=sys.stderr)
        yield Figure("memory of it", "MB", memory, None, 500)


def browsing(bench, keys=200):
    """Time to take the file into a training set; from a key to the last byte of the set's page, and of what
    keys draw in it, steps over the whole set among them."""
    path = large_file()
    folder = os.path.join(os.path.dirname(path), "store")
    environment = dict(bench.environment, XDG_DATA_HOME=folder)
    if not os.path.exists(os.path.join(folder, "done")):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        seconds, _, memory = timed(
            [bench.whet, "tune", "import", path, "--set", "bench", "--keep-duplicates", "--skip-bad"], environment)
        with open(os.path.join(folder, "done"), "w") as file:
            file.write(f"{seconds} {memory}")
    with open(os.path.join(folder, "done")) as file:
        seconds, memory = map(float, file.read().split())
    yield Figure("import of 1,000,000 examples", "s", seconds, None)
    yield Figure("memory of the import", "MB", memory, None)
    large = Bench(bench.whet, bench.floor, bench.curl, environment, bench.base_url, bench.folder)
    opened, times = [], []
    with large.open_whet() as whet:
        whet.wait_for("^Q quit")
        whet.serve(1)
        for _ in range(5):
            whet.write(SETS_KEY)
            whet.wait_for("bench ")
            whet.serve(0.5)
            opened.append(answer(whet, ENTER, silence=1))
            expect(whet, "1 of ")
            whet.write(ESCAPE)
            whet.serve(0.3)
            whet.write(ESCAPE)
            whet.serve(0.3)
        whet.write(SETS_KEY)
        whet.wait_for("bench ")
        whet.write(ENTER)
        whet.serve(1)
        pattern = ["j", "j", PAGE_DOWN, "j", "k", PAGE_DOWN, "G", "k", PAGE_UP, "j", "g", PAGE_DOWN]
        times = [answer(whet, pattern[number % len(pattern)]) for number in range(keys)]
    name = "pane of 1,000,000 examples"
    yield Figure(f"{name}, opened", "ms", statistics.median(milliseconds(opened)), None, 300)
    yield Figure(f"{name}, a key, p50", "ms", statistics.median(milliseconds(times)))
    yield Figure(f"{name}, a key, p99", "ms", percentile(milliseconds(times), 0.99), None, 16)


MEASUREMENTS = (checking, browsing)
