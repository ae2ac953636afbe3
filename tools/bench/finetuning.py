"""The figures of a check of 1,000,000 examples, 2 GB: how it is measured. docs/benchmarks.md says what
they mean."""
import os
import shutil
import subprocess
import sys
import time

import trainingset
from figure import Figure

EXAMPLES = 1_000_000
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


MEASUREMENTS = (checking,)
