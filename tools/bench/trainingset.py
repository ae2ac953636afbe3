#!/usr/bin/env python3
"""Writes a large file for training: conversations of about 2 KB that differ as real ones do, a few of
them twice, nearly twice, with tools, or with what should not be there. The same arguments give the same
bytes."""
import argparse
import json
import random
import sys

SYLLABLES = ("ba co di fu ga he il jo ka le mi no or pa qui ro sa te un ve wi xa yo ze ast end ing "
             "ion ment port stra tion ver").split()
LETTERS = "ébàñüßłøçж本語テスト"
SYSTEM = "You answer questions about orders, returns and deliveries. Be brief and friendly."
TOOL = {"type": "function", "function": {
    "name": "find_order", "parameters": {"type": "object", "properties": {
        "number": {"type": "string"}}, "required": ["number"]}}}


def sentences(source, count):
    """Sentences as they stand in JSON, without quotes."""
    words = ["".join(source.choices(SYLLABLES, k=source.randint(1, 4))) for _ in range(6000)]
    words += ["".join(source.choices(LETTERS, k=4)) for _ in range(120)]
    # Few words are frequent, most are rare.
    weights = [1 / (rank + 10) for rank in range(len(words))]
    drawn = source.choices(words, weights, k=count * 14)
    pool = []
    for place in range(count):
        some = drawn[place * 14:place * 14 + source.randint(5, 14)]
        text = " ".join(some).capitalize() + source.choice([".", ".", ".", "?", "!", ":\n- "])
        if place % 17 == 0:
            text = f"`{some[0]}(\"{some[1]}\")` gives {place}."
        pool.append(json.dumps(text, ensure_ascii=place % 5 == 0)[1:-1])
    return pool


def turn(role, text):
    return f'{{"role":"{role}","content":"{text}"}}'


def lines(count, seed):
    source = random.Random(seed)
    pool = sentences(source, 60_000)
    systems = [turn("system", json.dumps(text)[1:-1]) for text in (
        [SYSTEM] * 97 + [SYSTEM + " Answer in English.", "You are helpful.", "Du bist hilfreich."])]
    tools = json.dumps([TOOL])
    pick = source.choices
    last = None
    for number in range(count):
        kind = number % 200
        if last and kind in (7, 8):
            # The same again, or nearly.
            yield last if kind == 7 else last.replace("Order", "Concerning order", 1)
            continue
        size = 8 + int(source.paretovariate(1.6) * 8)
        words = pick(pool, k=min(size, 90))
        cut = max(1, len(words) // 4)
        asked = f"Order {source.randrange(10**7)}: " + " ".join(words[:cut])
        if kind == 11:
            asked += f" Write to customer{number}@example.com."
        turns = [pick(systems)[0], turn("user", asked)]
        extra = ""
        if kind % 20 == 3:
            call = json.dumps([{"id": f"call_{number}", "type": "function", "function": {
                "name": "find_order", "arguments": json.dumps({"number": str(number)})}}])
            turns.append(f'{{"role":"assistant","content":null,"tool_calls":{call}}}')
            turns.append(f'{{"role":"tool","tool_call_id":"call_{number}","content":"{words[0]}"}}')
            extra = f',"tools":{tools}'
        elif kind % 3 == 0 and len(words) > 8:
            middle = cut + (len(words) - cut) // 2
            turns += [turn("assistant", " ".join(words[cut:middle])), turn("user", words[0])]
            cut = middle
        turns.append(turn("assistant", " ".join(words[cut:])))
        last = f'{{"messages":[{",".join(turns)}]{extra}}}'
        yield last


def write(file, count, seed=1):
    """Writes so many examples to a file of bytes."""
    batch = []
    for number, line in enumerate(lines(count, seed), 1):
        batch.append(line)
        if number % 1000 == 0 or number == count:
            file.write(("\n".join(batch) + "\n").encode())
            batch = []


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("count", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(sys.stdout.buffer, options.count, options.seed)


if __name__ == "__main__":
    main()
