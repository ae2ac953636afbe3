"""Fits the table: the sum of a text's vectors is to point where the model's embedding points.

A piece's vector is weight * (what the model makes of the piece alone, turned by one matrix, plus a
correction of its own). The matrix and the weights are learned from all texts, so that pieces that no
text holds gain as well; the correction is learned from the texts that hold the piece. What is made
small is the angle to the model's embedding, and a tenth of the divergence between how alike the model
and the table find the texts of a batch, which is what a search goes by.
"""
import sys

import numpy as np
import scipy.sparse

EPOCHS, BATCH, TEMPERATURE = 8, 512, np.float32(0.05)


def fitted(pieces, targets, alone, dimensions):
    """A row for each piece."""
    random = np.random.default_rng(1)
    counts = count_matrix(pieces, len(alone))
    used = np.diff(counts.indptr) > 0
    counts, targets = counts[used], targets[used]
    # Without what all texts have in common, on the axes on which they differ most.
    targets = targets - targets.mean(axis=0)
    axes = np.linalg.svd(targets.T @ targets)[2][:dimensions].T.astype(np.float32)
    targets = unit(targets @ axes)
    alone = alone - alone.mean(axis=0)
    frequency = np.asarray(counts.sum(axis=0)).ravel() + 1
    frequency /= frequency.sum()
    # Frequent pieces say little (Arora, Liang and Ma, 2017): where the weights begin.
    weights = Adam(np.log(1e-3 / (1e-3 + frequency)).astype(np.float32), 2e-2)
    matrix = Adam(axes.copy(), 1e-3)
    corrections = Adam(np.zeros((len(alone), dimensions), np.float32), 3e-3)
    batches = len(targets) // BATCH
    for epoch in range(EPOCHS):
        order, cosines = random.permutation(len(targets)), 0
        for number in range(batches):
            rate = 1 - (epoch * batches + number) / (EPOCHS * batches)
            part = order[number * BATCH : (number + 1) * BATCH]
            batch, wanted = counts[part], targets[part]
            rows = np.unique(batch.indices)
            batch = batch[:, rows]
            turned = alone[rows] @ matrix.values + corrections.values[rows]
            weight = np.exp(weights.values[rows])[:, None]
            total = batch @ (weight * turned)
            length = np.linalg.norm(total, axis=1, keepdims=True) + 1e-6
            got = total / length
            cosines += (got * wanted).sum() / BATCH
            slope = (-wanted + 0.1 * likeness_slope(got, wanted)) / BATCH
            slope = (slope - (slope * got).sum(axis=1, keepdims=True) * got) / length
            slope = (batch.T @ slope) * weight
            weights.step((slope * turned).sum(axis=1), rate, rows)
            matrix.step(alone[rows].T @ slope, rate)
            corrections.step(slope, rate, rows)
        print(f"epoch {epoch + 1}: mean cosine {cosines / batches:.4f}", file=sys.stderr)
    return np.exp(weights.values)[:, None] * (alone @ matrix.values + corrections.values)


class Adam:
    """Values that follow a slope (Kingma and Ba, 2015), those of some rows at a time."""

    def __init__(self, values, rate):
        self.values, self.rate, self.steps = values, rate, 0
        self.mean, self.square = np.zeros_like(values), np.zeros_like(values)

    def step(self, slope, rate, rows=slice(None)):
        self.steps += 1
        self.mean[rows] = 0.9 * self.mean[rows] + 0.1 * slope
        self.square[rows] = 0.99 * self.square[rows] + 0.01 * slope * slope
        mean = self.mean[rows] / (1 - 0.9**self.steps)
        square = self.square[rows] / (1 - 0.99**self.steps)
        self.values[rows] -= rate * self.rate * mean / (np.sqrt(square) + 1e-8)


def likeness_slope(got, wanted):
    difference = (likeness(got) - likeness(wanted)) / TEMPERATURE
    return (difference + difference.T) @ got


def likeness(vectors):
    """How alike each is to each other one, as probabilities, a row each."""
    cosines = (vectors @ vectors.T - 2 * np.eye(len(vectors), dtype=np.float32)) / TEMPERATURE
    cosines = np.exp(cosines - cosines.max(axis=1, keepdims=True))
    return cosines / cosines.sum(axis=1, keepdims=True)


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def count_matrix(pieces, width):
    ends = np.cumsum([0] + [len(text) for text in pieces])
    ones = np.ones(ends[-1], np.float32)
    matrix = scipy.sparse.csr_matrix((ones, np.concatenate(pieces), ends), (len(pieces), width))
    matrix.sum_duplicates()
    return matrix
