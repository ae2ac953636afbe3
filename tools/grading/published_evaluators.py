#!/usr/bin/env python3
"""Mutates the gold queries of a text-to-SQL collection, and has the published evaluators judge each.

Usage: published_evaluators.py EVALUATORS COLLECTION [MUTATIONS]

EVALUATORS holds checkouts of github.com/taoyds/test-suite-sql-eval and, if wanted, github.com/taoyds/spider;
COLLECTION is in Spider's layout. Needs sqlparse, tqdm and nltk from PyPI. Prints a line of JSON for each pair
of queries: databases, gold, predicted, mutation, and what each evaluator says (null: it raised an error).
"""

import importlib
import json
import os
import random
import re
import sys

from nltk.tokenize import NLTKWordTokenizer

evaluators, collection = sys.argv[1:3]
per_query = int(sys.argv[3]) if len(sys.argv) > 3 else 30
suite_folder = os.path.join(evaluators, "test-suite-sql-eval")
spider_folder = os.path.join(evaluators, "spider")


def imported(folder, name):
    """A module of a checkout, whose neighbours have the names of the other checkout's."""
    for other in ("evaluation", "process_sql", "exec_eval", "parse"):
        sys.modules.pop(other, None)
    sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


suite = imported(suite_folder, "exec_eval")
spider = process_sql = None
if os.path.exists(os.path.join(spider_folder, "evaluation.py")):
    spider = imported(spider_folder, "evaluation")
    process_sql = sys.modules["process_sql"]
    # The tokenizer without the model that splits sentences, which would have to be downloaded.
    process_sql.word_tokenize = NLTKWordTokenizer().tokenize

with open(os.path.join(collection, "dev.json")) as file:
    questions = json.load(file)
by_database = {}
for question in questions:
    by_database.setdefault(question["db_id"], []).append(question["query"])
schemas = {}
foreign_keys = spider and spider.build_foreign_key_map_from_json(os.path.join(collection, "tables.json"))


def selected(query):
    """What stands between the first SELECT and its FROM, its parts, and what is around it."""
    match = re.match(r"(?is)^(\s*select\s+(?:distinct\s+)?)(.*?)(\s+from\s.*)$", query)
    if not match:
        return None
    parts, depth, part = [], 0, ""
    for character in match[2]:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += character
    return match[1], parts + [part.strip()], match[3]


def replaced(pattern, by, query, source, flags=re.I):
    """The query with one match, chosen by chance, replaced."""
    matches = list(re.finditer(pattern, query, flags))
    if not matches:
        return None
    match = source.choice(matches)
    return query[: match.start()] + match.expand(by) + query[match.end() :]


