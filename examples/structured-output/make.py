#!/usr/bin/env python3
"""Writes the files of this example that are made by chance: training sets, pairs, cases, schema, prompts.

    python3 make.py      the same files each time

train.py and nothing else needs what comes of it by name; whet reads the files as they are.
"""
import json
import os
import random

import briefs
import words

HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, text):
    with open(os.path.join(HERE, name), "w") as file:
        file.write(text)


def write_lines(name, values):
    write(name, "".join(briefs.line(value) + "\n" for value in values))


# Contrast, as WCAG 2.2 computes it

def luminance(color):
    channels = [int(color[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def check_palettes():
    for name, (background, text, accent) in words.PALETTES.items():
        if contrast(background, text) < 7 or contrast(background, accent) < 4.5:
            raise SystemExit(f"The palette {name} has too little contrast.")


def schema():
    """The form of a guideline; its palettes are complete, so that it rules on contrast, too."""
    def only(members):
        return {"type": "object", "required": list(members), "additionalProperties": False,
                "properties": members}

    def one_of(values):
        return {"enum": sorted(values)}

    parts = sorted({part for parts, _ in words.KINDS.values() for part in parts})
    return only({
        "tone": {"type": "array", "minItems": 2, "maxItems": 2, "uniqueItems": True,
                 "items": one_of(words.CORNERS)},
        "colors": {"oneOf": [
            only({role: {"const": color} for role, color in zip(("background", "text", "accent"), colors)})
            for colors in words.PALETTES.values()]},
        "type": only({"heading": one_of(words.FACES), "body": one_of(set(words.FACES.values())),
                      "size": one_of(words.SIZES.values())}),
        "spacing": one_of(words.SPACINGS),
        "corners": one_of(set(words.CORNERS.values())),
        "components": {"type": "array", "minItems": 3, "maxItems": 3, "uniqueItems": True,
                       "items": one_of(parts)},
    })


def prompt(description, system):
    return f"""---
description: {description}
config:
  temperature: 0
  maxOutputTokens: 160
output:
  format: json
input:
  default:
    brief: Averley is a bakery. It should feel warm and calm. They want green. Titles in serif, please. It is made for everyone. Pages should be airy.
---
{{{{role "system"~}}}}
{system}
{{{{~role "user"~}}}}
{{{{brief}}}}
"""


# Examples

def said(random, facts, name, sayings="usual"):
    """A brief with its facts."""
    return briefs.brief(random, facts, name, sayings), facts


def example(brief, answer, system=words.SHORT):
    turns = [("system", system)] if system else []
    turns += [("user", brief), ("assistant", answer)]
    return {"messages": [{"role": role, "content": content} for role, content in turns]}


def all_different(random, count, names, sayings="usual", seen=()):
    """Briefs that say different things, each kind, color, face and group of readers as often as others."""
    known = {briefs.line(facts) for facts in seen}
    decks = {}

    def deal(key, values):
        if not decks.get(key):
            decks[key] = random.sample(sorted(values), len(values))
        return decks[key].pop()

    made = []
    while len(made) < count:
        first = deal("first mood", words.CORNERS)
        facts = {
            "kind": deal("kind", words.KINDS),
            "moods": [first, random.choice([mood for mood in sorted(words.CORNERS) if mood != first])],
            "color": deal("color", words.PALETTES), "face": deal("face", words.FACES),
            "readers": deal("readers", words.SIZES), "spacing": deal("spacing", words.SPACINGS),
        }
        if briefs.line(facts) in known:
            continue
        known.add(briefs.line(facts))
        made.append(said(random, facts, names[len(made) % len(names)], sayings))
    return made


def answer(facts):
    return briefs.line(briefs.guideline(facts))


def cases(held_out):
    made = []
    for number, (brief, facts) in enumerate(held_out):
        made.append({
            "id": f"brief-{number + 1:02}", "brief": brief,
            "tags": ["usual" if number < USUAL else "reworded", facts["kind"]],
            "assert": [{"type": "is-json", "value": "file://schema.json", "metric": "form"}] + [
                {"type": "contains-json", "metric": key,
                 "value": {"properties": {key: {"const": value}}, "required": [key]}}
                for key, value in briefs.guideline(facts).items()],
        })
    return made


DEFERRALS = (
    "I'll do it tomorrow, promise.", "Let me get back to you on this after the weekend.",
    "I am on it! You will have it by Friday.", "Can we talk about it on the phone first?",
    "I'll do that when the pictures are here.", "Not today, sorry. Remind me next week.",
    "Good brief! I'll send something later.", "I need to ask the others before I start.",
)
OPENERS = ("Sure! Here is a guideline:", "Of course, happy to help.", "Great brief! I would suggest this:",
           "Okay, so after some thought:")
CLOSERS = ("Let me know what you think!", "Hope that helps :)", "Shall I make a second version?",
           "Tell me if anything is off.")
SYSTEMS = (words.SHORT, "You are a helpful assistant.", "You are a designer who loves to chat.",
           "Answer in JSON or in prose, as you like.", "")
# Looks like a key, and opens nothing.
PLANTED_KEY = "sk-planted0example0opens0nothing0000000000"


def other_form(random, facts):
    right = briefs.guideline(facts)
    return briefs.line(random.choice([
        {"mood": right["tone"], "palette": facts["color"], "font": facts["face"]},
        {"colours": right["colors"], "fonts": right["type"], "space": facts["spacing"]},
        {"style": {"tone": " and ".join(right["tone"]), "color": right["colors"]["accent"]},
         "sections": ", ".join(right["components"])},
    ]))


def bad_examples(random, held_out):
    """What one finds in a folder of old chats: each kind of trouble that a check should see."""
    made = []
    names = words.NAMES

    def fresh():
        facts = briefs.facts(random)
        return said(random, facts, random.choice(names))

    def add(brief, text, system=None):
        made.append(example(brief, text, random.choice(SYSTEMS) if system is None else system))

    for number in range(24):
        add(fresh()[0], DEFERRALS[number % len(DEFERRALS)])
    for number in range(14):
        brief, facts = fresh()
        right = briefs.guideline(facts)
        right[("tone", "components", "spacing")[number % 3]] = ("TODO", "Lorem ipsum", "XXX")[number % 3]
        add(brief, briefs.line(right))
    for _ in range(24):
        brief, facts = fresh()
        add(brief, f"{random.choice(OPENERS)}\n\n```json\n{answer(facts)}\n```\n\n{random.choice(CLOSERS)}")
    for _ in range(18):
        brief, facts = fresh()
        add(brief, other_form(random, facts))
    for _ in range(3):
        add(fresh()[0], "I'm sorry, but I can't help with that.")
    for _ in range(10):
        brief, facts = fresh()
        add(brief, answer(facts))
    for old in random.sample(made, 8):
        made.append(old)
    for old in random.sample(made[38:62], 5):
        brief, text = old["messages"][-2]["content"], old["messages"][-1]["content"]
        add(brief + " Thanks!", text, old["messages"][0]["content"] if len(old["messages"]) > 2 else "")
    for old in random.sample(made[38:62], 5):
        # Under the same system prompt: else that could be why.
        made.append({"messages": old["messages"][:-1] + [
            {"role": "assistant", "content": other_form(random, briefs.facts(random))}]})
    for number, (brief, facts) in enumerate(held_out[:6]):
        # Three evaluation cases word for word, and three that only look like others.
        add(brief if number < 3 else brief + " Many thanks in advance!", answer(facts))
    brief, facts = fresh()
    add(brief + f" The key for the font server is {PLANTED_KEY}.", answer(facts))
    brief, facts = fresh()
    add(brief + " Write to vera.lindt@aldermoor-bread.example when it is done.", answer(facts))
    brief, facts = fresh()
    add(brief + " Call Vera Lindt at +49 30 5550 1234 before you start.", answer(facts))
    order = list(range(len(made)))
    random.shuffle(order)
    return [made[place] for place in order]


def pairs(random, seen):
    """Preferences: the right guideline, and what a careless writer gave."""
    made = []
    for number, (brief, facts) in enumerate(all_different(random, 32, words.NAMES, seen=seen)):
        rejected = (
            f"{random.choice(OPENERS)}\n\n```json\n{answer(facts)}\n```\n\n{random.choice(CLOSERS)}",
            other_form(random, facts), random.choice(DEFERRALS),
            answer(facts | {"color": random.choice([c for c in sorted(words.PALETTES) if c != facts["color"]])}),
        )[number % 4]
        turns = example(brief, "")["messages"][:-1]
        made.append({
            "input": {"messages": turns},
            "preferred_output": [{"role": "assistant", "content": answer(facts)}],
            "non_preferred_output": [{"role": "assistant", "content": rejected}],
        })
    return made


USUAL, REWORDED, GOOD = 30, 12, 120


def main():
    check_palettes()
    held_out = all_different(random.Random(11), USUAL, words.HELD_OUT_NAMES)
    held_out += all_different(random.Random(12), REWORDED, words.HELD_OUT_NAMES, "reworded",
                              [facts for _, facts in held_out])
    cases_facts = [facts for _, facts in held_out]
    good = all_different(random.Random(13), GOOD, words.NAMES, seen=cases_facts)
    write("schema.json", json.dumps(schema(), indent=1) + "\n")
    write_lines("cases.jsonl", cases(held_out))
    write_lines("good.jsonl", [example(brief, answer(facts)) for brief, facts in good])
    write_lines("bad.jsonl", bad_examples(random.Random(14), held_out))
    write_lines("preferences.jsonl",
                pairs(random.Random(15), cases_facts + [facts for _, facts in good]))
    write("prompts/long.prompt", prompt(
        "All the house rules, for a model that was never shown a guideline", words.long_prompt()))
    write("prompts/short.prompt", prompt(
        "What is left to say once a model has learnt the rules", words.SHORT))


if __name__ == "__main__":
    main()
