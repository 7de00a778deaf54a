"""What people really export, with a golden list of passages for each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contentkit.models import Passage
from contentkit.sources import parse_source, read_source

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


# What has to stand above the lines of a passage for them to be read again: what makes the format, and whose turn it is.
OPENINGS = {
    "WebVTT": "WEBVTT\n\n00:00.000 --> 00:01.000\n<v {speaker}>.\n\n00:01.000 --> 00:02.000\n<v {speaker}>\n",
    "SubRip": "1\n00:00:00,000 --> 00:00:01,000\n<v {speaker}>.\n\n2\n00:00:01,000 --> 00:00:02,000\n<v {speaker}>\n",
    "recording": "{speaker}  0:01\n.\n\n{speaker}  0:02\n",
    "chat": "[04/03/26, 10:32] {speaker}: .\n[04/03/26, 10:32] Nobody Else: .\n[04/03/26, 10:33] {speaker}: ",
    "Google Meet": "Call - Transcript\n00:00:00\n{speaker}: .\nNobody Else: .\n{speaker}: ",
    "Granola": "Me: .\nThem: .\n{speaker}: ",
    "Whisper": "[00:00.000 --> 00:00.500]  {speaker}: .\n",
    "Whisper table": "start\tend\ttext\n0\t1\t{speaker}: .\n",
    "recording without names": "0:00\n.\n0:01\n.\n0:02\n",
    "talk": "**{speaker}**\n\n?\n\n**Nobody Else**\n\n?\n\n" * 2 + "**{speaker}**\n\n",
    "text": "**{speaker}:** .\n\n**Nobody Else:** .\n\n**{speaker}:** ",
}
# What a line of the samples begins with, to say whose words follow.
LEAD = (
    r"^(?:>> )?(?:\[[\d/,.: ]+\] (?:~ )?|[\d:/, apm.]+ - |[\d:]+ ?<[@ ]?|[\d:]+\t|\*\*)?"
    r"[^:<>]*?{name}[^:<>()]*(?: \([^()]*\))?(?::\*\*|:(?!\d)|>)\s*"
)


@pytest.mark.parametrize("name", NAMES)
def test_the_lines_of_a_passage_read_again_give_its_text(name: str) -> None:
    source = read_source(SAMPLES / name, name)

    for passage in (one for one in source.passages if one.speaker):
        lead = re.compile(LEAD.replace("{name}", re.escape(passage.speaker.split()[0])), re.IGNORECASE)
        lines = [lead.sub("", line) for line in source.lines[passage.first - 1 : passage.last]]
        again = OPENINGS[source.format].format(speaker=passage.speaker) + "\n".join(lines)
        words = " ".join(
            one.text for one in parse_source(again.encode(), name).passages if one.speaker == passage.speaker
        )
        assert words.lstrip(".? ") == passage.text
