"""`kernen`: one command for everything, from building the static files to serving the pages."""

import os
import secrets
import sys
from pathlib import Path

HELP = """\
kernen COMMAND …

  demo          try Kernen on this machine, with demonstration data (--port, --reset)
  serve         serve the pages in production (--bind, --workers)
  worker        do what is done in the background, beside the server (--once)
  import FOLDER take in the files with figures that are laid into a folder (--once)
  build         build style, translations and static files; only what has changed
  migrate       bring the database up to date
  backup [FILE] save database and files in one archive, and try that it can be brought back
  export [FILE] write everything in open formats: CSV files with their description, in one ZIP
  restore FILE  bring an archive back (--replace: in place of the data that are there)
  check         is the environment fit for production?
  verify        does every decision and answer stand as it was written?
  spc FILE      analyse series of figures in a JSON file
  messages      gather the texts to translate in kernen/locale
  print_docs    print the pages in docs/ that come from tables in the code

Every Django command is one too: kernen help COMMAND says what it takes."""

#: These make and mend tables, as the user that owns them.
AS_OWNER = {"backup", "migrate", "restore"}
#: These read and write source files only, so they need no secret of their own; nor does help.
NEED_NO_SECRET = {"build", "help", "makemigrations", "messages", "print_docs"}


def main() -> int:
    """Run `kernen COMMAND …`; every Django command is one too. Returns the exit code."""
    argv = sys.argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kernen.config.settings")
    command = argv[1] if len(argv) > 1 else "help"
    if command in ("-h", "--help", "help") and len(argv) < 3:
        print(HELP)
        return 0
    try:
        return _run(command, argv)
    except KeyboardInterrupt:
        print("\nkernen: stopped.", file=sys.stderr)
        return 130


def _run(command: str, argv: list[str]) -> int:
    if command == "spc":  # pure calculation: needs neither settings nor a database
        from kernen.measures.spc.cases import main as spc

        return spc(argv[2:])
    if command != "help" and command not in commands():
        print(f"kernen: there is no command “{command}”; kernen help lists them.", file=sys.stderr)
        return 2
    if command == "demo":
        os.environ["KERNEN_DEMO"] = "1"
        os.environ.setdefault("KERNEN_LOG", "ERROR")  # a page that says no is no fault to report
    if command in AS_OWNER:
        os.environ["KERNEN_AS_OWNER"] = "1"
    if command in NEED_NO_SECRET or {"-h", "--help"} & set(argv[2:]):
        os.environ.setdefault("KERNEN_SECRET_KEY", secrets.token_urlsafe(64))
    if command == "check" and "--deploy" not in argv:
        argv = [*argv, "--deploy", "--fail-level", "WARNING"]
    return _django(argv)


def commands() -> set[str]:
    """The names of all commands, found without the settings, which may refuse to load."""
    import django

    of_django, ours = Path(django.__file__).parent, Path(__file__).parent
    files = [
        *of_django.glob("core/management/commands/*.py"),
        *of_django.glob("contrib/*/management/commands/*.py"),
        *ours.glob("*/management/commands/*.py"),
    ]
    return {file.stem for file in files if not file.stem.startswith("_")}


def _django(argv: list[str]) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as problem:
        print(f"kernen: {problem}", file=sys.stderr)
        return 2
    except OperationalError as problem:
        said = " ".join(str(problem).split())
        print(f"kernen: the database does not do as asked: {said}", file=sys.stderr)
        return 2
    return 0
