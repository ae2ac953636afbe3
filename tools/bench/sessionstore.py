"""A store with 100,000 runs, some 2 GB, for measuring what grows with it.

It is made once, by whet itself as far as the tables go, and then filled by plain SQL: prompts and
passages that recur, answers of words that are as often as words are, raw streams of 11 kB, ratings,
notes, costs, and one session of 5,000 runs with forks.
"""
import json
import os
import random
import sqlite3
import subprocess

RUNS = 100_000
LARGEST_SESSION = 5_000
SESSIONS = 200
STREAM_BYTES = 11_000
EPOCH = 1_764_547_200  # 1 December 2025
CONSONANTS, VOWELS = "bcdfghklmnprstvw", "aeiou"


def words(random_source, count):
    """Made-up words; the most common ones are short, as in a language."""
    made = set()
    while len(made) < count:
        syllables = random_source.choice([1, 2, 2, 3, 3, 3, 4])
        made.add("".join(
            random_source.choice(CONSONANTS) + random_source.choice(VOWELS) for _ in range(syllables)))
    return sorted(made, key=lambda word: (len(word), word))


class Language:
    """Texts of words whose frequencies fall off as Zipf's law has it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = words(self.random, 20_000)
        self.weights = [1 / (place + 3) for place in range(len(self.words))]
        self.pool = self.random.choices(self.words, self.weights, k=400_000)

    def text(self, count):
        start = self.random.randrange(len(self.pool) - count)
        return " ".join(self.pool[start:start + count])


def make(whet, folder, runs=RUNS):
    """The path of the store; it is made unless it is there.

    whet: the program; folder: a data folder of XDG's, in which the store stands where whet looks."""
    path = os.path.join(folder, "whet", "sessions.sqlite")
    done = path + ".made"
    if os.path.exists(done):
        return path
    if os.path.exists(path):
        os.remove(path)
    environment = dict(os.environ, XDG_DATA_HOME=folder, XDG_CONFIG_HOME=folder, HOME=folder)
    subprocess.run([whet, "sessions", "list"], env=environment, check=True, stdout=subprocess.DEVNULL)
    fill(path, runs)
    open(done, "w").close()
    return path


def fill(path, runs):
    language = Language(7)
    source = language.random
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -200000")
    prompts = [language.text(80) for _ in range(300)]
    passages = [language.text(60) for _ in range(3_000)]
    streams = [stream(language) for _ in range(50)]
    models = ["local/small", "local/large", "hosted/quick", "hosted/careful"]
    counts = [LARGEST_SESSION] + [(runs - LARGEST_SESSION) // (SESSIONS - 1)] * (SESSIONS - 1)
    number = 0
    db.execute("BEGIN")
    for session, count in enumerate(counts):
        session_id = f"01S{session:023d}"
        db.execute("INSERT INTO session VALUES (?, ?, ?)",
                   (session_id, f"{language.text(2)} {session}", EPOCH + session * 150_000))
        ids = []
        for place in range(count):
            number += 1
            add_run(db, language, number, session, session_id, place, ids, prompts, passages, streams, models)
        if session % 10 == 9:
            db.execute("COMMIT")
            db.execute("BEGIN")
    db.execute("COMMIT")
    db.execute(
        "INSERT INTO finding (rowid, prompt, answer, passages, notes)"
        " SELECT number, prompt, answer, passages, notes FROM run_words")
    db.execute("UPDATE run SET is_indexed = 1")
    db.execute("ANALYZE")
    db.close()


def add_run(db, language, number, session, session_id, place, ids, prompts, passages, streams, models):
    source = language.random
    run_id = f"01R{number:023d}"
    # Mostly in a line; one in ten goes back, and forks.
    parent = ids[-1] if ids and source.random() > 0.1 else source.choice(ids) if ids else None
    ids.append(run_id)
    model = source.choice(models)
    started = EPOCH + session * 150_000 + place * 40
    prompt = source.choice(prompts)
    question = language.text(8)
    chosen = source.sample(passages, 4)
    provider, name = model.split("/")
    run = {
        "id": run_id, "session": session_id, "parent": parent, "batch": run_id, "started_at": started, "column": 0,
        "prompt_text": prompt + " {{question}}", "prompt_path": "bench.prompt", "inputs": {"question": question},
        "request": {
            "model": model, "messages": [{"role": "user", "content": prompt + " " + question}], "parameters": {},
            "question": question,
            "passages": [
                {"source": f"docs/{start % 97}.md", "start": start, "end": start + len(text), "score": 1.5,
                 "text": text, "headings": ["Heading"], "start_line": 1, "end_line": 4, "tokens": 90,
                 "ranks": {"bm25": 1}, "scores": {"bm25": 1.5}, "matches": []}
                for start, text in enumerate(chosen)],
        },
    }
    output = language.text(source.randrange(20, 200))
    answer = {
        "output": output, "thinking": "", "refusal": None, "tool_calls": [], "finish_reason": "stop", "error": None,
        "usage": {"input_tokens": 500, "output_tokens": 150, "estimated": False},
        "timing": {"first_activity_ms": 200, "first_text_ms": 210, "total_ms": 4000},
    }
    db.execute(
        'INSERT INTO run (number, id, session, parent, batch, started_at, "column", model, finish_reason, first_line,'
        " input_tokens, output_tokens, tokens_are_estimated, first_activity_ms, first_text_ms, total_ms, cost,"
        " cost_is_estimated, version) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, 500, 150, 0, 200, 210, 4000, ?, 0, NULL)",
        (number, run_id, session_id, parent, run_id, started, model,
         source.choices(["stop", "length", "error"], [95, 4, 1])[0], output[:200], source.randrange(10**6, 10**9)))
    db.execute("INSERT INTO record VALUES (?, ?, ?)", (number, json.dumps(run), json.dumps(answer)))
    db.execute("INSERT INTO event VALUES (?, 0, 10, 'head', 200, ?)", (number, b"text/event-stream"))
    db.execute("INSERT INTO event VALUES (?, 1, 210, 'body', NULL, ?)", (number, source.choice(streams)))
    db.execute("INSERT INTO event VALUES (?, 2, 4000, 'complete', NULL, NULL)", (number,))
    if number % 5 == 0:
        db.execute("INSERT INTO rating VALUES (?, ?, ?)", (number, source.choice([1, -1]), started))
    if number % 7 == 0:
        remark = {"score": source.randrange(1, 6), "note": language.text(6), "tags": [source.choice(["wrong", "short"])]}
        db.execute("INSERT INTO remark VALUES (?, ?)", (number, json.dumps(remark)))


def stream(language):
    """The body of a stream of some 11 kB."""
    text = ""
    while len(text) < STREAM_BYTES:
        for word in language.text(100).split(" "):
            text += 'data: {"choices":[{"index":0,"delta":{"content":" %s"}}]}\n\n' % word
    return text.encode()
