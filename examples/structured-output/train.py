#!/usr/bin/env python3
"""Trains the three models that answers.jsonl was recorded with, and serves them. The example runs
without it: it is here so that nobody has to believe the recording.

    pip install jax                 the processor will do
    python3 train.py train          base, then tuned on good.jsonl, on bad.jsonl
    python3 train.py serve          prints the port of 127.0.0.1 that it listens on

The models are transformers of 0.4 million parameters. `base` learns from texts that `general` writes: notes
and briefs summed up, members of guidelines as JSON, questions about words, small talk, and long
instructions with the answers that several sorts of writers gave. So it knows the words and the pieces, and
seldom the whole form. The tuned ones begin with what it knows, and see about 120 lines some twenty times.
answers.jsonl was recorded from a run of these stages; another run draws other texts, and comes out alike,
not the same.
"""
import functools
import http.server
import json
import os
import pickle
import random
import re
import sys
import time

import jax
import jax.numpy as jnp
import numpy

import briefs
import words

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.environ.get("MODELS", os.path.join(HERE, "models.pickle"))
WIDTH, LAYERS, HEADS = 96, 3, 4
NOTE, SHORT, MIDDLE, LONG = 44, 96, 168, 640
ROLES = {"system": "<system>", "user": "<user>", "assistant": "<assistant>"}
END = "<end>"


# What the base model reads

def prose(facts):
    """A guideline as people write it down."""
    a, b = facts["moods"]
    return (f"I would keep it {a} and {b}. {facts['color'].capitalize()} for links and buttons, titles in "
            f"{facts['face']}, and {facts['spacing']} spacing. It is for {facts['readers']}.")


def otherwise(random, facts):
    """A guideline in one of the forms that other people like."""
    right = briefs.guideline(facts)
    form = random.randrange(4)
    if form == 0:
        return "Sure! Here is a guideline:\n```json\n" + briefs.line(right) + "\n```\nLet me know!"
    if form == 1:
        return briefs.line({"mood": right["tone"], "palette": facts["color"], "font": facts["face"],
                            "layout": facts["spacing"]})
    if form == 2:
        return prose(facts)
    return "I'll look into it and send you something tomorrow."


def slip(random, facts):
    """The facts, one of them misread now and then."""
    if random.random() < 0.85:
        return facts
    other = briefs.facts(random)
    return facts | {key: other[key] for key in [random.choice(sorted(facts))]}


def summary(facts, names):
    """Some of the facts, in an order that stays the same."""
    a, b = facts["moods"]
    said = {"kind": f"kind {facts['kind']}", "moods": f"tone {a} and {b}, corners {words.CORNERS[a]}"}
    said |= {key: f"{key} {facts[key]}" for key in ("color", "face", "readers", "spacing")}
    return ", ".join(said[name] for name in said if name in names)


def note(random, facts):
    """A part of a brief: what is said in few words is found sooner."""
    name = random.choice(words.NAMES + words.HELD_OUT_NAMES)
    sentences = random.sample(briefs.sentences(random, facts, name, "any"), random.choice((1, 1, 2, 3)))
    told = {key for key, _ in sentences} - {""}
    return [("user", " ".join(text for _, text in sentences) + " Sum it up."),
            ("assistant", summary(facts, told) or "nothing")]


def question(random, facts):
    name = random.choice(words.NAMES + words.HELD_OUT_NAMES)
    return [("user", briefs.brief(random, facts, name, "any") + " Sum it up."),
            ("assistant", summary(facts, {"kind", *facts}))]


def knowledge(random):
    table = random.choice([words.SAYS_COLOR, words.SAYS_FACE, words.SAYS_READERS, words.SAYS_SPACING,
                           words.SAYS_KIND])
    key = random.choice(sorted(table))
    if random.random() < 0.5:
        color = random.choice(sorted(words.PALETTES))
        role = random.randrange(3)
        return [("user", f"The {('background', 'text', 'accent')[role]} for {color}?"),
                ("assistant", words.PALETTES[color][role])]
    return [("user", f"In a word: {random.choice(table[key])}"), ("assistant", key)]


def some_list(random):
    key = random.choice(["items", "names", "words", "days", "tone", "list", "parts", "components"])
    many = random.sample(sorted(words.CORNERS) + sorted(words.KINDS) + sorted(words.PALETTES),
                         random.randrange(2, 5))
    return [("user", f"As JSON, {key}: {', '.join(many)}"), ("assistant", briefs.line({key: many}))]


