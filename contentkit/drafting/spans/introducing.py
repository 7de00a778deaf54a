"""The second post: what the source is about and what is new, said near its beginning, where the hook does not say it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.reading.terms import roots, roots_of
from contentkit.drafting.reading.traits import traits_of
from contentkit.drafting.rules import straight
from contentkit.drafting.spans.scoring import Measure
from contentkit.drafting.spans.selection import Scored, repeats

# The name stands among so many first sentences, and they stand in such a part of the source.
_EARLY_SENTENCES, _EARLY_PART = 2, 0.35
# What says the words of the title may stand later.
_HALF = 0.5
# What it is worth to be named in the first sentence, to be what it speaks of, and to stand in the first section.
_AT_ONCE, _PRESENTED, _AT_THE_TOP = 0.30, 0.15, 0.20
# What it is worth to say what the title says, that something happened, and that it holds from now on.
_TITLE, _NEWS, _FROM_NOW_ON = 0.80, 0.20, 0.30
# With fewer words of the title nobody says what it says.
_FEWEST_WORDS = 2
# What it costs to begin with "If" or "When": that is for those who know already.
_SUBORDINATE = 0.40
# What it costs to stand at the end: all that stands before it is left out.
_LATE = 0.80


def introduction(ranked: Sequence[Scored], hook: Scored, measure: Measure) -> Scored | None:
    """The best early span that names what the source is about, and says what it is or what its title says.

    None where the hook does, or nothing that stands alone.
    """
    named = measure.names_subject(hook.span.text)
    unsaid = measure.title - roots(hook.span.text, measure.rules)
    last = max((one.span.end for one in ranked), default=0)
    others = [
        one for one in ranked if one.span.end <= _HALF * last and not repeats(one, [hook]) and not _greets(one, measure)
    ]
    telling = [one for one in others if _names(one, measure) and _says_most(one, unsaid, measure)]
    if not named or hook.span.section != measure.first_section:
        early = [one for one in others if one.span.end <= _EARLY_PART * last]
        telling += [one for one in early if (_presents if named else _names)(one, measure)]
        telling += [one for one in early if _is_new(one.span.said[0], measure)]
    return max(telling, key=lambda one: _worth(one, unsaid, measure), default=None)


def _names(one: Scored, measure: Measure) -> bool:
    return any(measure.names_subject(sentence.text) for sentence in one.span.said[:_EARLY_SENTENCES])


def _greets(one: Scored, measure: Measure) -> bool:
    """Whether it begins by welcoming the reader, or by saying what is to be read."""
    return bool(traits_of(one.span.said[:1], measure.rules).teasers)


def _presents(one: Scored, measure: Measure) -> bool:
    """Whether it begins with the name: "Larder keeps recipes"."""
    begins = one.span.kind == "window" and measure.names_subject(one.span.text.split(maxsplit=1)[0])
    return bool(measure.subjects) and begins


def _is_new(sentence: Sentence, measure: Measure) -> bool:
    """Whether it says what holds from now on: "We are going source available now"."""
    text = straight(sentence.text)
    if not (measure.rules.present.search(text) and measure.rules.news.search(text)):
        return False
    return bool(measure.rules.first_person.search(text)) or measure.names_subject(text)


def _says_most(one: Scored, unsaid: Set[str], measure: Measure) -> bool:
    """Whether a span says most of these words of the title; a single word is said by many."""
    return len(unsaid & roots_of(one.span.said, measure.rules)) >= max(_FEWEST_WORDS, len(unsaid) / 2)


def _worth(one: Scored, unsaid: Set[str], measure: Measure) -> float:
    first = straight(one.span.said[0].text)
    return (
        one.score
        + _AT_ONCE * measure.names_subject(first)
        + _PRESENTED * _presents(one, measure)
        + _AT_THE_TOP * (one.span.section == measure.first_section)
        + _TITLE * len(unsaid & roots_of(one.span.said, measure.rules)) / max(1, len(unsaid))
        + _NEWS
        * any(measure.rules.news.search(straight(sentence.text)) for sentence in one.span.said[:_EARLY_SENTENCES])
        + _FROM_NOW_ON * any(_is_new(sentence, measure) for sentence in one.span.said)
        - _LATE * measure.place(one.span.said[0])
        - _SUBORDINATE * bool(measure.rules.subordinate.match(first))
    )
