"""`kernen`: one command for everything, from building the static files to serving the pages."""

import os
import sys


def main() -> int:
    """Run `kernen COMMAND …`; every Django command is one too. Returns the exit code."""
    argv = sys.argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kernen.config.settings")
    command = argv[1] if len(argv) > 1 else "help"
    if command == "spc":  # pure calculation: needs neither settings nor a database
        from kernen.measures.spc.cases import main as spc

        return spc(argv[2:])
    if command == "demo":
        os.environ["KERNEN_DEMO"] = "1"
    if command == "check" and "--deploy" not in argv:
        argv = [*argv, "--deploy", "--fail-level", "WARNING"]
    return _django(argv)


def _django(argv: list[str]) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as problem:
        print(f"kernen: {problem}", file=sys.stderr)
        return 2
    return 0
