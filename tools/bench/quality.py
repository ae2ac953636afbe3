#!/usr/bin/env python3
"""How good the ranking of documents is, beside bm25s, tantivy and SQLite's FTS5: nDCG@10, recall@100.

Documents are their titles and texts; whet splits them into passages, and ranks each by its best.
With a server of embeddings, MiniLM's vectors are measured as well, alone and fused with words.
"""
import math
import os
import re
import sqlite3

import group
from figure import Figure

COLLECTIONS = {"cranfield": "Cranfield", "squad2dev": "SQuAD", "cosqa": "CoSQA"}
# Of nDCG, and of the rankings that recall is taken of.
DEPTH, DEEP = 10, 100
MODEL = "minilm/all-MiniLM-L6-v2"


def measure(options, folder):
    whet = group.Whet(options, folder)
    if options.embeddings:
        whet.configure(f"providers:\n  - name: minilm\n    base_url: {options.embeddings}\n")
    for name, title in COLLECTIONS.items():
        path = os.path.join(options.data, name)
        if not os.path.isdir(path):
            group.progress(f"no collection {name}")
            continue
        group.progress(f"quality on {title}")
        collection = Collection(path)
        rankings = {engine.__name__: collection.rankings(engine(collection).ranking)
                    for engine in (FTS5, Tantivy, BM25s)}
        others = {engine: collection.ndcg(ranking) for engine, ranking in rankings.items()}
        whet("index", "add", "--index", name, os.path.join(path, "corpus.jsonl"))

        def ranked(depth, *settings):
            run = whet("search", "--index", name, "--queries", os.path.join(path, "queries.jsonl"),
                       "-k", str(depth), "--format", "trec", *settings)
            found = {}
            for line in run.splitlines():
                query, _, document, *_ = line.split()
                found.setdefault(query, []).append(document)
            return found

        def score(*settings):
            return collection.ndcg(ranked(DEPTH, *settings))

        words = score("--method", "bm25")
        best = max(others, key=others.get)
        yield better(f"{title}: BM25, beside {best}", words, others[best], -.005)
        for engine, value in others.items():
            yield Figure(f"{title}: {engine}", "nDCG@10", value)
        recalls = {engine: collection.recall(ranking) for engine, ranking in rankings.items()}
        best = max(recalls, key=recalls.get)
        yield Figure(f"{title}: BM25, beside {best}", "recall@100",
                     collection.recall(ranked(DEEP, "--method", "bm25")), recalls[best])
        whet("index", "embed", "--index", name)
        built_in = ("--embedder", "builtin/static")
        yield Figure(f"{title}: built-in vectors", "nDCG@10", score("--method", "vector", *built_in))
        fused = score("--method", "hybrid", *built_in)
        yield better(f"{title}: built-in fused, beside BM25", fused, words, 0)
        if not options.embeddings:
            continue
        group.progress(f"MiniLM on {title}")
        whet("index", "embed", "--index", name, "--model", MODEL)
        vectors = score("--method", "vector", "--embedder", MODEL)
        yield Figure(f"{title}: MiniLM's vectors", "nDCG@10", vectors)
        fused = score("--method", "hybrid", "--embedder", MODEL)
        yield better(f"{title}: MiniLM fused, beside the better leg", fused, max(words, vectors),
                     -.01)
        if name == "cranfield":
            yield Figure(f"{title}: MiniLM fused", "nDCG@10", fused, None, .44, is_floor=True)


def better(name, value, reference, least):
    """A figure that may be so much below its reference."""
    return Figure(name, "nDCG@10", value, reference, round(reference + least, 4), is_floor=True)


class Collection:
    def __init__(self, path):
        self.documents = group.lines(path, "corpus.jsonl")
        self.queries = group.lines(path, "queries.jsonl")
        self.relevant = {}
        with open(os.path.join(path, "qrels.tsv")) as file:
            for line in list(file)[1:]:
                query, document, grade = line.rstrip("\n").split("\t")
                # A grade below 0 says that a document is not even about it.
                self.relevant.setdefault(query, {})[document] = max(int(grade), 0)

    def texts(self):
        return [f"{document.get('title') or ''}\n{document['text']}" for document in self.documents]

    def rankings(self, ranking):
        """What a function makes of each judged query, by the query's id: ids, the best first."""
        return {query["id"]: ranking(query) for query in self.queries if query["id"] in self.relevant}

    def ndcg(self, rankings):
        """The mean of all judged queries."""
        values = []
        for query, grades in self.relevant.items():
            found = rankings.get(query, [])[:DEPTH]
            gains = [grades.get(document, 0) for document in found]
            ideal = sorted(grades.values(), reverse=True)[:DEPTH]
            values.append(discounted(gains) / discounted(ideal) if any(ideal) else 0)
        return sum(values) / len(values)

    def recall(self, rankings):
        """The mean of all judged queries."""
        values = []
        for query, grades in self.relevant.items():
            wanted = {document for document, grade in grades.items() if grade}
            found = wanted.intersection(rankings.get(query, [])[:DEEP])
            values.append(len(found) / len(wanted) if wanted else 0)
        return sum(values) / len(values)


def discounted(gains):
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


class FTS5:
    def __init__(self, collection):
        self.ids = [document["id"] for document in collection.documents]
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE t USING fts5 (text, tokenize = 'porter unicode61')")
        self.database.executemany("INSERT INTO t VALUES (?)", ((text,) for text in collection.texts()))

    def ranking(self, query):
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query["text"]))
        rows = self.database.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (words, DEEP))
        return [self.ids[row - 1] for (row,) in rows]


class Tantivy:
    def __init__(self, collection):
        import tantivy
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", stored=False, tokenizer_name="en_stem")
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        self.index = tantivy.Index(schema.build())
        writer = self.index.writer(num_threads=1)
        for document, text in zip(collection.documents, collection.texts()):
            writer.add_document(tantivy.Document(id=document["id"], text=text))
        writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ranking(self, query):
        parsed, _ = self.index.parse_query_lenient(query["text"], ["text"])
        hits = self.searcher.search(parsed, DEEP).hits
        return [self.searcher.doc(address)["id"][0] for _, address in hits]


class BM25s:
    def __init__(self, collection):
        import bm25s
        import Stemmer
        self.bm25s, self.stemmer = bm25s, Stemmer.Stemmer("english")
        self.ids = [document["id"] for document in collection.documents]
        self.index = bm25s.BM25()
        self.index.index(self.tokens(collection.texts()), show_progress=False)

    def tokens(self, texts):
        return self.bm25s.tokenize(texts, stopwords="en", stemmer=self.stemmer, show_progress=False)

    def ranking(self, query):
        found, _ = self.index.retrieve(self.tokens([query["text"]]), k=min(DEEP, len(self.ids)), show_progress=False)
        return [self.ids[place] for place in found[0]]


if __name__ == "__main__":
    group.main(measure, __doc__)
