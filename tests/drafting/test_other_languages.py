"""A source in a language without rules is drafted plainly: paragraphs, lists, its own beginning first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.models import Draft, Source
from contentkit.sources import read_source
from tests.drafting.made import brief

WORD = re.compile(r"\w+")
BODY = """\
Unsere Druckerei steht seit 1911 am Fluss. Dreimal stand das Wasser in der Setzerei, zuletzt im Mai.

Danach haben wir drei Dinge geändert:

- jede Maschine steht auf Schienen
- das Papier liegt im ersten Stock
- zweimal im Jahr üben wir den Umzug

## Was es gekostet hat

Der Umbau dauerte vier Monate statt sechs Wochen. Am schwierigsten war nicht die Technik, sondern die Geduld der Kunden.
Wir haben ihnen jede Woche geschrieben, was wir wussten und was nicht.

## Was bleibt

Eine Übung, die niemand ernst nimmt, ist ein Ausflug. Seit dem Umbau haben wir keinen Bogen Papier mehr verloren.
Im nächsten Jahr ziehen wir auch das Lager um, und diesmal rechnen wir von Anfang an mit vier Monaten.
"""


@pytest.fixture(params=["de", ""])
def source(tmp_path: Path, request: pytest.FixtureRequest) -> Source:
    language = f"lang: {request.param}\n" if request.param else ""
    path = tmp_path / "druckerei.md"
    path.write_text(f"---\ntitle: Die Druckerei am Fluss\n{language}---\n\n{BODY}", encoding="utf-8")
    return read_source(path, "notes/druckerei.md")


def drafted(source: Source) -> Draft:
    return ExtractiveDrafter().draft(source, brief(link="https://druckerei.example.org/fluss"))


def test_the_source_s_own_beginning_opens_the_thread(source: Source) -> None:
    assert drafted(source).posts[0].text.startswith("Unsere Druckerei steht seit 1911 am Fluss.")


def test_every_post_begins_where_a_paragraph_of_the_source_begins(source: Source) -> None:
    starts = [paragraph[:20] for paragraph in re.split(r"\n\n|\n(?=- )", BODY)]
    for post in drafted(source).posts[:-1]:
        assert post.text[:20] in starts


def test_a_list_keeps_the_line_above_it(source: Source) -> None:
    texts = [post.text for post in drafted(source).posts]
    assert any(text.startswith("Danach haben wir drei Dinge geändert:\n\n• jede Maschine") for text in texts)


def test_the_last_post_is_the_title_and_the_link_without_a_word_of_ours(source: Source) -> None:
    assert drafted(source).posts[-1].text == "Die Druckerei am Fluss\nhttps://druckerei.example.org/fluss"


def test_a_language_that_nobody_named_is_not_named_in_the_draft(source: Source) -> None:
    assert drafted(source).language == source.language
