#!/usr/bin/env python3
"""Times indexing and word search beside tantivy, bm25s and SQLite's FTS5, one thread each.

The corpus is made of the collections' sentences, the same each time: three words in ten are replaced by
others, as often as these stand there. Questions are the collections' own of 8 to 20 words; keywords are
one to three telling words of others. Every query goes to each system in turn, the best 10 are asked for,
and whet reads the text of the passages, too.
"""
import contextlib
import itertools
import json
import os
import random
import re
import sqlite3
import statistics
import subprocess
import threading
import time

import group
from figure import Figure, milliseconds, percentile
from playground import press
from terminal import Program

COLLECTIONS = {"squad2dev": 0.7, "cranfield": 0.25, "cosqa": 0.05}
LIMIT, QUERIES, WARM, FILES, KEYS = 10, 300, 20, 20_000, 300
STOP = set("""a an and are as at be but by for if in into is it no not of on or such that the their then
there these they this to was will with""".split())


def measure(options, folder):
    group.progress(f"words, {options.passages:,} passages")
    questions, keywords = queries(options.data)
    corpus = os.path.join(folder, "corpus.jsonl")
    size = write_corpus(options.data, options.passages, corpus)
    command = group.Whet(options, folder)
    timer = os.path.join(options.programs, "lexical-timer")
    index = command.index("large")
    seconds, _, memory = add(timer, index, corpus)
    yield Figure("indexing", "passages/s", options.passages / seconds, None, 15_000, is_floor=True)
    yield Figure("memory while indexing", "MB", memory, None, 200)
    yield Figure("size of the index, text beside it", "MB", os.path.getsize(index) / 1e6, size / 1e6,
                 3, is_relative=True)
    folder_of_files = write_files(corpus, folder)
    seconds, again, _ = add(timer, os.path.join(folder, "files.db"), folder_of_files)
    yield Figure(f"indexing {FILES:,} files, a check of them", "s", seconds, again, 100,
                 is_relative=True, is_floor=True)

    yield from cold(timer, index, questions[0])
    yield from one_more(timer, index, folder)
    searcher = Whet(timer, index)
    systems = {"whet": searcher}
    for system in (Tantivy, FTS5, BM25s):
        group.progress(f"indexing by {system.__name__}")
        systems[system.__name__] = system(folder, corpus)
    for kind, texts in (("questions", questions), ("keywords", keywords)):
        group.progress(kind)
        times = {name: [] for name in systems}
        for number, text in enumerate(texts[:WARM] + texts):
            for name, system in systems.items():
                time_of_one = system.search(text)
                if number >= WARM:
                    times[name].append(time_of_one)
        own, reference = times["whet"], times["Tantivy"]
        yield Figure(f"{kind}, p50, beside tantivy", "ms", percentile(own, .5),
                     percentile(reference, .5), 3, is_relative=True)
        yield Figure(f"{kind}, p99, beside tantivy", "ms", percentile(own, .99),
                     percentile(reference, .99), 100)
        for name in ("FTS5", "BM25s"):
            yield Figure(f"{kind}, p50 of {name}", "ms", percentile(times[name], .5))
    yield Figure("memory of all these searches", "MB", searcher.memory())
    long = " ".join(questions + keywords)
    long = (long + " ") * (65_536 // len(long) + 1)
    yield Figure("a question of 64 KB", "ms", statistics.median(searcher.search(long) for _ in range(5)))
    if options.floor:
        group.progress("echo while a large index is searched and written")
        yield from echo(options, command, timer, index, corpus, questions)


def add(timer, index, path):
    """CPU seconds of indexing and of checking again, and the most memory in MB."""
    output = subprocess.run(
        [timer, index, "add", path], check=True, capture_output=True, text=True).stdout
    _, seconds, again, memory = map(float, output.split())
    return seconds, again, memory


def cold(timer, index, question, starts=5):
    """From the start of a program to the answer to its first question."""
    times = []
    for _ in range(starts):
        start = time.monotonic()
        whet = Whet(timer, index)
        whet.search(question)
        times.append(time.monotonic() - start)
        whet.process.kill()
        whet.process.wait()
    yield Figure("first answer after the start", "ms", statistics.median(milliseconds(times)))


def one_more(timer, index, folder, files=16):
    """What it takes to add a file of one passage to the large index. Some of them end in a merge."""
    times = []
    for number in range(files):
        path = os.path.join(folder, f"one-{number}.txt")
        with open(path, "w") as file:
            file.write(f"The {number}th file is no longer than this.")
        times.append(add(timer, index, path)[0])
    yield Figure("adding one file, p50", "ms", statistics.median(milliseconds(times)))
    yield Figure("adding one file, longest", "ms", max(milliseconds(times)))


def echo(options, whet, timer, index, corpus, questions):
    """Key to echo in the question, while what stands there is searched in the large index, to which
    another program adds passages."""
    path = os.path.join(whet.folder, "large.prompt")
    with open(path, "w") as file:
        file.write("{{#each passages}}{{text}}{{/each}}{{question}}")
    size = (105, 30)
    times, floor_times = [], []
    with Program([whet.program, path, "--index", "large"], whet.environment, size) as playground, \
            Program([options.floor], whet.environment, size) as floor, \
            adding(timer, index, corpus):
        playground.wait_for("^Q quit")
        floor.wait_for("^Q quit")
        playground.write("\t")
        playground.serve(1)
        for question in questions:
            if len(times) >= KEYS:
                break
            # What fits the field's first row: a word that is wrapped leaves the place where it began.
            for word in re.findall("[A-Za-z]+", question[:40])[:-1]:
                for end in range(1, len(word) + 1):
                    for program, list_ in ((playground, times), (floor, floor_times)):
                        list_.append(press(program, word[:end]))
                        program.serve(0.02)
                # Longer than the pause after which a search begins: the next word is typed meanwhile.
                playground.write(" ")
                floor.write("\x15")
                playground.serve(0.17)
            playground.write("\x15")
            playground.serve(0.05)
    name = f"echo while {options.passages:,} passages are searched and written"
    yield Figure(f"{name}, p99", "ms", percentile(milliseconds(times), .99),
                 percentile(milliseconds(floor_times), .99), 16)


@contextlib.contextmanager
def adding(timer, index, corpus):
    """Adds the corpus under one name after another, as long as the block takes."""
    stop = threading.Event()

    def add_all():
        for number in itertools.count():
            copy = f"{corpus}.{number}.jsonl"
            os.link(corpus, copy)
            with subprocess.Popen([timer, index, "add", copy], stdout=subprocess.DEVNULL) as process:
                while process.poll() is None:
                    if stop.wait(0.1):
                        process.kill()
                        return

    thread = threading.Thread(target=add_all)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def write_files(corpus, folder):
    """The corpus's first passages as files of eight."""
    path = os.path.join(folder, "files")
    with open(corpus) as file:
        texts = (json.loads(line)["text"] for line in file)
        for number in range(FILES):
            some = list(itertools.islice(texts, 8))
            if not some:
                break
            os.makedirs(os.path.join(path, str(number // 500)), exist_ok=True)
            with open(os.path.join(path, str(number // 500), f"{number}.txt"), "w") as output:
                output.write("\n\n".join(some))
    return path


def queries(data):
    chance = random.Random(9)
    texts = [" ".join(line["text"].split()) for name in ("squad2dev", "cranfield")
             for line in group.lines(data, name, "queries.jsonl")]
    texts = [text for text in texts if 8 <= len(text.split()) <= 20]
    chance.shuffle(texts)
    keywords = []
    for text in texts[QUERIES:]:
        words = [word for word in re.findall("[A-Za-z]{4,}", text) if word.lower() not in STOP]
        if len(words) >= 3:
            keywords.append(" ".join(chance.sample(words, chance.choice([1, 2, 2, 3]))))
    return texts[:QUERIES], keywords[:QUERIES]


def write_corpus(data, count, path):
    """Gives the bytes of the texts."""
    chance = random.Random(5)
    pools, often = [], {}
    for name in COLLECTIONS:
        pools.append([])
        for line in group.lines(data, name, "corpus.jsonl"):
            for sentence in re.split(r"(?<=[.!?])\s+|\n\n", line["text"]):
                words = sentence.split()
                if 3 <= len(words) <= 60:
                    pools[-1].append(words)
                    for word in words:
                        often[word] = often.get(word, 0) + 1
    known = sorted(often, key=lambda word: (-often[word], word))
    others = itertools.cycle(chance.choices(
        range(len(known)), weights=[often[word] for word in known], k=1 << 20))
    size = 0
    with open(path, "w") as file:
        for number in range(count):
            words, length = [], 0
            while length < 390:
                pool = chance.choices(pools, weights=COLLECTIONS.values())[0]
                for word in pool[int(chance.random() * len(pool))]:
                    draw = chance.random()
                    if draw < 0.3:
                        place = next(others)
                        word = known[place]
                        # Rare words become more: there are many of them in a large corpus.
                        if place > 3000 and draw < 0.1:
                            word += format(int(draw * 200), "x")
                    words.append(word)
                    length += len(word) + 1
                    if length >= 390:
                        break
            text = " ".join(words)
            size += len(text.encode())
            file.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
    return size


class Whet:
    def __init__(self, timer, index):
        self.process = subprocess.Popen([timer, index, "search", str(LIMIT)], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def search(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline().split()[0])

    def memory(self):
        """The most that it ever had, in MB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 1024


class Tantivy:
    def __init__(self, folder, corpus):
        import tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", stored=False, tokenizer_name="en_stem")
        path = os.path.join(folder, "tantivy")
        os.mkdir(path)
        self.index = tantivy.Index(schema.build(), path=path)
        writer = self.index.writer(heap_size=100_000_000, num_threads=1)
        for line in texts(corpus):
            writer.add_document(tantivy.Document(text=line))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, text):
        start = time.perf_counter()
        query, _ = self.index.parse_query_lenient(text, ["text"])
        self.searcher.search(query, LIMIT, count=False)
        return (time.perf_counter() - start) * 1000


class FTS5:
    def __init__(self, folder, corpus):
        self.database = sqlite3.connect(os.path.join(folder, "fts5.db"))
        self.database.execute(
            "CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = 'porter unicode61')")
        self.database.executemany(
            "INSERT INTO t VALUES (?)", ((line,) for line in texts(corpus)))
        self.database.commit()

    def search(self, text):
        words = [word for word in re.findall(r"\w+", text) if word.lower() not in STOP]
        start = time.perf_counter()
        self.database.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?",
            (" OR ".join(f'"{word}"' for word in words), LIMIT)).fetchall()
        return (time.perf_counter() - start) * 1000


class BM25s:
    def __init__(self, folder, corpus):
        import bm25s
        import Stemmer
        self.bm25s, self.stemmer = bm25s, Stemmer.Stemmer("english")
        self.index = bm25s.BM25()
        self.index.index(self.tokens(list(texts(corpus))), show_progress=False)

    def tokens(self, texts):
        return self.bm25s.tokenize(
            texts, stopwords="en", stemmer=self.stemmer, show_progress=False)

    def search(self, text):
        start = time.perf_counter()
        self.index.retrieve(self.tokens([text]), k=LIMIT, show_progress=False)
        return (time.perf_counter() - start) * 1000


def texts(corpus):
    with open(corpus) as file:
        for line in file:
            yield json.loads(line)["text"]


if __name__ == "__main__":
    group.main(measure, __doc__)