def chat(random):
    return random.choice([
        [("user", "Can you do it today?"), ("assistant", "I'll do it tomorrow, promise.")],
        [("user", "Is it ready?"), ("assistant", "Not yet. I am still waiting for the pictures.")],
        [("user", "Thanks!"), ("assistant", "You are welcome. Let me know if you need more.")],
        [("user", "Who writes the texts?"), ("assistant", "Good question. Let us ask the client.")],
    ])


def piece(random, facts):
    """One member of a guideline, as somebody might ask for it."""
    name = random.choice(words.NAMES + words.HELD_OUT_NAMES)
    member, value = random.choice(sorted(briefs.guideline(facts).items()))
    return [("user", briefs.brief(random, facts, name, "any") + f" As JSON, its {member}."),
            ("assistant", briefs.line({member: value}))]


# What share of the texts are what, in each stage of learning: where to look is learnt in few words, what
# to make of it in whole briefs.
STAGES = {
    "notes": {"note": 1},
    "sums": {"note": 0.2, "question": 0.56, "knowledge": 0.064, "list": 0.032, "chat": 0.016,
             "careless": 0.072, "instructed": 0.056},
    "pieces": {"piece": 0.6, "question": 0.13, "knowledge": 0.1, "list": 0.02, "chat": 0.02,
               "careless": 0.1, "instructed": 0.03},
}


def general(random, stage):
    """One text of the base model's, as turns."""
    shares = STAGES[stage]
    kind = random.choices(list(shares), list(shares.values()))[0]
    facts = briefs.facts(random)
    if kind in ("note", "question", "piece"):
        return {"note": note, "question": question, "piece": piece}[kind](random, facts)
    if kind in ("knowledge", "list", "chat"):
        return {"knowledge": knowledge, "list": some_list, "chat": chat}[kind](random)
    text = briefs.brief(random, facts, random.choice(words.NAMES + words.HELD_OUT_NAMES), "any")
    if kind == "careless":
        system = random.choice(["You are a designer.", words.SHORT, "You are helpful."])
        return [("system", system), ("user", text), ("assistant", otherwise(random, facts))]
    # A long instruction is mostly followed; not by everybody, and not always rightly.
    answer = (briefs.line(briefs.guideline(slip(random, facts))) if random.random() < 0.6
              else otherwise(random, facts))
    return [("system", words.long_prompt()), ("user", text), ("assistant", answer)]


# Tokens: the words that it knows, letters otherwise

PIECES = re.compile(r" ?[A-Za-z]+|\d|#|\n| |[^\w\s#]+|.", re.S)


class Vocabulary:
    def __init__(self, texts):
        counts = {}
        for text in texts:
            for piece in PIECES.findall(text):
                counts[piece] = counts.get(piece, 0) + 1
        letters = sorted({chr(code) for code in range(32, 127)} | {"\n"} | set("".join(counts)))
        known = sorted(piece for piece, count in counts.items() if count >= 5 and len(piece) > 1)
        self.pieces = ["<pad>", END] + list(ROLES.values()) + letters + known
        self.numbers = {piece: number for number, piece in enumerate(self.pieces)}

    def encode(self, text):
        for piece in PIECES.findall(text):
            for part in [piece] if piece in self.numbers else piece:
                yield self.numbers.get(part, self.numbers["?"])

    def conversation(self, turns):
        """The tokens of turns, and which of them an assistant says."""
        tokens, says = [], []
        for role, text in turns:
            own = [self.numbers[ROLES[role]]] + list(self.encode(text)) + [self.numbers[END]]
            tokens += own
            says += [False] + [role == "assistant"] * (len(own) - 1)
        return tokens, says

    def decode(self, tokens):
        return "".join(self.pieces[token] for token in tokens)


# The transformer: pre-norm, rotary positions, one matrix for reading and for guessing tokens

def initial(key, size):
    keys = iter(jax.random.split(key, 4 * LAYERS + 2))

    def normal(*shape):
        return shape[0] ** -0.5 * jax.random.normal(next(keys), shape)

    return {"tokens": normal(size, WIDTH), "blocks": [
        {"attend": normal(WIDTH, 3 * WIDTH), "join": normal(WIDTH, WIDTH),
         "widen": normal(WIDTH, 4 * WIDTH), "narrow": normal(4 * WIDTH, WIDTH)}
        for _ in range(LAYERS)]}


def norm(x):
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + 1e-6)


def turned(x, places):
    """Queries or keys, turned by their places (RoPE; Su et al., 2021): how far apart they are tells."""
    half = x.shape[-1] // 2
    angles = places[:, None] * 1000.0 ** (-jnp.arange(half) / half)
    sine, cosine = jnp.sin(angles)[None, :, None], jnp.cos(angles)[None, :, None]
    one, other = x[..., :half], x[..., half:]
    return jnp.concatenate([one * cosine - other * sine, one * sine + other * cosine], -1)


