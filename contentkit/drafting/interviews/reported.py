"""What somebody else said, told without quotation marks: "They said, you have no product. You have three customers."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex

_MARKS = regex(r"[\"“”«»]")


def with_reports(sentences: Sequence[Sentence], rules: Rules) -> Iterator[Sentence]:
    """The sentences of a passage; one that reports what was said is one with the reported words that follow it.

    Alone they would be the speaker's own, said to the reader. What is too long for a post is in none.
    """
    together = list[Sentence]()
    for sentence in sentences:
        if together and _is_reported(sentence.text, together[0].text, rules):
            together.append(sentence)
            continue
        if together:
            yield _as_one(together)
        together = [sentence] if _reports(sentence.text, rules) else []
        if not together:
            yield sentence
    if together:
        yield _as_one(together)


def _as_one(sentences: Sequence[Sentence]) -> Sentence:
    text = " ".join(one.text for one in sentences if one.text)
    return replace(sentences[0], text=text, last=sentences[-1].last, closes=sentences[-1].closes)


def _reports(sentence: str, rules: Rules) -> bool:
    """Whether it tells what somebody said, without quotation marks around it, so that more of it may follow."""
    is_closed = len(_MARKS.findall(sentence)) % 2 == 0 and bool(_MARKS.search(sentence))
    return not is_closed and bool(rules.speech.reports.match(straight(sentence)))


def _is_reported(sentence: str, report: str, rules: Rules) -> bool:
    """Whether a sentence may still be what was said: it speaks to somebody, or of the present.

    A sentence of the speaker's own begins with "I" or "we" (where the words reported did not), or with a time.
    """
    text = straight(sentence)
    is_past, is_to_somebody = bool(rules.past.search(text)), bool(rules.speech.second_person.search(text))
    if rules.speech.goes_on_telling.match(text):
        said = rules.speech.reports.match(straight(report))
        is_own = not said or not rules.first_person.match(straight(report), said.end())
        return not is_past and (is_to_somebody or not is_own)
    return is_to_somebody or not is_past
