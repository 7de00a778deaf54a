"""Who is said to have said it: in a post, by the words around a quotation; in the sources, by its turn or the names beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.grounds import Grounds
from contentkit.checks.reading.called import Called, called
from contentkit.checks.reading.first_person import first_person
from contentkit.checks.reading.portions import Key
from contentkit.checks.records.cast import Cast
from contentkit.checks.records.scenes import HE, Scene
from contentkit.checks.who.quotations import Quotation, spoken
from contentkit.patterns import regex
from contentkit.text import sentences
from contentkit.words.reported import SPEECH_VERB

_AROUND = 160
# A few words are enough to find the sentence of a source that holds a quotation.
_FEW = 5
# "Ana:", "Ana says:", "Ana on why we left:", "according to Ana,".
_LEADS = regex(rf"[:,—–]\s*$|\b{SPEECH_VERB}\s*$|\b(?:según|to)\s[^.!?:]{{1,60}}$", re.I)
# "— Ana", "says Ana", "Ana said", "Ana on why", "Ana, who".
_SAYS = regex(rf"\s{SPEECH_VERB}\b", re.I)
_MARK = regex(r"[\"“”«»„]")
_FOLLOWS = regex(rf"\W*(?:{SPEECH_VERB}\s)?\W*$", re.I)


def named_sayers(quotation: Quotation, text: str, cast: Cast) -> list[Called]:
    """Whom a post names as having said this; empty where it names nobody, or speaks of what was said to somebody."""
    end = quotation.start + len(quotation.words)
    before = text[max(0, quotation.start - _AROUND) : quotation.start].rsplit("\n\n", 1)[-1]
    if before.strip():
        start = sentences(before)[-1][0] if not before.rstrip().endswith((".", "!", "?")) else len(before)
        lead = before[start:]
        if _LEADS.search(lead) and (found := _people(lead, cast)):
            return [] if _speaks_to(lead, cast) else found
    behind = text[end : end + _AROUND].lstrip(" ,.")
    found = _people(behind, cast)[:1]
    says = found and (_FOLLOWS.fullmatch(behind[: found[0].start]) or _SAYS.match(behind, found[0].end))
    return found if says and not re.search(r"[.!?]\s", behind[: found[0].start]) else []


def _speaks_to(lead: str, cast: Cast) -> bool:
    """Whether it is "I told Ana:", which names who listens."""
    return any(word.casefold() in ("i", "yo", "dije", "pregunté") for _, word in first_person(lead, cast.language))


def _people(text: str, cast: Cast) -> list[Called]:
    return [one for one in called(text, cast.known) if cast.same(one.key) and cast.sort(one.key) == "person"]


def sayers_of(quotation: Quotation, grounds: Grounds) -> frozenset[Key]:
    """Who may have said these words by what the sources say; empty where they name nobody."""
    found = frozenset[Key]()
    for run in quotation.runs[:1]:
        numbers = {number for places in grounds.record.places_of_run(run) for number in places}
        for scene in grounds.cast.scenes_of(numbers or grounds.cited):
            if " ".join(run.split()[:_FEW]) in scene.spoken:
                found |= frozenset(_sayers(scene, quotation, grounds.cast))
    return found


def _sayers(scene: Scene, quotation: Quotation, cast: Cast) -> Iterator[Key]:
    """Those named in a sentence outside of the quotation and whose turn it is; else those named before."""
    words = spoken(quotation.words).split()
    around = frozenset(key for key in scene.people if not all(word in words for word in key))
    around |= {cast.speaker(scene.stretch)} - {frozenset()}
    if _MARK.search(scene.text) and any(part.words & HE for part in scene.parts):
        # "He looked at it and said": whose turn it is tells what another said.
        around |= scene.about | scene.loosely
    for key in around or scene.about or scene.loosely:
        yield from cast.same(key)
