"""Which role a column has, by the words people use as its heading."""

import re
import unicodedata
from functools import lru_cache

# A heading that is one of a role's words has that role; else one that holds such a word.
WORDS = {
    "numerator": "tæller taeller t numerator opfyldt heraf hits successer events hændelser",
    "denominator": (
        "nævner naevner denominator i_alt ialt total n samlet alle antal_i_alt in_all population"
        " sengedage liggedage linjedage kateterdage eksponering bed_days line_days device_days"
        " exposure"
    ),
    "period": "periode period dato date dag day tid tidspunkt time start",
    "week": "uge ugenr ugenummer week weekno uge_år år_uge åruge",
    "month": "måned maaned md mdr month måned_år år_måned årmåned",
    "quarter": "kvartal kvt quarter qtr",
    "year": "år aar årstal year",
    "value": (
        "værdi vaerdi value resultat result andel procent percent pct % rate gennemsnit gns"
        " gnsn snit middelværdi mean average median score tal måltal proportion share"
    ),
    "count": "antal count number",
    "spread": "sd std stdev standardafvigelse spredning standard_deviation",
    "note": "kommentar kommentarer bemærkning bemærkninger note noter notat comment comments remark"
    " remarks hændelse forklaring",
    "place": "afdeling afdelinger afsnit sengeafsnit klinik klinikker hospital hospitaler sygehus"
    " kommunenavn hospitalsnavn sygehusnavn afdelingsnavn afsnitsnavn kliniknavn praksisnavn"
    " enhedsnavn regionsnavn"
    " enhed sted kommune region praksis ambulatorium ward unit department clinic place site"
    " municipality",
    "goal": "mål målværdi måltal målsætning mål_i_alt grænse øvre_grænse nedre_grænse target goal"
    " limit ci konfidensinterval konfidensgrænse sikkerhedsinterval",
    "order": "nr no id # løbenr løbenummer række row kode shak sor shakkode sorkode kommunekode"
    " afdelingskode afsnitskode kommunenr kommunenummer ydernr ydernummer index",
}
_ROLE = {word.replace("_", " "): role for role, words in WORDS.items() for word in words.split()}
#: Words that leave no doubt, whatever stands beside them: "Tæller (alle)".
_CERTAIN = {word: role for word, role in _ROLE.items() if word[:3] in ("tæl", "tae", "næv", "nae")}
#: What a share is made of.
COUNTED = {"numerator", "denominator"}
PERIODS = ("period", "week", "month", "quarter", "year")


_LONG = 200  # longer texts are looked at, and not remembered
#: Words of one letter or sign are a heading only by themselves.
_HELD = [
    (re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), role)
    for word, role in _ROLE.items()
    if len(word) > 1
]


def role_of(heading: object) -> str | None:
    """The role that a heading names, "count" where it can be a numerator or a value."""
    if not isinstance(heading, str):
        return None
    return _role_of(heading) if len(heading) < _LONG else _role_of.__wrapped__(heading)


@lru_cache(20_000)  # cells are asked too, and say the same in row after row
def _role_of(heading: str) -> str | None:
    words = _words(heading)
    if words in _ROLE:
        return _ROLE[words]
    certain = {_CERTAIN[word] for word in words.split() if word in _CERTAIN}
    if len(certain) == 1:
        return certain.pop()
    found = [(shape.search(words), role) for shape, role in _HELD]
    held = [(match.start(), role) for match, role in found if match]
    roles = [role for _position, role in sorted(held)]
    roles = [role for role in roles if role != "place"] or roles  # "patients in the ward" counts
    for telling in ("denominator", "numerator"):
        if telling in roles:
            return telling
    return roles[0] if roles else None


def sureness(heading: str) -> int:
    """How plainly a heading says what it is: by a word that leaves no doubt and nothing else, by
    any of a role's words alone, by one that leaves no doubt among others, or less."""
    words = _words(heading)
    certain = any(word in _CERTAIN for word in words.split())
    return (3 if certain else 2) if words in _ROLE else int(certain)


def _words(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).lower()
    return " ".join(re.findall(r"[^\W_]+|%|#", text))


def without_role(heading: str) -> str:
    """What else a heading says beside a word for what is counted."""
    for shape, role in _HELD:
        if role in COUNTED and (found := shape.search(heading.lower())):
            rest = f"{heading[: found.start()]} {heading[found.end() :]}"
            return " ".join(re.sub(r"^\W+|[^\w)]+$|\(\W*\)", " ", rest).split()).strip(" ,:;-–/(")
    return ""
