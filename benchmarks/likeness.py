"""How well likeness finds an initiative that is told in other words.

    .venv/bin/python -m benchmarks.likeness [FILE]

FILE, else benchmarks/likeness.json, holds `initiatives` (id, title, problem) and `paraphrases`
(title, problem, and in `is` the id of the initiative that they mean). The share of paraphrases
whose initiative stands first (recall@1) and among the first five (recall@5) is told for words, for
meaning, and for both; and of both, how many of the five are shown at all. Nothing is chosen by this
set but what docs/adr says: the weight of words, and what a vector is freed of."""

import argparse
import json
import time
from pathlib import Path

import numpy as np

from kernen.initiatives.likeness.limits import ALIKE, WORDS_COUNT
from kernen.initiatives.likeness.meaning import Meaning
from kernen.initiatives.likeness.provider import Floats, Provider
from kernen.initiatives.likeness.words import Words

SET = Path(__file__).with_suffix(".json")


def scores(provider: Provider, texts: list[str], asked: list[str]) -> Floats:
    """How alike each asked text is to each of the texts."""
    shelf = provider.shelf()
    shelf.put(range(len(texts)), provider.values(texts))
    return np.array([shelf.scores(value) for value in provider.values(asked)])


def recall(found: Floats, meant: list[int], first: int) -> float:
    """The share of rows in which fewer than `first` others score as high as what was meant."""
    better = (found >= found[np.arange(len(meant)), meant][:, None]).sum(axis=1) - 1
    return float((better < first).mean())


def text(told: dict[str, str]) -> str:
    return f"{told['title']}. {told['problem']}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("file", nargs="?", type=Path, default=SET)
    told = json.loads(asked.parse_args().file.read_text())
    initiatives, paraphrases = told["initiatives"], told["paraphrases"]
    at = {one["id"]: number for number, one in enumerate(initiatives)}
    meant = [at[one["is"]] for one in paraphrases]
    print(f"{len(initiatives)} initiatives, {len(paraphrases)} paraphrases")
    found: dict[str, Floats] = {}
    for provider in (Words(), Meaning()):
        if not provider.available():
            print(f"{provider.name}: this machine cannot")
            continue
        start = time.perf_counter()
        found[provider.name] = scores(
            provider, [text(one) for one in initiatives], [text(one) for one in paraphrases]
        )
        each = (time.perf_counter() - start) / (len(initiatives) + len(paraphrases))
        print(f"{provider.name}: {each * 1000:.1f} ms a text")
    if len(found) == 2:
        found["both"] = found["meaning"] + WORDS_COUNT * found["words"]
    print(f"\n{'':10}{'recall@1':>10}{'recall@5':>10}")
    for name, one in found.items():
        print(f"{name:10}{recall(one, meant, 1):>10.2f}{recall(one, meant, 5):>10.2f}")
    if "both" in found:
        shown = found["both"][np.arange(len(meant)), meant] >= ALIKE
        print(f"\n{shown.mean():.2f} of the initiatives meant are near enough to be shown")


if __name__ == "__main__":
    main()
