"""A brief and its guideline, from chance: what make.py and train.py have in common."""
import json

import words


def guideline(facts):
    """The guideline that the house rules make of what a brief says."""
    background, text, accent = words.PALETTES[facts["color"]]
    return {
        "tone": list(facts["moods"]),
        "colors": {"background": background, "text": text, "accent": accent},
        "type": {"heading": facts["face"], "body": words.FACES[facts["face"]],
                 "size": words.SIZES[facts["readers"]]},
        "spacing": facts["spacing"],
        "corners": words.CORNERS[facts["moods"][0]],
        "components": list(words.KINDS[facts["kind"]][0]),
    }


def line(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def facts(random):
    """What a brief is to say."""
    return {
        "kind": random.choice(sorted(words.KINDS)), "moods": random.sample(sorted(words.CORNERS), 2),
        "color": random.choice(sorted(words.PALETTES)), "face": random.choice(sorted(words.FACES)),
        "readers": random.choice(sorted(words.SIZES)), "spacing": random.choice(words.SPACINGS),
    }


def sentences(random, facts, name, sayings="usual"):
    """What says the facts, each with the fact's name: the product itself, then the others in any order.

    sayings: `usual` ones stand in training sets, `reworded` ones don't; `any` takes both.
    """
    def pick(options, held_out):
        options = list(options)
        return random.choice({"usual": options[:-held_out], "reworded": options[-held_out:],
                              "any": options}[sayings])

    a, b = facts["moods"]
    rest = [
        ("moods", random.choice(words.SAYS_MOODS).format(a=a, b=b, A=a.capitalize())),
        ("color", pick(words.SAYS_COLOR[facts["color"]], 2)),
        ("face", pick(words.SAYS_FACE[facts["face"]], 2)),
        ("readers", pick(words.SAYS_READERS[facts["readers"]], 2)),
        ("spacing", pick(words.SAYS_SPACING[facts["spacing"]], 2)),
    ]
    rest += [("", detail)
             for detail in random.sample(words.KINDS[facts["kind"]][1], random.choice((1, 1, 2)))]
    random.shuffle(rest)
    opening = random.choice(words.OPENINGS).format(
        kind=pick(words.SAYS_KIND[facts["kind"]], 2), name=name)
    return [("kind", opening[0].upper() + opening[1:])] + rest


def brief(random, facts, name, sayings="usual"):
    """A text that says all the facts."""
    return " ".join(text for _, text in sentences(random, facts, name, sayings))
