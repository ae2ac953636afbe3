"""The figures of an evaluation of 10,000 cases against a server that answers at once: how each is
measured. docs/benchmarks.md says what they mean."""
import contextlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

from figure import Figure

CASES = 10_000
HERE = os.path.dirname(os.path.abspath(__file__))


@contextlib.contextmanager
def instant_server():
    server = subprocess.Popen(
        [sys.executable, os.path.join(HERE, "answerserver.py")], stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.kill()
        server.wait()


def prepare(bench, address, count):
    """A home that knows the server, and an evaluation of so many cases."""
    home = os.path.join(bench.folder, f"eval-{count}")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(os.path.join(home, "config", "whet"))
    with open(os.path.join(home, "config", "whet", "config.yaml"), "w") as file:
        file.write(f"providers:\n  - {{name: instant, base_url: '{address}/v1'}}\n")
    with open(os.path.join(home, "cases.jsonl"), "w") as file:
        for number in range(count):
            file.write(json.dumps({
                "vars": {"question": f"How long may item {number} be returned?"},
                "assert": [{"type": "contains", "value": "thirty days"},
                           {"type": "not-contains", "value": "sorry"}]}) + "\n")
    with open(os.path.join(home, "eval.yaml"), "w") as file:
        file.write("prompts: ['Answer in few words: {{question}}']\n"
                   "providers: ['instant:small']\ntests: cases.jsonl\n")
    environment = dict(
        bench.environment, HOME=home, XDG_CONFIG_HOME=os.path.join(home, "config"),
        XDG_DATA_HOME=os.path.join(home, "data"), XDG_STATE_HOME=os.path.join(home, "state"))
    return home, environment


def start(bench, home, environment):
    return subprocess.Popen(
        [bench.whet, "eval", "eval.yaml", "--format", "json", "-o", "results.json"], cwd=home,
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process):
    """CPU seconds and the largest memory, in megabytes, of a process that is waited for."""
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"whet eval ended with {process.returncode}: {errors.decode()[-500:]}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def asked(address, path="/counts"):
    with urllib.request.urlopen(address + path) as answer:
        return json.load(answer)


def evaluating(bench):
    """CPU and memory of an evaluation, beside curl's for the same requests."""
    with instant_server() as address:
        curl_seconds = curl_cpu_seconds(bench, address)
        home, environment = prepare(bench, address, CASES // 10)
        _, small = finish(start(bench, home, environment))
        home, environment = prepare(bench, address, CASES)
        began = time.monotonic()
        seconds, large = finish(start(bench, home, environment))
        elapsed = time.monotonic() - began
        again, _ = finish(start(bench, home, environment))
    # What the same requests cost curl is no overhead.
    yield Figure("CPU a case over curl's, 10,000 cases", "ms",
                 (seconds - curl_seconds) / CASES * 1000, curl_seconds / CASES * 1000, 0.3)
    yield Figure("the same, all answers kept", "ms", again / CASES * 1000)
    yield Figure("cases a second", "", CASES / elapsed)
    yield Figure("memory, 10,000 cases beside 1,000", "MB", large, small)


def curl_cpu_seconds(bench, address):
    """curl's CPU for as many requests over one connection: what HTTP alone costs."""
    config = os.path.join(bench.folder, "curl-eval")
    body = json.dumps({"model": "small", "messages": [
        {"role": "user", "content": "Answer in few words: How long may item 1 be returned?"}],
        "stream": True})
    with open(config, "w") as file:
        for _ in range(CASES):
            file.write(f'url = "{address}/v1/chat/completions"\noutput = "/dev/null"\n')
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([bench.curl, "-s", "--json", body, "-K", config], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def killed(bench):
    """How many requests are sent a second time by an evaluation that is killed and gone on with; those
    whose answer had not come are among them."""
    with instant_server() as address:
        home, environment = prepare(bench, address, CASES)
        kills = 0
        while kills < 5:
            process = start(bench, home, environment)
            target = asked(address)["requests"] + CASES // 8
            while asked(address)["requests"] < target and process.poll() is None:
                time.sleep(0.005)
            process.kill()
            finish(process)
            kills += 1
        finish(start(bench, home, environment))
        counts = asked(address)
    if counts["different"] != CASES:
        raise RuntimeError(f"{counts['different']} of {CASES} cases were asked")
    yield Figure("asked twice a kill, 64 in flight", "", (counts["requests"] - CASES) / kills, None,
                 64)


MEASUREMENTS = (evaluating, killed)