def mutations(query, database, source):
    """Names with queries that may or may not give the same."""
    query = query.strip().rstrip(";")
    ordered = re.search(r"(?is)\border\s+by\b.*$", query)
    yield "as it is", query
    yield "semicolon", query + " ;"
    yield "two semicolons", query + ";;"
    yield "comment", query + " -- as asked"
    yield "second statement", query + "; SELECT 1"
    yield "lower case", query.lower()
    yield "upper case", query.upper()
    yield "drop DISTINCT", replaced(r"\bdistinct\b", "", query, source)
    yield "add DISTINCT", re.sub(r"(?i)^\s*select\s+(?!distinct)", "SELECT DISTINCT ", query)
    yield "flip direction", replaced(r"\bdesc\b", "ASC", query, source) or replaced(
        r"\basc\b", "DESC", query, source)
    yield "no order", query[: ordered.start()] if ordered else None
    yield "order by 1", None if ordered else query + " ORDER BY 1"
    yield "order by 1 down", None if ordered else query + " ORDER BY 1 DESC"
    yield "limit 1", None if re.search(r"(?i)\blimit\b", query) else query + " LIMIT 1"
    yield "limit 1000", None if re.search(r"(?i)\blimit\b", query) else query + " LIMIT 1000"
    yield "other limit", replaced(r"\blimit\s+(\d+)", r"LIMIT 1\1", query, source)
    yield "other aggregate", replaced(
        r"\b(count|sum|avg|min|max)\s*\(", source.choice(["count", "sum", "avg", "min", "max"]) + "(", query,
        source)
    yield "comparison", replaced(r"(?<![<>!=])[<>](?![=>])", source.choice(["<", ">", "<=", ">="]), query, source)
    yield "spaced comparison", replaced(r"(>=|<=|!=)", "> =", query, source)
    yield "negation", replaced(r"(?<![<>!=])=(?!=)", "!=", query, source)
    yield "and or", replaced(r"\band\b", "OR", query, source) or replaced(r"\bor\b", "AND", query, source)
    yield "no condition", replaced(r"\bwhere\b.*?(?=\bgroup\b|\border\b|\bunion\b|\bexcept\b|\bintersect\b|$)", "",
        query, source, re.I | re.S)
    yield "number plus one", replaced(r"(?<![\w.'\"])(\d+)(?![\w.'\"])", r"\1 + 1", query, source)
    yield "number as real", replaced(r"(?<![\w.'\"])(\d+)(?![\w.'\"])", r"\1.0", query, source)
    yield "other text", replaced(r"(['\"])([^'\"]+)\1", r"\1\2x\1", query, source)
    yield "set operation", replaced(
        r"\b(intersect|except|union)\b", source.choice(["UNION", "UNION ALL", "EXCEPT", "INTERSECT"]), query,
        source)
    yield "twice", query + " UNION ALL " + query if not ordered else None
    yield "left join", replaced(r"(?<!left )\bjoin\b", "LEFT JOIN", query, source)
    yield "other having", replaced(r"\bhaving\b.*?(?=\border\b|\blimit\b|$)", "", query, source, re.I | re.S)
    yield "cut short", query[: max(6, len(query) * 2 // 3)]
    parts = selected(query)
    if parts:
        head, columns, tail = parts
        yield "columns reversed", head + ", ".join(reversed(columns)) + tail
        yield "columns turned", head + ", ".join(columns[1:] + columns[:1]) + tail
        yield "one column more", head + ", ".join(columns + columns[:1]) + tail
        yield "one column less", head + ", ".join(columns[1:]) + tail if len(columns) > 1 else None
        yield "first column only twice", head + ", ".join([columns[0]] * len(columns)) + tail
        yield "as real", head + ", ".join([columns[0] + " * 1.0"] + columns[1:]) + tail
        yield "plus zero", head + ", ".join(["0 + " + columns[0]] + columns[1:]) + tail
        yield "as text", head + ", ".join([f"CAST({columns[0]} AS TEXT)"] + columns[1:]) + tail
        yield "all columns", head + "*" + tail
    for other in source.sample(by_database[database], min(6, len(by_database[database]))):
        yield "another question's", other


def spider_says(path, database, predicted, gold):
    """What the first evaluator of Spider says; None where it can't read the query."""
    if path not in schemas:
        schemas[path] = process_sql.Schema(process_sql.get_schema(path))
    schema = schemas[path]

    def parsed(query):
        sql = process_sql.get_sql(schema, query)
        columns = spider.build_valid_col_units(sql["from"]["table_units"], schema)
        return spider.rebuild_sql_col(columns, spider.rebuild_sql_val(sql), foreign_keys[database])

    try:
        return int(bool(spider.eval_exec_match(path, predicted, gold, parsed(predicted), parsed(gold))))
    except Exception:
        return None


def states(path):
    """All databases beside one, as the test suite takes them."""
    folder = os.path.dirname(path)
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if ".sqlite" in name]


def says(path, predicted, gold, keep_distinct):
    try:
        return int(suite.eval_exec_match(path, predicted, gold, False, keep_distinct, False))
    except Exception:
        return None


for number, question in enumerate(questions):
    source = random.Random(number)
    database, gold = question["db_id"], question["query"]
    path = os.path.join(collection, "database", database, database + ".sqlite")
    seen = {}
    for name, query in mutations(gold, database, source):
        if query is not None:
            seen.setdefault(query, name)
    chosen = [item for item in seen.items() if item[1] == "as it is"]
    rest = [item for item in seen.items() if item[1] != "as it is"]
    chosen += source.sample(rest, min(per_query, len(rest)))
    for query, name in chosen:
        print(json.dumps({
            "databases": states(path), "gold": gold, "predicted": query, "mutation": name,
            "keeping": says(path, query, gold, True), "leaving": says(path, query, gold, False),
            "first": spider and spider_says(path, database, query, gold),
        }))
