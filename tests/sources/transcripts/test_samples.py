"""What people really export, with a golden list of passages for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.models import Passage
from contentkit.sources import read_source

SAMPLES = Path(__file__).parent / "samples"
GOLDENS = Path(__file__).parent / "goldens"
NAMES = sorted(path.name for path in SAMPLES.iterdir())


def told(passage: Passage) -> str:
    """One passage as a golden file has it: ``12-14 turn Ana Torres: words``."""
    aside = " (aside)" if passage.aside else ""
    speaker = f" {passage.speaker}" if passage.speaker else ""
    return f"{passage.first}-{passage.last} {passage.kind}{speaker}{aside}: {passage.text}"


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_has_the_passages_of_its_golden_list(name: str) -> None:
    source = read_source(SAMPLES / name, name)

    golden = (GOLDENS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [f"{source.format}, {source.kind}", *map(told, source.passages)] == golden


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_passage_stand_in_its_lines_in_their_order(name: str) -> None:
    source = read_source(SAMPLES / name, name)

    for passage in source.passages:
        rest = source.quoted(passage.first, passage.last)
        for word in passage.text.replace("&", "").replace("<", "").replace(">", "").split():
            _, found, rest = rest.partition(word.strip("[]*"))
            assert found or not word.strip("[]*"), f"{word!r} does not stand in lines {passage.first} to {passage.last}"
