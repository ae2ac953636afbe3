"""Free text of the machine, to learn from: manual pages, documentation, Python's docstrings."""
import ast
import gzip
import html
import os
import random
import re
import sysconfig

# Folders, which files of them, and how much of the texts is to come from each.
SOURCES = [
    ("/usr/share/man", r"/man/man\d/", 0.1),
    ("/usr/share/doc", r"\.(html|md|txt|rst|gz)$", 0.1),
    ("/usr/share/perl", r"\.(pod|pm)$", 0.1),
    (os.path.expanduser("~/.rustup/toolchains"), r"/stable[^/]*/.*/html/"
     r"(book|reference|cargo|rust-by-example|nomicon|rustdoc|rustc|std|core|alloc)/.*\.html$", 0.1),
    (sysconfig.get_path("stdlib"), r"^(?!.*/test).*\.py$", 0.42),
]
LARGEST = 3_000_000  # bytes of a file
MOST = 150  # texts of one file
ALL = 36_000  # texts of all sources


def gathered():
    """The texts of all sources, mixed; the same on each call."""
    mixed = []
    for folder, pattern, share in SOURCES:
        files = sorted(
            os.path.join(parent, name)
            for parent, _, names in os.walk(folder)
            for name in names
            if re.search(pattern, os.path.join(parent, name)) and not re.search(
                "changelog|copyright", os.path.join(parent, name), re.IGNORECASE)
        )
        random.Random(1).shuffle(files)
        texts, wanted = {}, round(ALL * share / sum(share for _, _, share in SOURCES))
        for file in files:
            if len(texts) >= 2 * wanted:
                break
            found = list(dict.fromkeys(texts_of(file)))
            texts.update(dict.fromkeys(random.Random(file).sample(found, min(MOST, len(found)))))
        mixed += random.Random(7).sample(list(texts), min(wanted, len(texts)))
    random.Random(3).shuffle(mixed)
    return mixed


def texts_of(path):
    try:
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            text = file.read(LARGEST).decode("utf-8", "ignore")
    except (OSError, EOFError):
        return []
    if path.endswith(".py"):
        return python_texts(text)
    if "/man/" in path:
        text = without_roff(text)
    elif path.endswith(".html"):
        text = without_tags(text)
    elif path.endswith(".pm"):
        text = "\n\n".join(re.findall(r"(?sm)^=\w+.*?^=cut", text))
    return prose(text)


def prose(text):
    """Paragraphs, longer ones in pieces of some sentences, that are mostly letters."""
    for paragraph in re.split(r"\n\s*\n", text):
        paragraph = " ".join(paragraph.split())
        letters = sum(char.isalpha() or char == " " for char in paragraph)
        if len(paragraph) < 12 or letters < 0.7 * len(paragraph):
            continue
        piece = ""
        for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
            if piece and len(piece) + len(sentence) > 300:
                yield piece
                piece = ""
            piece = f"{piece} {sentence}".strip()[:600]
        yield piece


def python_texts(text):
    """First paragraphs of docstrings, and short functions with their names in front."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return
    lines = text.splitlines()
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            continue
        documentation = ast.get_docstring(node)
        if not documentation or len(documentation) < 15:
            continue
        yield " ".join(documentation.split("\n\n")[0].split())[:400]
        code = "\n".join(lines[node.lineno - 1 : node.end_lineno])
        if isinstance(node, ast.FunctionDef) and len(code) < 1200:
            yield f"{node.name} {code[:500]}"


def without_roff(text):
    text = re.sub(r"(?m)^[.']\\\".*$", "", text)
    text = re.sub(r"(?m)^\.(SH|Sh|SS|Ss|TH|TP|P|PP|LP|IP|HP|Pp|It|Bl|El|RS|RE|sp|nf|fi)\b.*$",
                  "\n", text)
    text = re.sub(r"(?m)^\.[A-Za-z]+ ?", "", text)
    text = re.sub(r"\\f\[[^\]]*\]|\\f.|\\[&/,cd^|]", "", text).replace("\\-", "-")
    return re.sub(r"\\\(..|\\\[[^\]]*\]|\\s[-+]?\d", " ", text)


def without_tags(text):
    text = re.sub(r"(?s)<(script|style|pre).*?</\1>", " ", text)
    text = re.sub(r"</?(p|h\d|li|div|td|tr|dd|dt|br|section)[^>]*>", "\n\n", text)
    return html.unescape(re.sub(r"<[^>]+>", "", text))
