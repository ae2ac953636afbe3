"""The figures of the terminal: how each is measured. docs/benchmarks.md says what they mean."""
import json
import os
import random
import statistics
import subprocess
import time

from figure import Figure, first_quartile, milliseconds, percentile
from server import texts
from terminal import Program

NORMAL, WIDE = (105, 30), (210, 50)  # Eight columns stand side by side from 208 cells on.
PAGE_UP, PAGE_DOWN, BACK_TAB = "\x1b[5~", "\x1b[6~", "\x1b[Z"
RUN, CLEAR, TAB, ERASE, END_OF_TEXT = "\x12", "\x15", "\t", "\x7f", "\x1b>"

PROMPT = """\
---
input:
  default:
    question: How long do I have to return a wheel?
---
{{#each passages}}
[{{index}}] {{text}}
{{/each}}
{{question}}
"""


class Bench:
    """What all measurements work with: the programs, the model server and a prompt."""

    def __init__(self, whet, floor, curl, environment, base_url, folder):
        self.whet, self.floor, self.curl = whet, floor, curl
        self.environment, self.base_url, self.folder = environment, base_url, folder
        self.prompt_count = 0

    def open_whet(self, size=NORMAL, models=("builtin/echo",), prompt=PROMPT):
        """whet on a new prompt, with a column for each model."""
        self.prompt_count += 1
        path = os.path.join(self.folder, f"{self.prompt_count}.prompt")
        with open(path, "w") as file:
            file.write(prompt)
        command = [self.whet, path, "--index", "bench"]
        for model in models:
            command += ["-M", model]
        return Program(command, self.environment, size)

    def reopen_whet(self):
        """whet where it was left, as it is mostly started."""
        return Program([self.whet], self.environment, NORMAL)

    def open_floor(self, size=NORMAL):
        return Program([self.floor], self.environment, size)


def start(bench, pairs=40):
    """From exec to the last row of the first frame; then memory, and the rest of an idle whet."""
    times, floor_times, memory, floor_memory, idle = [], [], [], [], []
    with bench.open_whet() as whet:
        whet.wait_for("^Q quit")
    for _ in range(pairs):
        with bench.open_floor() as floor:
            floor_times.append(floor.wait_for_frame("^Q quit") - floor.start)
            floor_memory.append(floor.status("VmRSS") / 1024)
        with bench.reopen_whet() as whet:
            times.append(whet.wait_for_frame("^Q quit") - whet.start)
            if len(memory) < 3:
                # Servers have been looked for, passages have been found, the draft is kept.
                whet.serve(2.5)
                memory.append(whet.status("VmRSS") / 1024)
                before = whet.cpu_seconds()
                whet.serve(2)
                idle.append((whet.cpu_seconds() - before) / 2)
    yield Figure(
        "first frame", "ms", first_quartile(milliseconds(times)),
        first_quartile(milliseconds(floor_times)), 3, is_relative=True)
    yield Figure(
        "memory after start", "MB", statistics.median(memory), statistics.median(floor_memory), 40)
    yield Figure("CPU while idle", "ms/s", statistics.median(milliseconds(idle)), None, 0)


def streaming(bench, pairs=7, tokens=5000):
    """CPU time for a whole answer as fast as it comes, from ^R until it is shown and recorded."""
    model = f"bench-{tokens}-0"
    used, curl_used = [], []
    for _ in range(pairs):
        curl_used.append(curl_cpu_seconds(bench, model))
        with bench.open_whet(models=[f"bench/{model}"]) as whet:
            whet.wait_for("^Q quit")
            whet.serve(1)
            before = whet.cpu_seconds()
            whet.write(RUN)
            whet.wait_for(" stop", 30)
            whet.serve(0.5)
            used.append(whet.cpu_seconds() - before)
    yield Figure(
        f"CPU for {tokens:,} tokens", "ms", statistics.median(milliseconds(used)),
        statistics.median(milliseconds(curl_used)), 5, is_relative=True)


