"""How well likeness finds an initiative that is told in other words.

    .venv/bin/python -m benchmarks.likeness [FILE]

FILE, else benchmarks/likeness.json, holds `initiatives` (id, title, problem), `paraphrases`
(title, problem, and in `is` the id of the initiative that they mean) and `unlike` (title, problem:
texts that are like none of them). The share of paraphrases whose initiative stands first (recall@1)
and among the first five (recall@5) is told for words, for meaning, and for both; and for each of
the two ways in which a machine can compare, how many of those are shown at all, and for how many of
the unlike texts anything is (false alarms). Nothing is chosen by this set but what docs/adr says:
what words add, what a vector is freed of, and from where on something is shown."""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from kernen.initiatives.likeness.limits import MOST
from kernen.initiatives.likeness.meaning import Meaning
from kernen.initiatives.likeness.provider import Floats, Provider, together
from kernen.initiatives.likeness.telling import shared, telling
from kernen.initiatives.likeness.words import Words

SET = Path(__file__).with_suffix(".json")


def scores(provider: Provider, texts: list[str], asked: list[str]) -> tuple[Floats, Floats]:
    """How alike each asked text is to each of the texts, and from where on that is shown."""
    shelf = provider.shelf()
    shelf.put(range(len(texts)), provider.values(texts))
    values = provider.values(asked)
    least = np.array([shelf.least(value) for value in values])
    return np.array([shelf.scores(value) for value in values]), least


def place(found: Floats, meant: list[int]) -> Floats:
    """How many others score as high as what was meant, in each row."""
    own = found[np.arange(len(meant)), meant]
    better: Floats = (found >= own[:, None]).sum(axis=1) - 1
    return better


def text(told: dict[str, str]) -> str:
    return f"{told['title']}. {told['problem']}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("file", nargs="?", type=Path, default=SET)
    told = json.loads(asked.parse_args().file.read_text())
    initiatives, paraphrases = told["initiatives"], told["paraphrases"]
    at = {one["id"]: number for number, one in enumerate(initiatives)}
    meant = [at[one["is"]] for one in paraphrases]
    unlike = told.get("unlike", [])
    texts, many = [text(one) for one in initiatives], len(paraphrases)
    queries = [text(one) for one in [*paraphrases, *unlike]]
    print(f"{len(initiatives)} initiatives, {many} paraphrases, {len(unlike)} unlike texts")
    found: dict[str, Floats] = {}
    least: dict[str, Floats] = {}
    for provider in (Words(), Meaning()):
        if not provider.available():
            print(f"{provider.name}: this machine cannot")
            continue
        start = time.perf_counter()
        found[provider.name], least[provider.name] = scores(provider, texts, queries)
        each = (time.perf_counter() - start) / (len(texts) + len(queries))
        print(f"{provider.name}: {each * 1000:.1f} ms a text")
    if len(found) == 2:
        found["both"], least["both"] = together(*found.values()), least["meaning"]
    print(f"\n{'':10}{'recall@1':>10}{'recall@5':>10}{'shown':>10}{'alarms':>10}")
    for name, one in found.items():
        better = place(one[:many], meant)
        shown = one >= least[name][:, None]
        if name == "words":  # what shares no telling word is not shown
            shown &= np.array([[bool(shared(telling(q), t)) for t in texts] for q in queries])
        near = shown[:many][np.arange(many), meant] & (better < MOST)
        alarms = shown[many:].any(axis=1).mean() if unlike else float("nan")
        rates = ((better < 1).mean(), (better < MOST).mean(), near.mean(), alarms)
        print(f"{name:10}" + "".join(f"{rate:>10.2f}" for rate in rates))


if __name__ == "__main__":
    main()
