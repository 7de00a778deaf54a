import contextlib

import pytest

from contentkit.errors import ContentError
from contentkit.models import Passage, Source
from contentkit.sources import parse_source
from tests.sources.dialects.golden import NAMES, SAMPLES, listing, source_of

# What stands on other lines, too: the alt text beside the key of a picture, what a name of reStructuredText stands for.
ELSEWHERE = {
    "quarto.qmd": ["Wind speed over a week"],
    "python-blog.rst": [
        "Because asyncio is ready, says our lead, Kofi. Compare:",
        "See the guide or write to Samira.",
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_its_golden_list_of_passages(name: str) -> None:
    assert listing(source_of(name)) == (SAMPLES / f"{name}.golden").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_of_a_passage_parsed_again_give_its_text(name: str) -> None:
    source = source_of(name)

    missing = [passage.text for passage in source.passages if passage.text not in again(source, passage)]

    assert missing == ELSEWHERE.get(name, [])


def again(source: Source, passage: Passage) -> str:
    """The text of all that is read from the lines of a passage alone, in the dialect of its source.

    A value of the front matter needs the marks around it. Notes and posts differ in what a line break is, so the kind
    is given. An address that stands elsewhere is not needed: its words are there. Call-outs, footnotes, tables, code and
    pictures need nothing.
    """
    quoted = source.quoted(passage.first, passage.last)
    forms = ("---\nkind: {kind}\n---\n{quoted}\n\nEnd.", "---\n{quoted}\n---\nEnd.", "+++\n{quoted}\n+++\nEnd.")
    texts = []
    for form in (*forms, "{quoted}\n\nEnd."):
        text = form.format(kind=source.kind, quoted=quoted)
        with contextlib.suppress(ContentError):
            texts += [each.text for each in parse_source(text.encode(), source.path).passages]
    return "\n".join(texts)
