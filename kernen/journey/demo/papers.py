"""Documents of the demonstration: small files made here, and links. All files are made up."""

from datetime import date

from .task_force import COPD, SHOULDER
from .told import Filed

_MADE_UP = "Eksempel: opdigtet til demonstrationen."


def pdf(title: str, *lines: str) -> bytes:
    """One page of text as a PDF, in the one typeface that every reader has."""
    said = [f"/F1 18 Tf 72 760 Td ({_plain(title)}) Tj /F1 12 Tf 0 -16 Td"]
    said += [f"0 -20 Td ({_plain(line)}) Tj" for line in (_MADE_UP, "", *lines)]
    drawn = f"BT {' '.join(said)} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = "%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj{held}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    made += f"xref\n0 6\n0000000000 65535 f \n{table}trailer<</Size 6/Root 1 0 R>>\n"
    return f"{made}startxref\n{made.index('xref')}\n%%EOF\n".encode("cp1252")


def _plain(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


_ASK = [
    "Hvad er vigtigst for dig, når du kommer hjem?",
    "Hvad gør du selv, når vejrtrækningen driller?",
    "Hvem ringer du til om dagen, og hvem om natten?",
    "Hvad har du brug for, at din kommune ved?",
    "Hvad vil du gerne have på skrift?",
]
_MORE = ["Hvem er hjemme hos dig?", "Hvad kender du til din medicin?", "Hvad bekymrer dig?"]
_GUIDE = "Spørgeguide til samtalen før udskrivelse"

FILED = [
    Filed(
        COPD,
        _GUIDE,
        date(2015, 2, 9),
        name="Spørgeguide.pdf",
        content=pdf(_GUIDE, *_ASK, *_MORE),
        note="Første udkast fra projektgruppen",
        later=[
            Filed(
                COPD,
                _GUIDE,
                date(2015, 3, 2),
                name="Spørgeguide 2.pdf",
                content=pdf(_GUIDE, *_ASK),
                note="Kortere: fem spørgsmål i stedet for otte",
            )
        ],
    ),
    Filed(
        COPD,
        "Prøvehandlinger: hvem gør hvad",
        date(2015, 2, 16),
        name="Prøvehandlinger.csv",
        content=(
            f"{_MADE_UP}\r\nområde;prøvehandling;hvem\r\n"
            "udskrivning;samtale med spørgeguide, én patient;lungeafsnittet\r\n"
            "udskrivning;samtale med spørgeguide, fem patienter;lungeafsnittet\r\n"
            "tryghed i hjemmet;opkald dagen efter udskrivelse;hjemmesygeplejen\r\n"
        ).encode(),
    ),
    Filed(
        COPD,
        "Viden om KOL for borgere",
        date(2015, 2, 16),
        address="https://www.sundhed.dk/",
    ),
    Filed(
        SHOULDER,
        "Om Triple Aim, på engelsk",
        date(2013, 1, 14),
        address="https://www.ihi.org/",
    ),
]