def curl_cpu_seconds(bench, model):
    body = {"model": model, "stream": True, "messages": [{"role": "user", "content": "Go on."}]}
    return cpu_seconds_of(
        [bench.curl, "-sN", "--fail", "-o", os.devnull, "-H", "Content-Type: application/json",
         "-d", json.dumps(body), bench.base_url + "/chat/completions"], bench.environment)


def idle_echo(bench, keys=200):
    """Key to echo with nothing else to do, whet and the floor in turn."""
    with bench.open_whet() as whet, bench.open_floor() as floor:
        times, floor_times = echo(whet, floor, keys)
    yield Figure(
        "echo idle, p50", "ms", percentile(times, 0.5), percentile(floor_times, 0.5), 1)
    yield Figure("echo idle, p99", "ms", percentile(times, 0.99), percentile(floor_times, 0.99))


def loaded_echo(bench, keys=300, columns=8, rate=200, seconds=60):
    """Key to echo while every column streams; the floor has the same load beside it."""
    models = [f"bench/bench-{seconds * rate}-{rate}"] * columns
    with bench.open_whet(WIDE, models) as whet, bench.open_floor(WIDE) as floor:
        whet.wait_for("^Q quit")
        whet.serve(0.5)
        whet.write(RUN)
        whet.wait_for("tok/s")
        end = time.monotonic() + seconds
        whet.serve(1)
        times, floor_times = echo(whet, floor, keys)
        if time.monotonic() > end:
            raise TimeoutError("the columns had ended before all keys were typed")
    name = f"echo, {columns} x {rate} tok/s"
    yield Figure(name + ", p50", "ms", percentile(times, 0.5), percentile(floor_times, 0.5))
    yield Figure(name + ", p99", "ms", percentile(times, 0.99), percentile(floor_times, 0.99), 8)


def echo(whet, floor, keys):
    """Milliseconds from a key to its letter before the cursor, in a field that is searched with."""
    whet.wait_for("^Q quit")
    floor.wait_for("^Q quit")
    whet.write(TAB + CLEAR)
    whet.serve(1)
    return typing(whet, floor, keys)


def typing(whet, floor, keys, until=None, clear=CLEAR):
    """The same where the cursor is, as many keys or until a text stands on the screen."""
    random_letters = random.Random(1)
    times, floor_times = [], []
    while len(times) < keys and not (until and until in whet.screen.text()):
        typed = ""
        for _ in range(10):
            typed += random_letters.choice("abcdefghijklmnopqrstuvwxyz")
            for program, list_ in ((whet, times), (floor, floor_times)):
                list_.append(press(program, typed))
                # Both are read all the time, so that neither waits for its terminal.
                pause = time.monotonic() + random_letters.uniform(0.005, 0.025)
                while time.monotonic() < pause:
                    whet.read(0.002)
                    floor.read(0)
        whet.write(clear)
        floor.write(CLEAR)
        whet.serve(0.05)
        floor.serve(0.01)
    return milliseconds(times), milliseconds(floor_times)


def press(program, typed):
    while program.read(0):
        pass
    before = time.monotonic()
    program.write(typed[-1])
    came = program.wait(lambda screen: screen.ends_at_cursor(typed), 3, f"the echo of {typed!r}")
    return came - before


