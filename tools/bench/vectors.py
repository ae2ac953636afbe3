#!/usr/bin/env python3
"""Times exact vector search beside faiss's flat index and sqlite-vec, one thread each.

The vectors look like those of texts: some hundred topics, with noise around them. Every query goes
to each system in turn; a search by whet includes reading the passages that it found.
"""
import os
import subprocess
import sys
import time

import group
from figure import Figure, percentile

import apsw
import faiss
import numpy as np
import sqlite_vec

ROWS, DIMENSIONS, LIMIT, QUERIES, ROUNDS = 100_000, 384, 10, 50, 5


def measure(options, folder):
    group.progress(f"vectors, {ROWS:,} x {DIMENSIONS}")
    passages, queries = vectors(ROWS, DIMENSIONS)
    exact = [best(passages, query) for query in queries]
    systems = {
        "whet": Whet(os.path.join(options.programs, "vector-timer"), folder, passages, queries),
        "faiss flat": Faiss(passages),
        "sqlite-vec": SQLiteVec(passages),
    }
    times = {name: [] for name in systems}
    same = dict.fromkeys(systems, 0)
    for number in range(ROUNDS * QUERIES):
        row = number % QUERIES
        for name, system in systems.items():
            milliseconds, found = system.search(row, queries[row])
            times[name].append(milliseconds)
            same[name] += len(set(found) & set(exact[row]))
    for share in (.5, .99):
        whet, faiss_flat = (percentile(times[name], share) for name in ("whet", "faiss flat"))
        yield Figure(f"vectors beside faiss, p{share * 100:.0f}", "ms", whet, faiss_flat,
                     1 if share == .5 else None, is_relative=True)
    yield Figure("vectors of sqlite-vec, p50", "ms", percentile(times["sqlite-vec"], .5))
    share = 100 * same["whet"] / (ROUNDS * QUERIES * LIMIT)
    yield Figure("vectors that are the exact best", "%", share, None, 100, is_floor=True)


def vectors(rows, dimensions):
    random = np.random.default_rng(1)
    topics = random.normal(size=(300, dimensions))
    def some(count):
        mixed = topics[random.integers(0, 300, count)] + random.normal(size=(count, dimensions))
        return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
    return some(rows), some(QUERIES)


def best(passages, query):
    return np.argsort(-(passages.astype(np.float64) @ query.astype(np.float64)))[:LIMIT].tolist()


class Whet:
    def __init__(self, program, folder, passages, queries):
        passages.tofile(os.path.join(folder, "passages.f32"))
        queries.tofile(os.path.join(folder, "queries.f32"))
        self.process = subprocess.Popen([program, folder, str(passages.shape[1])], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdout.readline() != "ready\n":
            sys.exit("bench: vector-timer could not be started")
        self.search(0, None)  # The first search loads the codes.

    def search(self, row, _):
        self.process.stdin.write(f"{row} {LIMIT}\n")
        self.process.stdin.flush()
        milliseconds, *found = self.process.stdout.readline().split()
        return float(milliseconds), [int(number) for number in found]


class Faiss:
    def __init__(self, passages):
        faiss.omp_set_num_threads(1)
        self.index = faiss.IndexFlatIP(passages.shape[1])
        self.index.add(passages)

    def search(self, _, query):
        start = time.perf_counter()
        found = self.index.search(query[None], LIMIT)[1][0]
        return (time.perf_counter() - start) * 1000, found.tolist()


class SQLiteVec:
    def __init__(self, passages):
        # Python's own sqlite3 is often built without extensions.
        self.database = apsw.Connection(":memory:")
        self.database.enable_load_extension(True)
        self.database.load_extension(sqlite_vec.loadable_path())
        self.database.execute(
            f"CREATE VIRTUAL TABLE v USING vec0(e float[{passages.shape[1]}] "
            "distance_metric=cosine)")
        self.database.executemany("INSERT INTO v (rowid, e) VALUES (?, ?)",
                                  ((row, e.tobytes()) for row, e in enumerate(passages)))

    def search(self, _, query):
        start = time.perf_counter()
        found = self.database.execute(
            "SELECT rowid FROM v WHERE e MATCH ? AND k = ? ORDER BY distance",
            (query.tobytes(), LIMIT)).fetchall()
        return (time.perf_counter() - start) * 1000, [row for (row,) in found]


if __name__ == "__main__":
    group.main(measure, __doc__)
