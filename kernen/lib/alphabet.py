"""The Danish alphabet: … x y z æ ø å, where aa counts as å, and capitals count as small letters.

Names and titles stand in this order everywhere, and docs/adr/0016 says why it is told here and not
by a collation. Both databases and Python compare what is made of the text byte by byte: the
letters after z become the three signs that follow z."""

from typing import Any

from django.db.models import Func, TextField

_AFTER_Z = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
_LETTERS = {**_AFTER_Z, "é": "e", "ü": "y"}
_SIGNS = {**_LETTERS, **{letter.upper(): sign for letter, sign in _LETTERS.items()}}
_TABLE = str.maketrans({**_SIGNS, **{chr(n): chr(n + 32) for n in range(ord("A"), ord("Z") + 1)}})


def alphabetical(text: object) -> str:
    """What to sort by, in `sorted(…, key=alphabetical)`."""
    return str(text).translate(_TABLE).replace("aa", "}")


class Alphabetical(Func):
    """What to sort a column by: `order_by(Alphabetical("title"))`.

    An index may hold it, since it has no parameters that a query would pass apart. Whoever changes
    the letters makes the indexes anew, by a migration."""

    arity = 1
    output_field = TextField()
    template = "replace(lower(%(expressions)s), 'aa', '}')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = self.template
        for letter, sign in _SIGNS.items():
            template = f"replace({template}, '{letter}', '{sign}')"
        return super().as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        letters, signs = "".join(_SIGNS), "".join(_SIGNS.values())
        text = self.template.replace("%(expressions)s", '(%(expressions)s) COLLATE "C"')
        template = f"translate({text}, '{letters}', '{signs}')"
        return super().as_sql(compiler, connection, template=template, **context)
