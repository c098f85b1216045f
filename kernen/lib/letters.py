"""Letters and digits as they are meant, however a program writes them."""

import unicodedata

_RAISED = ("<super>", "<sub>", "<circle>")


def flat(text: str) -> str:
    """The text in plain letters and digits. A raised or ringed digit is no digit: "118²" has a mark
    of a footnote, and is not 1,182."""
    if any(unicodedata.decomposition(c).startswith(_RAISED) for c in text if not c.isascii()):
        return text
    return unicodedata.normalize("NFKC", text)
