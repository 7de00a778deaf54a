"""What people write in notes and minutes, read from ``notes.toml``: once, and only for who drafts from a note.

Notes mix languages, and a confidence must be kept in whatever language it was told: the words of all languages count in
every note, also in one whose language has no list.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

from contentkit.drafting.rules.phrases import Phrases
from contentkit.patterns import regex
from contentkit.values import dataclass

_NAME = r"^[A-ZÀ-Þ][\w'’-]+"
_SOMEBODY = r"^(?P<who>[A-ZÀ-Þ][\w'’-]+)(?: (?:and|y|&) [A-ZÀ-Þ][\w'’-]+| [A-ZÀ-Þ][\w'’-]+)?,? "
# Searched as they are, anywhere in a line.
_PHRASES = (
    "jotting empty done subjectless general talked of_the_note half change labelled qualifies meetings open in_confidence"
    " of_the_writer under_way told of_meetings talks closed decides deferred achieved with_whom of_a_day usual decisions"
    " keeps_back resolved hushed ruled"
    " procedure terms bylaws new"
)
# Single words, or a few of them.
_WORDS = "verbs outcomes relative settled who_met private"


@dataclass(frozen=True, kw_only=True, eq=False)
class NoteRules:
    """All patterns expect straight apostrophes; what each is for stands in ``notes.toml``."""

    jotting: Phrases
    empty: Phrases
    done: Phrases
    subjectless: Phrases
    general: Phrases
    talked: Phrases
    of_the_note: Phrases
    half: Phrases
    change: Phrases
    labelled: Phrases
    qualifies: Phrases
    meetings: Phrases
    open: Phrases
    in_confidence: Phrases
    hushed: Phrases
    of_the_writer: Phrases
    under_way: Phrases
    under_way_first: re.Pattern[str]
    told: Phrases
    of_meetings: Phrases
    talks: Phrases
    closed: Phrases
    decides: Phrases
    deferred: Phrases
    achieved: Phrases
    with_whom: Phrases
    of_a_day: Phrases
    usual: Phrases
    decisions: Phrases
    keeps_back: Phrases
    resolved: Phrases
    procedure: Phrases
    terms: Phrases
    bylaws: Phrases
    new: Phrases
    ruled: Phrases
    verbs: Phrases
    outcomes: Phrases
    relative: Phrases
    settled: Phrases
    who_met: Phrases
    private: Phrases
    opinion: re.Pattern[str]  # with regard to case
    wish: re.Pattern[str]  # with regard to case, the name in the group ``who``
    duty: re.Pattern[str]  # with regard to case, the name in the group ``who``
    article: re.Pattern[str]  # at the start
    whom: re.Pattern[str]  # at the start
    account: re.Pattern[str]  # at the start, the name in the group ``who``
    follows: re.Pattern[str]  # at the start
    settles: re.Pattern[str]  # at the start
    hush: re.Pattern[str]  # all of what stands between two stops
    last_word: re.Pattern[str]  # the group ``joins`` for those that are never the last of a sentence
    kind: re.Pattern[str]  # at the start, with the colon
    remark: re.Pattern[str]  # at the end


@cache
def note_rules() -> NoteRules:
    """The words of all languages."""
    tables = tomllib.loads(Path(__file__).with_name("notes.toml").read_text(encoding="utf-8")).values()

    def words(name: str) -> list[str]:
        return list(chain.from_iterable(table.get(name, ()) for table in tables))

    return NoteRules(
        **{name: Phrases(words(name)) for name in _PHRASES.split()},
        **{name: Phrases([rf"\b{_one_of(words(name))}\b"]) for name in _WORDS.split()},
        under_way_first=regex(rf"^\W*(?:[^\W\d_]+: )?{_one_of(words('under_way_first'))}", re.I),
        opinion=regex(rf"{_NAME}(?: [A-ZÀ-Þ][\w'’-]+)? {_one_of(words('opinions'))}\b"),
        wish=regex(rf"{_SOMEBODY}{_one_of(words('wishes'))}\b"),
        duty=regex(rf"{_SOMEBODY}{_one_of(words('duties'))}\b"),
        whom=regex(rf"{_one_of(words('whom'))}\b", re.I),
        account=regex(rf"^[\W_]*{_one_of(words('accounts'))}\W*:[\s*_]*(?P<who>[^:]{{2,80}})$", re.I),
        settles=regex(_one_of(words("settles")), re.I),
        hush=regex(_one_of(words("hush")), re.I),
        follows=regex(rf"{_one_of(words('follows'))}\b", re.I),
        article=regex(rf"{_one_of(words('articles'))} ", re.I),
        last_word=regex(
            rf"\b(?:(?P<joins>{_one_of(words('joining'))})|{_one_of(words('prepositions'))})$",
            re.I,
        ),
        kind=regex(rf"^{_one_of(words('kinds'))}(?:\s*:|\s+(?:->|→)) (?!{_one_of(words('days'))}\w*\b|\d)", re.I),
        remark=regex(
            rf"\s*\((?:[^()]*\b{_one_of(words('remarks'))}\b[^()]*)\)\s*$|\s+[–—-]+ {_one_of(words('laughter'))}\W*$",
            re.I,
        ),
    )


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"
