"""The gallery shows every part there is, and what one copies from it is what one saw."""

from html import escape

import pytest
from django.test import Client

from kernen.ui.gallery import PARTS, SNIPPETS


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_open_to_all_and_shows_each_part_with_its_source(client: Client, language: str):
    client.cookies["django_language"] = language
    response = client.get("/ui/")
    page = response.content.decode()
    assert response.status_code == 200
    for part in PARTS:
        assert f'<section class="gallery-part" id="{part.name}"' in page
        assert escape(part.source()) in page


def test_no_snippet_is_forgotten():
    assert {path.stem for path in SNIPPETS.glob("*.html")} == {part.name for part in PARTS}


def test_the_sort_in_force_is_told_and_turned_by_the_next_click(client: Client):
    page = client.get("/ui/?sort=title&stage=idea&page=3").content.decode()
    assert page.count('aria-sort="ascending"') == 1
    assert "?sort=-title&amp;stage=idea" in page
    assert "?sort=stage&amp;stage=idea" in page
