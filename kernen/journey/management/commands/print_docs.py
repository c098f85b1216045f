"""`kernen print_docs`: the pages in docs/ that are printed from tables in the code."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from kernen.decisions import mandates
from kernen.documents.content import PAGES, TYPES
from kernen.initiatives import rules, stages


class Command(BaseCommand):
    help = "Print the pages in docs/ that tell what tables in the code say."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, only compare")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        with override("en"):
            pages = {"stages.md": stages.as_markdown(), "roles.md": roles_as_markdown()}
            pages["documents.md"] = documents_as_markdown()
            pages["deciding.md"] = mandates.as_markdown()
        for name, text in pages.items():
            path = settings.ROOT / "docs" / name
            if path.exists() and path.read_text() == text:
                continue
            if check:
                raise SystemExit(
                    f"kernen: docs/{name} differs from the code: run kernen print_docs."
                )
            path.write_text(text)
            self.stdout.write(f"docs/{name} is printed.")


def roles_as_markdown() -> str:
    """Who may do what to an initiative, as a page for `docs/roles.md`."""
    lines = [
        "# Who may do what to an initiative",
        "",
        "Printed from `kernen/initiatives/rules.py` by `kernen print_docs`; do not edit.",
        "Whoever is signed in reads everything. A coordinator counts on the initiatives of the",
        "clusters and organisations that he or she coordinates, a contributor on those of the",
        "own organisation; the other roles are held on the single initiative.",
        "",
        f"| to … | {' | '.join(rules.MAY)} |",
        f"| --- |{' :-: |' * len(rules.MAY)}",
    ]
    for verb, words in rules.VERBS.items():
        marks = ("yes" if verb in verbs else "–" for verbs in rules.MAY.values())
        lines.append(f"| {words} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def documents_as_markdown() -> str:
    """What files are taken, as a page for `docs/documents.md`."""
    lines = [
        "# What files Kernen takes",
        "",
        "Printed from `kernen/documents/content.py` by `kernen print_docs`; do not edit.",
        "A file is known by what it holds, whatever it is called; everything else is refused. So",
        "are macros, locked files, files that unpack to far too much, and files whose text holds",
        "a civil registration number. What pictures and scanned pages show is not read, and of a",
        f"PDF the first {PAGES} pages. A file may have 50 MB, or what `KERNEN_DOCUMENT_MB` says.",
        "",
        "| type | ending | sent as |",
        "| --- | --- | --- |",
    ]
    lines += [f"| {one.label} | {', '.join(one.endings)} | `{one.content_type}` |" for one in TYPES]
    return "\n".join(lines) + "\n"
