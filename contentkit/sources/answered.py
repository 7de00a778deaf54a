"""Interviews as sites print them: each question is a heading or a line in bold, the answer stands below it without a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from contentkit.models import Passage, PassageKind
from contentkit.patterns import regex
from contentkit.sources.front_matter import FrontMatter
from contentkit.words.given_names import given_names

# Who answers, where the front matter says so; else what source.speakers shows.
_ANSWERS = ("interviewee_name", "interviewee", "guest", "guest_name", "entrevistado", "entrevistada")
_NOBODY = "interviewee"
# "guest: true" names nobody.
_FLAG = regex("true|false|yes|no|sí", re.I)
_TITLES = ("title", "seo_title", "subtitle", "description", "excerpt")
# Of what kind a page is; "Interview questions" are lists of what is asked elsewhere.
_INTERVIEW = regex(r"\b(?:interview|q ?& ?a|entrevista)(?: series)?\W*$", re.I)
_SAYS_SO = regex(
    r"\b(?:(?:interview|q ?& ?a) with|this interview|esta entrevista|entrevista(?:mos)? (?:a|con)"
    r"|interview(?:ed|ing) (?-i:[A-ZÀ-Þ]))",
    re.I,
)
_BOLD = regex(r"[ \t]*(?P<marks>\*\*|__)[^*_].*(?P=marks)[ \t]*")
# Whoever is asked is spoken to; a list of what is often asked says "I".
_TO_SOMEBODY = regex(
    r"\b(?:you|your|yours|yourself|tú|tu|tus|te|ti|contigo|usted|ustedes|vos|vuestr[oa]s?|(?:cuént|háblan|explíca|descríbe|dín)\w+"
    r"|\w{3,}aste|(?:hic|dec?id|v|tuv|fu|pud|conoc|aprend|nac|crec)iste|\w{2,}[éá]is|(?:quier|pued|tien|cre|hac)es|piensas|estás)\b",
    re.I,
)
_FEWEST, _LONGEST = 4, 400
# Quotations for each paragraph beside them where it is the answers that are set so.
_NEARLY_ALL = 4
_ASKS = regex(r"\?[\W_]*(?:\([^()]*\)\W*)?$")
# Titles in capitals go on behind a name: "Interview With Ana Ruiz About Lamps", "Interview With the Founders Of It".
_NOT_OF_A_NAME = (
    "About|After|And|As|At|Before|By|For|From|How|In|Of|On|Or|Our|My|New|The|To|What|Who|Why|With"
    "|Con|De|Del|El|En|La|Las|Los|Nuestr[oa]|Para|Por|Sobre|Y|C[ET]O|Co-?[Ff]ounder|Founder"
)
_WORD = r"[A-ZÀ-Þ][\w.'’-]*"
_OF_A_NAME = rf"(?!(?:{_NOT_OF_A_NAME})(?![\w'’-])){_WORD}"
_FULL_NAME = regex(rf"{_WORD}(?: {_WORD}){{1,3}}")
_WITH = regex(
    rf"\b(?:[Ii]nterview(?:ing)?(?: [Ww]ith)?|[Ee]ntrevista (?:[Aa]|[Cc]on)) (?:[\w ]{{1,30}}['’]s )?"
    rf"(?P<name>{_OF_A_NAME}(?: {_OF_A_NAME}){{1,3}})"
)


def answered(passages: Sequence[Passage], lines: Sequence[str], front: FrontMatter) -> list[Passage]:
    """The passages with the name of whoever answers at each answer; empty where this is no interview.

    It is one when the front matter says so, or says it what stands before the questions and they are put to somebody. What
    stands there is the host's.
    """
    asked = [index for index, passage in enumerate(passages) if _is_question(passage, lines)]
    if len(asked) < _FEWEST or not (_is_called_so(front) or _is_one(passages, asked, front)):
        return []
    above = [passage.text for passage in passages[: asked[0]] if passage.kind == "heading" and passage.level == 1]
    return list(_spoken(passages, asked, _who(front, above)))


def _is_called_so(front: FrontMatter) -> bool:
    kinds = (front.text(key) for key in ("type", "category", "layout"))
    is_named = any(front.values.get(key) for key in _ANSWERS) and not _FLAG.fullmatch(front.text(*_ANSWERS))
    return is_named or any(_INTERVIEW.search(kind) for kind in kinds)


def _is_one(passages: Sequence[Passage], asked: Sequence[int], front: FrontMatter) -> bool:
    """Whether it says that it is one, or bears somebody's name, and most questions are put to somebody.

    "Why should you care?" alone is asked by many an author, and answered by the same.
    """
    above = [front.text(key) for key in _TITLES] + [passage.text for passage in passages[: asked[0]]]
    says_so = _is_a_person(front.text("title")) or any(_SAYS_SO.search(text) for text in above)
    put = sum(bool(_TO_SOMEBODY.search(passages[index].text)) for index in asked)
    return says_so and 2 * put > len(asked)


def _is_question(passage: Passage, lines: Sequence[str]) -> bool:
    if passage.aside or len(passage.text) > _LONGEST or not _ASKS.search(passage.text):
        return False
    if passage.kind == "heading":
        return passage.level > 1
    return passage.kind == "paragraph" and all(
        _BOLD.fullmatch(line) for line in lines[passage.first - 1 : passage.last]
    )


def _is_a_person(title: str) -> bool:
    return bool(_FULL_NAME.fullmatch(title)) and title.split(maxsplit=1)[0] in given_names()


def _who(front: FrontMatter, headings: Sequence[str]) -> str:
    """The name of whoever answers: what the front matter calls so, a title that is a name, or "Interview with" one."""
    name = front.text(*_ANSWERS)
    if _FULL_NAME.fullmatch(name):
        return name
    title = front.text("title")
    if _is_a_person(title):
        return title
    found = (_WITH.search(text) for text in [*(front.text(key) for key in _TITLES), *headings])
    return next((match["name"] for match in found if match), _NOBODY)


def _spoken(passages: Sequence[Passage], asked: Sequence[int], who: str) -> Iterator[Passage]:
    """The passages; what follows a question is said by whoever answers, up to a heading that asks nothing and its section.

    Where answers are set as quotations, what stands between them is the host's.
    """
    speaker = ""
    kinds = _kinds_of_answers([passages[index] for index in range(asked[0], asked[-1]) if index not in asked])
    for index, passage in enumerate(passages):
        if index in asked:
            speaker = who
            yield replace(passage, kind="heading", level=passage.level or 2)
            continue
        if passage.kind == "heading":
            speaker = ""
        if not speaker or passage.aside or passage.kind not in kinds:
            yield passage
        else:
            yield replace(passage, kind="paragraph" if passage.kind == "quotation" else passage.kind, speaker=speaker)


def _kinds_of_answers(between: Sequence[Passage]) -> tuple[PassageKind, ...]:
    """What answers are printed as; pictures, code and others' words are none."""
    kinds = Counter(passage.kind for passage in between)
    return ("quotation",) if kinds["quotation"] > _NEARLY_ALL * kinds["paragraph"] else ("paragraph", "item")
