"""What a person changes again and again in a drafter's words, proposed as rules. Nothing is learnt by itself.

A rule is proposed when the same was done at least three times, in two drafts, and nearly always when there was occasion.
Names and numbers are never part of one: what was taken out may be what nobody was to know.
"""

from __future__ import annotations

import difflib
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from contentkit.drafting.rules import rules_for
from contentkit.drafting.voice.habits import MARKS, habits_of, undressed
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.common_words import is_common

_FEWEST = 3
_FEWEST_DRAFTS = 2
_NEARLY_ALWAYS = 0.75
# Two posts with fewer words in common are not the same post.
_SAME = 0.3
_LONGEST_PHRASE = 6
# Of longer phrases it is chance that something else stands there.
_LONGEST_WORDING = 3
# Longer posts are compared by their beginnings: comparing takes the product of their lengths.
_MOST_WORDS = 400
_SHORTER = 0.8
_TOKEN = regex(r"[^\W_]+(?:['’-][^\W_]+)*")
_CALLED: Mapping[str, str] = {
    "question": "questions", "exclamation": "exclamation marks", "dash": "dashes", "ellipsis": "ellipses",
    "semicolon": "semicolons", "colon": "colons", "parenthesis": "parentheses", "quotation": "quotation marks",
    "emoji": "emoji", "hashtag": "hashtags", "list": "lists", "capitals": "words in capitals",
    "contraction": "contractions (don't, we're)",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A draft as the drafter wrote it, and as a person left it: the texts of the posts."""

    draft: str
    drafted: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A rule that edits suggest: what was done, in the words of a rule, ``done`` times of ``of`` occasions, in which drafts.

    ``never`` is the phrase that the rule forbids, where it forbids one.
    """

    rule: str
    done: int
    of: int
    drafts: tuple[str, ...]
    never: str = ""


@dataclass(frozen=True)
class _Pair:
    """One post before and after."""

    draft: str
    before: str
    after: str


def proposals(edits: Sequence[Edited], language: str) -> list[Proposal]:
    """What these edits suggest, what was done most often first. The order of the drafts does not matter."""
    pairs = [pair for one in sorted(edits, key=lambda one: one.draft) for pair in _pairs(one)]
    deletions = list(_deletions(pairs, language))
    found = [*deletions, *_marks(pairs), *_openers(pairs, [one.never for one in deletions]), *_lengths(pairs)]
    return sorted(found, key=lambda one: (-one.done, one.rule))


def _pairs(one: Edited) -> Iterator[_Pair]:
    """The posts that are the same before and after, each once, the likest first; deleted and new ones are left out."""
    words = {text: set(_words(text)) for text in (*one.drafted, *one.left)}
    alike = [
        (-_overlap(words[before], words[after]), at, to)
        for at, before in enumerate(one.drafted)
        for to, after in enumerate(one.left)
    ]
    taken: set[tuple[str, int]] = set()
    for overlap, at, to in sorted(alike):
        if -overlap >= _SAME and not taken & {("before", at), ("after", to)}:
            taken |= {("before", at), ("after", to)}
            yield _Pair(one.draft, one.drafted[at], one.left[to])


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _words(text: str) -> list[str]:
    return [match.group().lower().replace("’", "'") for match in _TOKEN.finditer(undressed(text))][:_MOST_WORDS]


def _proposed(rule: str, done: Sequence[_Pair], occasions: int, never: str = "") -> Iterator[Proposal]:
    """The rule, where it was done often enough, in drafts enough, and nearly always."""
    drafts = tuple(dict.fromkeys(pair.draft for pair in done))
    if len(done) >= _FEWEST and len(drafts) >= _FEWEST_DRAFTS and len(done) >= _NEARLY_ALWAYS * occasions:
        yield Proposal(rule=rule, done=len(done), of=occasions, drafts=drafts, never=never)


# -- phrases


def _deletions(pairs: Sequence[_Pair], language: str) -> Iterator[Proposal]:
    """Phrases that were taken out, alone or for others."""
    removed: defaultdict[str, list[_Pair]] = defaultdict(list)
    instead: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        for phrase, other in dict(_taken_out(pair, language)).items():
            removed[phrase].append(pair)
            instead[phrase][other] += 1
    often = {phrase: done for phrase, done in removed.items() if len(done) >= _FEWEST}
    for phrase, done in often.items():
        if any(
            f" {phrase} " in f" {longer} " and len(more) == len(done)
            for longer, more in often.items()
            if longer != phrase
        ):
            continue
        occasions = sum(f" {phrase} " in f" {' '.join(_words(pair.before))} " for pair in pairs)
        other, number = min(instead[phrase].items(), key=lambda one: (-one[1], one[0]))
        rule = f'Do not write "{phrase}".'
        if other and number >= _FEWEST:
            rule = f'Write "{other}", not "{phrase}".'
        yield from _proposed(rule, done, occasions, never=phrase)


def _taken_out(pair: _Pair, language: str) -> Iterator[tuple[str, str]]:
    """Each phrase of what was taken out that may be said again, and what stands in its place if it is all that went."""
    before, after = _words(pair.before), _words(pair.after)
    secret = _particular(pair.before)
    stop_words = rules_for(language).stop_words
    left = f" {' '.join(after)} "
    for kind, start, end, to, until in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind not in ("delete", "replace"):
            continue
        for at in range(start, end):
            for stop in range(at + 1, min(end, at + _LONGEST_PHRASE) + 1):
                words = before[at:stop]
                phrase = " ".join(words)
                tells = any(word not in stop_words for word in words)
                if tells and not secret & set(words) and f" {phrase} " not in left:
                    whole = (at, stop) == (start, end) and max(end - start, until - to) <= _LONGEST_WORDING
                    other = after[to:until] if whole and not _particular(pair.after) & set(after[to:until]) else []
                    yield phrase, " ".join(other)


def _particular(text: str) -> set[str]:
    """Names and numbers: everything that could say more than how somebody writes."""
    names = habits_of(text).names
    capitals = {
        match.group().lower().replace("’", "'") for match in _TOKEN.finditer(text) if match.group()[0].isupper()
    }
    return {
        word
        for word in _words(text)
        if word in names
        or any(sign.isdigit() for sign in word)
        # At the beginning of a sentence a capital may be one.
        or (word in capitals and not is_common(word))
    }


# -- marks, beginnings, lengths


def _marks(pairs: Sequence[_Pair]) -> Iterator[Proposal]:
    for name in MARKS:
        having = [pair for pair in pairs if name in habits_of(pair.before).marks]
        gone = [pair for pair in having if name not in habits_of(pair.after).marks]
        yield from _proposed(f"No {_CALLED[name]}.", gone, len(having))
        without = [pair for pair in pairs if name not in habits_of(pair.before).marks]
        added = [pair for pair in without if name in habits_of(pair.after).marks]
        yield from _proposed(f"Use {_CALLED[name]}.", added, len(without))


def _openers(pairs: Sequence[_Pair], forbidden: Sequence[str]) -> Iterator[Proposal]:
    """Beginnings that were changed, and not because a phrase went that is forbidden anyway."""
    opening: defaultdict[str, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        words = _words(pair.before)
        begins = " ".join(words[: _LONGEST_PHRASE + 2])
        if words and words[0] not in _particular(pair.before) and not any(one in begins for one in forbidden):
            opening[words[0]].append(pair)
    for word, having in opening.items():
        changed = [pair for pair in having if _words(pair.after)[:1] != [word]]
        yield from _proposed(f'Do not begin a post with "{word}".', changed, len(having))


def _lengths(pairs: Sequence[_Pair]) -> Iterator[Proposal]:
    shorter = [pair for pair in pairs if _middle(pair.after) <= _SHORTER * _middle(pair.before)]
    if shorter:
        before = round(statistics.median(_middle(pair.before) for pair in shorter))
        after = round(statistics.median(_middle(pair.after) for pair in shorter))
        yield from _proposed(f"Shorter sentences: about {after} words, not {before}.", shorter, len(pairs))
    cut = [pair for pair in pairs if len(pair.after) <= _SHORTER * len(pair.before)]
    if cut:
        length = round(statistics.median(len(pair.after) for pair in cut), -1)
        yield from _proposed(f"Shorter posts: about {length:.0f} characters.", cut, len(pairs))


def _middle(text: str) -> float:
    return statistics.median(habits_of(text).sentence_words or (0,))