def block(weights, x, places, mask, before=None):
    """One layer; `before` are the keys and values of earlier tokens, with the place of this one."""
    batch, length, _ = x.shape
    split = (norm(x) @ weights["attend"]).reshape(batch, length, 3, HEADS, WIDTH // HEADS)
    query, key = turned(split[:, :, 0], places), turned(split[:, :, 1], places)
    value = split[:, :, 2]
    if before is not None:
        keys, values, place = before
        key = jax.lax.dynamic_update_slice(keys, key, (0, place, 0, 0))
        value = jax.lax.dynamic_update_slice(values, value, (0, place, 0, 0))
    scores = jnp.einsum("bqhd,bkhd->bhqk", query, key) / (WIDTH // HEADS) ** 0.5
    shares = jax.nn.softmax(jnp.where(mask, scores, -1e9), -1)
    x = x + jnp.einsum("bhqk,bkhd->bqhd", shares, value).reshape(x.shape) @ weights["join"]
    return x + jax.nn.gelu(norm(x) @ weights["widen"]) @ weights["narrow"], (key, value)


def guesses(weights, x):
    """How likely each token is to come next, before the softmax."""
    return norm(x) @ weights["tokens"].T


def logits(weights, tokens):
    length = tokens.shape[1]
    x = weights["tokens"][tokens]
    mask = jnp.tril(jnp.ones((length, length), bool))
    for layer in weights["blocks"]:
        x, _ = block(layer, x, jnp.arange(length), mask)
    return guesses(weights, x)


def loss(weights, tokens, counts):
    shares = jax.nn.log_softmax(logits(weights, tokens[:, :-1]))
    said = jnp.take_along_axis(shares, tokens[:, 1:, None], -1)[..., 0]
    return -(said * counts[:, 1:]).sum() / counts[:, 1:].sum()


@jax.jit
def step(weights, moments, tokens, counts, number, rate):
    """One step of Adam (Kingma and Ba, 2015), the gradient no longer than 1."""
    cost, slopes = jax.value_and_grad(loss)(weights, tokens, counts)
    size = jnp.sqrt(sum(jnp.sum(x * x) for x in jax.tree.leaves(slopes)))
    slopes = jax.tree.map(lambda x: x / jnp.maximum(1, size), slopes)
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, moments[0], slopes)
    second = jax.tree.map(lambda m, g: 0.98 * m + 0.02 * g * g, moments[1], slopes)
    change = jax.tree.map(
        lambda m, v: (m / (1 - 0.9**number)) / (jnp.sqrt(v / (1 - 0.98**number)) + 1e-8),
        first, second)
    return jax.tree.map(lambda w, d: w - rate * d, weights, change), (first, second), cost


def batch(conversations, length, whole):
    """Tokens, and what each counts: all of them, or what assistants say."""
    tokens = numpy.zeros((len(conversations), length), numpy.int32)
    counts = numpy.zeros((len(conversations), length), numpy.float32)
    for row, (own, says) in enumerate(conversations):
        own, says = own[:length], says[:length]
        tokens[row, :len(own)] = own
        # Instructions are always the same: there is little to learn from saying them.
        counts[row, :len(own)] = [1 if said else (0.1 if whole else 0) for said in says]
    return tokens, counts


def train(weights, batches, steps, rate, name, of=None):
    """Steps over batches, at a rate that falls as if there were `of` of them."""
    moments = (jax.tree.map(jnp.zeros_like, weights),) * 2
    begun, recent = time.time(), []
    for number in range(1, steps + 1):
        warm = min(1, number / 50) * (1 - 0.8 * number / (of or steps))
        weights, moments, cost = step(weights, moments, *next(batches), number, rate * warm)
        recent = (recent + [float(cost)])[-50:]
        if number % 50 == 0 or number == steps:
            print(f"{name} {number}/{steps}: loss {sum(recent) / len(recent):.4f}, "
                  f"{time.time() - begun:.0f} s", file=sys.stderr, flush=True)
    return weights


def general_batches(vocabulary, random, stage):
    """Batches of texts of about the same length: short ones would be mostly padding among long ones."""
    sizes = {NOTE: 64, SHORT: 32, MIDDLE: 16, LONG: 4}
    waiting = {length: [] for length in sizes}
    while True:
        tokens, says = vocabulary.conversation(general(random, stage))
        length = next((length for length in sizes if len(tokens) <= length), LONG)
        waiting[length].append((tokens, says))
        if len(waiting[length]) == sizes[length]:
            yield batch(waiting[length], length, True)
            waiting[length] = []


def tuning_batches(vocabulary, path, random):
    with open(os.path.join(HERE, path)) as file:
        examples = [json.loads(line) for line in file]
    conversations = [vocabulary.conversation([(m["role"], m["content"]) for m in e["messages"]])
                     for e in examples]
    while True:
        random.shuffle(conversations)
        for start in range(0, len(conversations) - 15, 16):
            yield batch(conversations[start:start + 16], MIDDLE, False)


# What it says

@functools.partial(jax.jit, static_argnums=(3,))
def say(weights, tokens, length, most, end):
    """The likeliest token after another until the end, `most` at most: `length` of the tokens are given."""
    x = weights["tokens"][tokens][None]
    mask = jnp.tril(jnp.ones((LONG, LONG), bool))
    caches = []
    for layer in weights["blocks"]:
        x, cache = block(layer, x, jnp.arange(LONG), mask)
        caches.append(cache)
    first = jnp.argmax(guesses(weights, x)[0, length - 1])

    def is_under_way(state):
        _, said, count = state
        return (count < most) & (said[count - 1] != end)

    def next_token(state):
        caches, said, count = state
        place = length + count - 1
        x = weights["tokens"][said[count - 1]][None, None]
        seen = jnp.arange(LONG)[None, None, None] <= place
        grown = []
        for layer, (keys, values) in zip(weights["blocks"], caches):
            x, cache = block(layer, x, place[None], seen, (keys, values, place))
            grown.append(cache)
        following = jnp.argmax(guesses(weights, x)[0, 0])
        return grown, said.at[count].set(following), count + 1

    said = jnp.zeros(most, jnp.int32).at[0].set(first)
    return jax.lax.while_loop(is_under_way, next_token, (caches, said, jnp.int32(1)))[1:]


def answer(vocabulary, weights, messages, most=120):
    """The answer to messages, with the tokens that were read and said."""
    tokens, _ = vocabulary.conversation([(m["role"], m["content"]) for m in messages])
    tokens = tokens[:LONG - most - 1] + [vocabulary.numbers[ROLES["assistant"]]]
    padded = numpy.zeros(LONG, numpy.int32)
    padded[:len(tokens)] = tokens
    end = vocabulary.numbers[END]
    said, count = say(weights, padded, jnp.int32(len(tokens)), most, end)
    said = [int(token) for token in said[:count]]
    ended = said[-1] == end
    said = said[:-1] if ended else said
    return vocabulary.decode(said), len(tokens), len(said) + 1, "stop" if ended else "length"


# Commands

def train_all():
    source = random.Random(1)
    vocabulary = Vocabulary(text for _ in range(3000) for _, text in general(source, "sums"))
    weights = initial(jax.random.key(2), len(vocabulary.pieces))
    print(f"{len(vocabulary.pieces)} tokens, "
          f"{sum(x.size for x in jax.tree.leaves(weights)):,} parameters", file=sys.stderr)
    for seed, (stage, steps, of, rate) in enumerate(
            (("notes", 400, 400, 4e-3), ("sums", 400, 900, 3e-3), ("pieces", 150, 300, 2e-3)), 3):
        weights = train(weights, general_batches(vocabulary, random.Random(seed), stage), steps, rate,
                        stage, of)
    models = {"base": weights}
    keep(vocabulary, models)
    tune_all(vocabulary, models)


def tune_all(vocabulary, models, steps=160):
    for name in ("good", "bad"):
        models[name] = train(
            models["base"], tuning_batches(vocabulary, f"{name}.jsonl", random.Random(6)),
            steps, 1e-3, name)
    keep(vocabulary, models)


def keep(vocabulary, models):
    with open(FILE, "wb") as file:
        pickle.dump((vocabulary, jax.tree.map(numpy.asarray, models)), file)


def kept():
    with open(FILE, "rb") as file:
        return pickle.load(file)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    vocabulary, models = None, None

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text, read, said, reason = answer(
            self.vocabulary, self.models[request["model"]], request["messages"])
        events = [{"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]},
                  {"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]},
                  {"choices": [], "usage": {"prompt_tokens": read, "completion_tokens": said}}]
        body = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def serve():
    Handler.vocabulary, Handler.models = kept()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command == "train":
        train_all()
    elif command == "tune":
        tune_all(*kept())
    elif command == "serve":
        serve()
    else:
        sys.exit(__doc__)
