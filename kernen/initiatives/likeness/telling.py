"""Which words two texts share that tell something of what they are about."""

import re

from kernen.lib.words import stem, stems

_WEAK = (
    "altid andet andre anden begge bedre bruge bruger bør dag deltage dem denne derfor dig "
    "din dit du eget egen egne ene eneste enkelt enten fordi forskellig fået før først give "
    "giver gjort gode godt gå går gøre gør ham hans hende hendes hele helt her hinanden hjælp "
    "hjælpe hjælper hvem hver hvert hvilke hvis hvorfor igen imod ind ingen intet jo kommer "
    "komme kunne lang lange langt lave lige lille længe længere lidt måske mangler mange "
    "meget min mindre mit måde må måtte ny nye nyt næste nogen noget nogle når næsten ofte os "
    "par rigtig samme sammen selv senere sent sidste siden sig sin sine sit siger skulle sted "
    "steder stedet store stor står større synes så sådan tage tager tid tidlig tidligere "
    "tilbage tilbud tilbyde tit ude uden udenfor vej vil ville vores være været ved år about "
    "after again all also although always among another any are because been before being "
    "best better between both but can come could day did different do does done down during "
    "each either enough even ever every few find first for found get give given go good great "
    "had has have he help her here him his how however if into it its just know lack large "
    "last late less like little long made make many may me might more most much must my need "
    "never new no nobody not nothing now off often old one only other others our out over own "
    "people place put same see seldom several she should since small so some soon still such "
    "take than that their them then there these they this those through time too under until "
    "up us use used very want was way we well were what when where which while who whole why "
    "will without would yet you your borger borgere patient patienter afdeling kommune "
    "hospital projekt indsats behandling personale medarbejdere citizens patients patient "
    "hospital staff project care treatment"
)
#: What any text about health care may say, in both languages: that it is shared tells nothing.
WEAK = frozenset(stem(word) for word in _WEAK.split())
#: From so many signs on, a word that stands in a longer one is the same word.
PART = 5

_WORD = re.compile(r"([^\W_]+(?:[-‐‑–][^\W_]+)*)")


def pieces(text: str) -> list[str]:
    """The text in pieces: words, and what stands between them."""
    return [piece for piece in _WORD.split(text) if piece]


def telling(text: str) -> frozenset[str]:
    """The stems of a text that tell something of it."""
    return frozenset(one for one in stems(text) if len(one) > 2 and one not in WEAK)


def shared(said: frozenset[str], text: str) -> list[str]:
    """The telling words of the text that were said as well, or that were said as a part of a longer
    word or hold one; the longest, which tell most, first."""
    found = {
        stem: piece.lower()
        for piece in reversed(pieces(text))
        for stem in telling(piece)
        if any(_same(stem, one) for one in said)
    }
    return sorted(set(found.values()), key=lambda word: (-len(word), word))


def _same(one: str, other: str) -> bool:
    """Equal, or the shorter begins or ends the longer, as in words put together."""
    short, long = sorted((one, other), key=len)
    part = len(short) >= PART and (long.startswith(short) or long.endswith(short))
    return one == other or part
