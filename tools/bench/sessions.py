"""The figures of a store with 100,000 runs: how each is measured. docs/benchmarks.md says what they
mean."""
import os
import statistics
import subprocess
import time

import sessionstore
from figure import Figure, first_quartile, milliseconds, percentile
from playground import CLEAR, NORMAL, PAGE_DOWN, PAGE_UP, RUN, WIDE, Bench

SESSIONS_KEY, TREE_KEY, ESCAPE, ENTER, UP = "\x1bs", "\x1bg", "\x1b", "\r", "\x1b[A"
# Of every session but the largest: it stands in a list of them, and nowhere else.
LISTED = f" {(sessionstore.RUNS - sessionstore.LARGEST_SESSION) // (sessionstore.SESSIONS - 1)} runs "
# As long as nothing more is drawn, what a key asked for has come: some times the targets.
SILENCE = 0.2


def on_store(bench, folder):
    """The same bench, whose whet keeps its runs in the large store, which is made if need be."""
    sessionstore.make(bench.whet, folder)
    environment = dict(bench.environment, XDG_DATA_HOME=folder)
    documents = os.path.join(environment["WHET_SHARE"], "examples", "tour", "docs")
    subprocess.run([bench.whet, "index", "add", documents, "--index", "bench"], env=environment,
                   check=True, capture_output=True)
    return Bench(bench.whet, bench.floor, bench.curl, environment, bench.base_url, bench.folder)


def opening(bench, pairs=20):
    """From exec to the last row of the first frame; and from a key to the list of all sessions."""
    times, floor_times, listed = [], [], []
    with bench.open_whet() as whet:
        whet.wait_for("^Q quit")
        whet.serve(0.5)
    for _ in range(pairs):
        with bench.open_floor() as floor:
            floor_times.append(floor.wait_for_frame("^Q quit") - floor.start)
        with bench.reopen_whet() as whet:
            times.append(whet.wait_for_frame("^Q quit") - whet.start)
            whet.serve(0.5)
            listed.append(answer(whet, SESSIONS_KEY, silence=1))
            expect(whet, LISTED)
    yield Figure(
        "100,000 runs, first frame", "ms", first_quartile(milliseconds(times)),
        first_quartile(milliseconds(floor_times)), 60)
    yield Figure("100,000 runs, sessions listed", "ms", first_quartile(milliseconds(listed)), None, 60)


def searching(bench):
    """From each letter of a query to the last byte of the runs that it finds."""
    times = []
    with bench.open_whet() as whet:
        whet.wait_for("^Q quit")
        whet.serve(0.5)
        whet.write(SESSIONS_KEY)
        whet.wait_for(LISTED)
        for query in queries():
            whet.write(CLEAR)
            whet.serve(0.3)
            times += milliseconds(answer(whet, letter) for letter in query)
    yield Figure("search as you type, p50", "ms", statistics.median(times))
    yield Figure("search as you type, p99", "ms", percentile(times, 0.99), None, 30)


def queries():
    """What somebody might look for: words as common and as rare as they are, phrases, filters."""
    language = sessionstore.Language(7)
    common, rare = language.words[:300:50], language.words[5_000::2_500]
    said = [language.text(4).split(" ") for _ in range(6)]
    yield from common
    yield from rare
    yield from (" ".join(words[:2]) for words in said[:3])
    yield from (" ".join([common[0], words[0], common[1]]) for words in said[:2])
    yield from ('"' + " ".join(words[:2]) + '"' for words in said[3:])
    yield f"model:small {said[0][0]}"
    yield f"rating:good {common[0]}"
    yield f"{common[1]} tag:wrong cost:>0.0005"
    yield f"in:notes {said[1][0]}"
    yield f"finish:length {rare[0]}"


def moving(bench, keys=200):
    """From a key to the last byte of what it draws, in the tree of the session of 5,000 runs."""
    with bench.open_whet() as whet:
        whet.wait_for("^Q quit")
        whet.serve(0.5)
        whet.write(SESSIONS_KEY + CLEAR)
        whet.wait_for(LISTED)
        # It is among the oldest, which come last.
        for _ in range(sessionstore.SESSIONS // 10):
            whet.write(PAGE_DOWN)
        whet.serve(1)
        rows = [row for row in whet.screen.text().split("\n") if " runs " in row]
        place = next((place for place, row in enumerate(reversed(rows))
                      if f" {sessionstore.LARGEST_SESSION} runs " in row), None)
        if place is None:
            raise RuntimeError(f"the largest session isn't listed last:\n{whet.screen.text()}")
        whet.write(UP * place)
        whet.serve(0.3)
        opened = answer(whet, ENTER, silence=2)
        expect(whet, " moments")
        pattern = ["j", "j", PAGE_DOWN, "j", "h", "k", PAGE_DOWN, "l", "G", PAGE_UP, "k", "g"]
        times = [answer(whet, pattern[number % len(pattern)]) for number in range(keys)]
    name = f"tree of {sessionstore.LARGEST_SESSION:,} runs"
    yield Figure(f"{name}, opened", "ms", opened * 1000)
    yield Figure(f"{name}, a key, p50", "ms", statistics.median(milliseconds(times)))
    yield Figure(f"{name}, a key, p99", "ms", percentile(milliseconds(times), 0.99), None, 16)


def recording(bench, columns=8, rate=200, seconds=20):
    """CPU time a second of what keeps eight streams: of all threads but that which shows them."""
    models = [f"bench/bench-{seconds * rate}-{rate}"] * columns
    with bench.open_whet(WIDE, models) as whet:
        whet.wait_for("^Q quit")
        whet.serve(2)
        before, start = beside_main_thread(whet), time.monotonic()
        whet.write(RUN)
        whet.wait_for("tok/s")
        whet.wait_until_quiet(1, 2 * seconds + 30)
        used = (beside_main_thread(whet) - before) / (time.monotonic() - start)
    yield Figure(f"recording {columns} x {rate} tok/s", "ms/s", used * 1000, None, 50)


def beside_main_thread(program):
    """CPU seconds of all threads but the first, those that have ended among them."""
    with open(f"/proc/{program.pid}/task/{program.pid}/schedstat") as file:
        main = int(file.read().split()[0]) / 1e9
    return program.cpu_seconds() - main


def answer(program, key, silence=SILENCE):
    """Seconds from a key to the last byte of all that it draws, what is read for it among that."""
    while program.read(0):
        pass
    pieces = []
    last = before = time.monotonic()
    program.write(key)
    while piece := program.take(last + silence - time.monotonic()):
        last = piece[0]
        pieces.append(piece[1])
    # Only now: to show it takes longer than to write it.
    for data in pieces:
        program.screen.feed(data)
    return last - before


def expect(program, text):
    if text not in program.screen.text():
        raise RuntimeError(f"{text!r} isn't on the screen:\n{program.screen.text()}")


MEASUREMENTS = (opening, searching, moving, recording)