def long_text(lines, size=1 << 20):
    """So many lines that come to a megabyte, some of it in wide characters."""
    piece = "A long prompt, 漢字かな交じり文, and so on. "
    line = piece * (size // (lines * len(piece.encode())))
    return "\n".join([line] * lines)


def long_prompts(bench, keys=200):
    """Key to echo in prompts of a megabyte: many lines, and few long ones, at both ends."""
    for lines in (20_000, 4, 1):
        with bench.open_whet(prompt=long_text(lines)) as whet, bench.open_floor() as floor:
            whet.wait_for("^Q quit")
            floor.wait_for("^Q quit")
            whet.serve(1)
            times, floor_times = typing(whet, floor, keys // 2)
            # White space hangs over the edge: the letters after it begin a row.
            whet.write(END_OF_TEXT + " " * 50)
            whet.serve(1)
            some, floor_some = typing(whet, floor, keys // 2, clear=ERASE * 10)
        noun = "line" if lines == 1 else "lines"
        yield Figure(
            f"echo, 1 MB in {lines:,} {noun}, p99", "ms", percentile(times + some, 0.99),
            percentile(floor_times + floor_some, 0.99), 16)


def long_paste(bench, rounds=3):
    """From the first byte of a paste of a megabyte until the screen shows its end."""
    times, floor_times = [], []
    text = long_text(20_000) + "\n"
    for _ in range(rounds):
        with bench.open_whet(prompt="") as whet, bench.open_floor() as floor:
            for program, list_, paste in (
                (floor, floor_times, "x" * len(text.encode()) + "~"),
                (whet, times, f"\x1b[200~{text}~\x1b[201~"),
            ):
                program.wait_for("^Q quit")
                program.serve(0.5)
                before = time.monotonic()
                program.paste(paste)
                came = program.wait(lambda screen: screen.ends_at_cursor("~"), 10, "the paste")
                list_.append(came - before)
    yield Figure(
        "paste of 1 MB", "ms", statistics.median(milliseconds(times)),
        statistics.median(milliseconds(floor_times)), 100)


def long_start(bench, rounds=7):
    """From exec to the first frame of a prompt of a megabyte."""
    for lines in (20_000, 1):
        times, floor_times = [], []
        for _ in range(rounds):
            with bench.open_floor() as floor:
                floor_times.append(floor.wait_for_frame("^Q quit") - floor.start)
            with bench.open_whet(prompt=long_text(lines)) as whet:
                times.append(whet.wait_for_frame("^Q quit") - whet.start)
        noun = "line" if lines == 1 else "lines"
        yield Figure(
            f"first frame, 1 MB in {lines:,} {noun}", "ms", statistics.median(milliseconds(times)),
            statistics.median(milliseconds(floor_times)), 50)


def long_history(bench, edits=100_000, rounds=7):
    """From exec to the first frame of a prompt of which undo knows so many edits."""
    times, floor_times = [], []
    with bench.open_whet(prompt="") as whet:
        whet.wait_for("^Q quit")
        # Typed, not pasted: each letter and each new line is an edit.
        whet.paste("a\r" * (edits // 2) + "~")
        whet.wait(lambda screen: screen.ends_at_cursor("~"), 60, "what was typed")
        whet.serve(2)
    for _ in range(rounds):
        with bench.open_floor() as floor:
            floor_times.append(floor.wait_for_frame("^Q quit") - floor.start)
        with bench.reopen_whet() as whet:
            times.append(whet.wait_for_frame("^Q quit") - whet.start)
    yield Figure(
        f"first frame, {edits:,} edits", "ms", statistics.median(milliseconds(times)),
        statistics.median(milliseconds(floor_times)), 50)


def flooded_echo(bench, rounds=6, tokens=400_000):
    """Key to echo while a server sends as fast as this machine lets it."""
    times, floor_times = [], []
    with bench.open_whet(NORMAL, [f"bench/bench-{tokens}-flood"]) as whet:
        with bench.open_floor() as floor:
            whet.wait_for("^Q quit")
            floor.wait_for("^Q quit")
            whet.write(TAB)
            for _ in range(rounds):
                whet.write(CLEAR + "a")
                whet.serve(0.5)
                whet.write(RUN)
                whet.wait(lambda screen: " stop" not in screen.text(), 5, "a new run")
                some, floor_some = typing(whet, floor, 1000, until=" stop")
                times += some
                floor_times += floor_some
    name = "echo, server without limit"
    yield Figure(name + ", p99", "ms", percentile(times, 0.99), percentile(floor_times, 0.99))
    yield Figure(name + ", longest", "ms", max(times), max(floor_times), 16)


def many_streams(bench, streams=32, rate=200, seconds=10):
    """CPU time a second for many answers at once, beside one curl that takes the same."""
    model = f"bench-{rate * seconds}-{rate}"
    path = os.path.join(bench.folder, "many.prompt")
    with open(path, "w") as file:
        file.write("Go on.")
    command = [bench.whet, "run", path]
    for _ in range(streams):
        command += ["-M", f"bench/{model}"]
    used = cpu_seconds_of(command, bench.environment)
    body = {"model": model, "stream": True, "messages": [{"role": "user", "content": "Go on."}]}
    command = [bench.curl, "-sN", "--no-progress-meter", "--parallel", "--parallel-immediate", "--parallel-max",
               str(streams), "-H", "Content-Type: application/json", "-d", json.dumps(body)]
    for _ in range(streams):
        command += ["-o", os.devnull, bench.base_url + "/chat/completions"]
    curl_used = cpu_seconds_of(command, bench.environment)
    yield Figure(
        f"CPU, {streams} x {rate} tok/s", "ms/s", used * 1000 / seconds,
        curl_used * 1000 / seconds, 250)


def cpu_seconds_of(command, environment):
    """What a whole command uses."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{os.path.basename(command[0])} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def traffic(bench, tokens=1000, rate=200):
    """Bytes that the terminal is sent for each token of all columns."""
    for columns, size in ((1, NORMAL), (2, NORMAL), (8, WIDE)):
        models = [f"bench/bench-{tokens}-{rate}"] * columns
        with bench.open_whet(size, models) as whet:
            whet.wait_for("^Q quit")
            whet.serve(1)
            before = whet.bytes_written
            whet.write(RUN)
            whet.wait_for("tok/s")
            whet.wait_until_quiet(1, 30)
            written = whet.bytes_written - before
        noun = "column" if columns == 1 else "columns"
        yield Figure(
            f"bytes a token, {columns} {noun}, {size[0]}x{size[1]}", "B",
            written / (tokens * columns), None, 60)


def column_cpu(bench, columns=8, rate=200, seconds=20):
    """CPU time a second while every column streams Markdown, and nobody types."""
    models = [f"bench/bench-{2 * seconds * rate}-{rate}"] * columns
    with bench.open_whet(WIDE, models) as whet:
        whet.wait_for("^Q quit")
        whet.serve(0.5)
        whet.write(RUN)
        whet.wait_for("tok/s")
        before, start = whet.cpu_seconds(), time.monotonic()
        whet.serve(seconds)
        used = (whet.cpu_seconds() - before) / (time.monotonic() - start)
    yield Figure(f"CPU, {columns} columns x {rate} tok/s", "ms/s", used * 1000, None, 600)


def long_answer(bench, tokens=200_000, pages=200, letters="wheel"):
    """An answer of so many tokens: a page up and down, a letter of a search, and its memory."""
    with bench.open_whet(NORMAL, [f"bench/bench-{tokens}-flood"]) as whet:
        whet.wait_for("^Q quit")
        whet.serve(1)
        before = whet.status("VmRSS")
        whet.write(RUN)
        whet.wait_for(" stop", 120)
        whet.serve(1)
        memory = whet.status("VmRSS") - before
        whet.write(BACK_TAB)
        whet.serve(0.2)
        scrolled = [redraw(whet, PAGE_UP if page % 3 else PAGE_DOWN) for page in range(pages)]
        whet.write("/")
        whet.serve(0.2)
        searched = [redraw(whet, letter) for letter in letters]
        whet.write("\r")
        whet.serve(0.2)
        searched += [redraw(whet, "n") for _ in range(pages)]
    text = sum(len(token.encode()) for token in texts(tokens)) / 1024
    name = f"{tokens:,} tokens"
    yield Figure(f"{name}, a page, p99", "ms", percentile(milliseconds(scrolled), 0.99), None, 16)
    yield Figure(f"{name}, search, p99", "ms", percentile(milliseconds(searched), 0.99), None, 16)
    yield Figure(f"{name}, memory by text", "x", memory / text, None, 10)


def redraw(program, key):
    """Seconds from a key to the last byte of what it draws."""
    while program.read(0):
        pass
    before = time.monotonic()
    program.write(key)
    drawn = before
    while time.monotonic() < max(drawn + 0.03, before + 0.06):
        if program.read(0.01):
            drawn = time.monotonic()
    return drawn - before


MEASUREMENTS = (
    start, streaming, many_streams, idle_echo, loaded_echo, flooded_echo, long_prompts, long_paste,
    long_start, long_history, traffic, column_cpu, long_answer)
