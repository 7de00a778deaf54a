"""What ``contentkit draft`` costs without a model, from start to the written file, beside TextRank on the same text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.prose import interview, post
from benchmarks.rounds import INSTALLED, Case, bare, measure, ratios, spread
from benchmarks.topics import BARE, Bench, Curve, Figure, Size, Topic

_SPEAKER = ["--speaker", "Bo Lind"]
_POST, _INTERVIEW, _SENTENCES = 2_000, 20_000, 12
# Of what TextRank costs on the same words.
_SHARE = 0.2
# Sentences are cut by a pattern, as sumy's own tokenizer wants a download.
_SUMY = f"""
import re, sys
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

class Words:
    def to_words(self, sentence):
        return tuple(re.findall(r"\\w+", sentence.lower()))

text = open(sys.argv[1], encoding="utf-8").read()
found = [Sentence(one, Words()) for one in re.split(r"(?<=[.?!])\\s+", text) if one.strip()]
summarizer = TextRankSummarizer()
summarizer.stop_words = get_stop_words("english")
print(*summarizer(ObjectDocumentModel([Paragraph(found)]), {_SENTENCES}), sep="\\n")
"""


@dataclass(frozen=True)
class _Desk:
    """A project with one source in it."""

    root: Path
    bench: Bench

    @property
    def source(self) -> Path:
        return self.root / "notes/source.md"

    def draft(self, name: str, *options: str) -> Case:
        drafts = self.root / "drafts"
        return Case(
            name=name,
            command=[INSTALLED, "draft", "notes/source.md", "--slug", "drafted", *options],
            folder=self.root,
            environment=self.bench.environment,
            before=partial(shutil.rmtree, drafts, ignore_errors=True),
        )

    def others(self) -> Iterator[Case]:
        python = self.bench.peers.python("sumy")
        if python:
            command = [python, "-c", _SUMY, str(self.source)]
            yield Case(name="TextRank of sumy", command=command, folder=self.root, environment=self.bench.environment)


def topic(bench: Bench) -> Topic:
    """Drafts of a post and of an interview, and how what they cost grows with words."""
    if bench.size is Size.TINY:
        return Topic(title="Drafting", figures=[])
    written, called = _desk(bench, "post", post(_POST)), _desk(bench, "interview", interview(_INTERVIEW))
    notes = [
        "TextRank picks sentences; a draft has posts within the limits, each with the lines it rests on, checked against them.",
        "The words are the paragraphs of this project's own pages.",
    ]
    curves = [_growth(bench)] if bench.size is Size.WHOLE else []
    return Topic(
        title="Drafting",
        figures=[*_short(written, bench.rounds), *_long(called, max(1, bench.rounds // 4))],
        curves=curves,
        notes=notes,
    )


def _short(desk: _Desk, rounds: int) -> Iterator[Figure]:
    ours, others = desk.draft("draft"), list(desk.others())
    measured = measure([bare(desk.root, desk.bench.environment), ours, *others], rounds)
    peers = {one.name: ratios(measured, one.name) for one in others}
    what = f"`draft` of a post of {_POST:,} words, Markdown to written draft"
    yield Figure(what=what, measured=ratios(measured, ours.name), at_most=8, peers=peers)
    for one in others:
        share = ratios(measured, ours.name, one.name)
        yield Figure(what=what, unit=f"of {one.name}", measured=share, at_most=_SHARE)


def _long(desk: _Desk, rounds: int) -> Iterator[Figure]:
    ours, others = desk.draft("draft", *_SPEAKER), list(desk.others())
    measured = measure([ours, *others], rounds)
    peers = {one.name: spread([used.cpu for used in measured[one.name]]) for one in others}
    seconds = spread([one.cpu for one in measured[ours.name]])
    what = f"`draft` of an interview of {_INTERVIEW:,} words"
    yield Figure(what=what, unit="s of CPU", measured=seconds, at_most=1, peers=peers)
    for one in others:
        share = ratios(measured, ours.name, one.name)
        yield Figure(what=what, unit=f"of {one.name}", measured=share, at_most=_SHARE)


def _desk(bench: Bench, name: str, text: str) -> _Desk:
    root = bench.folder(f"drafting-{name}")
    (root / "notes").mkdir()
    (root / "contentkit.toml").write_text('version = 1\nproject = "drafting"\n')
    (root / "calendar.yaml").write_text("version: 1\ntimezone: UTC\nentries: []\n")
    desk = _Desk(root, bench)
    desk.source.write_text(text)
    return desk


def _growth(bench: Bench) -> Curve:
    """Posts of 100 to 20,000 words; TextRank beside them."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for words in (100, 1_000, 5_000, 20_000):
        desk = _desk(bench, f"{words}-words", post(words))
        cases = [desk.draft("contentkit draft"), *desk.others()]
        measured = measure([bare(desk.root, bench.environment), *cases], 2)
        for case in cases:
            lines.setdefault(case.name, []).append((words, ratios(measured, case.name).median))
    return Curve(name="Drafting, as the text grows", many="words", unit=BARE, lines=lines)
