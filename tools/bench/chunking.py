#!/usr/bin/env python3
"""What chunkings are worth on questions with exact answer spans.

The data is Chroma's chunking collection: docs/, queries.jsonl and spans.jsonl. Recall, precision and IoU
are of the text of the best five passages against the spans, as Chroma's report defines them.
"""
import json
import os

import group
from figure import Figure

# The default comes first.
CHUNKINGS = [
    "structure-230", "structure-200", "structure-400", "structure-230-30", "markdown-230",
    "code-220", "recursive-100", "recursive-200", "recursive-220-20", "recursive-400",
    "sentences-200", "sentences-220-40", "tokens-200", "tokens-250-125",
]
# At least this of the default, in percent.
TARGETS = {"recall": 88, "IoU": 6}
METRICS = {"recall": "token-recall", "precision": "token-precision", "IoU": "IoU"}


def measure(options, folder):
    data = os.path.join(options.data, "chroma-chunking")
    whet = group.Whet(options, folder)
    group.progress("chunking")
    named = [word for name in CHUNKINGS for word in ("--chunking", name)]
    whet("index", "add", os.path.join(data, "docs"), *named)
    for chunking in CHUNKINGS:
        report = json.loads(whet(
            "index", "eval", "--queries", os.path.join(data, "queries.jsonl"),
            "--qrels", os.path.join(data, "spans.jsonl"), "-k", "5", "--passage-tokens", "1000000",
            "--chunking", chunking, "--metrics", ",".join(METRICS.values()), "--json"))
        means = {metric["metric"]: metric["mean"] * 100 for metric in report["metrics"]}
        for title, metric in METRICS.items():
            target = TARGETS.get(title) if chunking == CHUNKINGS[0] else None
            yield Figure(f"{chunking}: {title}", "%", means[metric], None, target, is_floor=True)


if __name__ == "__main__":
    group.main(measure, __doc__)
