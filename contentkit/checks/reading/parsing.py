"""Reads a sentence for its claims: words, clauses, marks. Linear time; a sentence is read once and kept for the next draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from contentkit.checks.reading.clauses import Mark, Parsed
from contentkit.checks.reading.lexicon import IDIOM, Lexicon, Node, lexicon, number_root, plain_word
from contentkit.patterns import regex

_TOKEN = regex(r"[→%$€£]|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[,;:!?()\[\]—–…]|(?<=\s)-(?=\s)|\.(?=\s|$)")
# How far a mark sets the clauses on its sides apart.
_BREAKS = {
    ",": 1,
    ":": 1,
    "-": 1,
    "–": 1,
    "—": 1,
    "(": 1,
    ")": 1,
    "[": 1,
    "]": 1,
    ";": 2,
    ".": 3,
    "!": 3,
    "?": 3,
    "…": 3,
}
_FULL_STOP = 3
_ANDS = ("and", "y", "e")
# Folded it would be "if".
_YES = "sí"
_DENIALS = ("denial", "kept_denial", "without")
_LONGEST_SENTENCE, _LONGEST_PHRASE = 2_000, 6


@lru_cache(maxsize=4096)
def parsed(text: str, language: str) -> Parsed:
    """The sentence as its claims are read; no more of it than its first 2,000 characters."""
    words = lexicon(language)
    texts: list[str] = []
    steps: list[tuple[str, ...]] = []
    roots: list[str] = []
    starts: list[int] = []
    clauses: list[int] = []
    stops: list[int] = []
    clause, sentence, labels, asked, answers, is_answer = 0, 0, [], [], [], False
    before = ""
    for match in _TOKEN.finditer(text[:_LONGEST_SENTENCE]):
        piece = match[0]
        if piece in _BREAKS:
            if piece == ":":
                labels.append(clause)
            if piece == "?":
                asked += clauses[sentence:]
            clause += _BREAKS[piece]
            sentence = len(clauses) if _BREAKS[piece] == _FULL_STOP else sentence
            is_answer = piece == "?" or (is_answer and _BREAKS[piece] < _FULL_STOP)
            continue
        word, root, is_boundary, step = _word(piece, language)
        clause += is_boundary or (before in _ANDS and word in words.subjects)
        before = word
        texts.append(word)
        steps.append(step)
        roots.append(root)
        starts.append(match.start())
        clauses.append(clause)
        stops.append(sentence)
        if is_answer:
            answers.append(clause)
    _join_numbers(text, texts, roots, starts, words)
    marks, hinted = _marked(texts, steps, starts, words)
    return Parsed(
        text=text,
        language=language,
        words=tuple(texts),
        roots=tuple(roots),
        starts=tuple(starts),
        clauses=tuple(clauses),
        sentences=tuple(stops),
        labels=frozenset(labels),
        asked=frozenset(asked),
        answers=frozenset(answers),
        marks=marks,
        hinted=hinted,
        hints=frozenset(kind for kind, _ in hinted),
        content=frozenset(roots) - {""},
    )


def _join_numbers(text: str, texts: Sequence[str], roots: list[str], starts: Sequence[int], words: Lexicon) -> None:
    """Gives the first word of "twenty five", "setenta y cuatro" and "160k" the whole number, the others none."""
    for number, word in enumerate(texts):
        behind = number + 2 if texts[number + 1 : number + 2] == [words.joins_tens] else number + 1
        if behind >= len(texts):
            continue
        if word in words.tens and texts[behind] in words.units_of_tens:
            roots[number] = f"#{words.tens[word] + words.units_of_tens[texts[behind]]}"
            roots[behind] = ""
        elif texts[behind] == "k" and text[starts[behind] - 1].isdigit() and roots[number].startswith("#"):
            roots[number], roots[behind] = _thousands(roots[number]), ""


def _thousands(root: str) -> str:
    whole, _, part = root[1:].partition(".")
    return (
        f"#{int(whole) * 1000 + int((part + '000')[:3])}" if whole.isdigit() and not part.strip("0123456789") else root
    )


@lru_cache(maxsize=16_384)
def _word(token: str, language: str) -> tuple[str, str, bool, tuple[str, ...]]:
    """A word folded, its root, whether a clause begins with it, and the steps of a phrase that it may be."""
    words = lexicon(language)
    if token[0].isdigit():
        return token, number_root(token), False, (token, "_", "#")
    word = plain_word(token)
    stem = words.stem(word)
    if token.casefold() == _YES:
        return _YES, "", True, ("_",)
    steps = (word, f"~{stem}", "_", "#") if stem.startswith("#") else (word, f"~{stem}", "_")
    is_number = stem.startswith("#") and stem not in ("#0", "#1")
    is_function = not is_number and (word in words.function or len(word) < 2)
    return word, "" if is_function else words.root(word), word in words.boundaries, steps


def _marked(
    texts: Sequence[str], steps: Sequence[tuple[str, ...]], starts: Sequence[int], words: Lexicon
) -> tuple[tuple[Mark, ...], tuple[tuple[str, int], ...]]:
    marks: list[Mark] = []
    hinted: list[tuple[str, int]] = []
    taken, opening = 0, words.phrases.following.keys()
    for number, text in enumerate(texts):
        says: frozenset[str] = frozenset()
        last = number
        for end, node in () if opening.isdisjoint(steps[number]) else _phrases_at(steps, number, words.phrases):
            # "in May" is no doubt, but "not even" may deny.
            hinted += [(kind, number) for kind in node.stands_for if number >= taken or kind in _DENIALS]
            if node.says and end >= last:
                says, last = node.says, end
        if words.conditionals and text.endswith(words.conditionals):
            hinted += [(kind, number) for kind in ("possible", "plan", "belief")]
        if text.endswith("n't") and IDIOM not in says:
            says |= {"denial"}
            hinted += [(kind, number) for kind in words.phrases.following[words.denial].stands_for]
        if says and number >= taken:
            taken = last + 1
            phrase = " ".join(texts[number:taken])
            marks += [Mark(kind, number, last, phrase, starts[number]) for kind in sorted(says - {IDIOM})]
    return tuple(marks), tuple(hinted)


def _phrases_at(
    steps: Sequence[tuple[str, ...]], number: int, node: Node, depth: int = 0
) -> Iterator[tuple[int, Node]]:
    """Every phrase that begins here: the number of its last word, and where it ends in the tree."""
    for step in steps[number] if number < len(steps) else ():
        found = node.following.get(step)
        if found is not None:
            if found.stands_for:
                yield number, found
            if found.following and depth < _LONGEST_PHRASE:
                yield from _phrases_at(steps, number + 1, found, depth + 1)
