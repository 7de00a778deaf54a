"""``voices/<person>.yaml``: how a person writes, as a file that people read and edit. Read strictly, with the place of errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from contentkit import strict_yaml
from contentkit.drafting.voice.habits import MARKS
from contentkit.drafting.voice.learnt import Learnt, Quartiles
from contentkit.files import read_text
from contentkit.languages import CODE_HINT, is_language
from contentkit.strict_yaml import Node
from contentkit.text import one_line
from contentkit.values import dataclass

CARD_KEYS = ("version", "name", "learnt", "never", "allowed", "rules", "notes")
LEARNT_KEYS = (
    "posts", "spoken", "first", "last", "language", "sentences", "sentence_words", "post_characters", "marks", "said_i",
    "said_we", "hashtags", "emoji", "oxford_comma", "openers", "words", "unused",
)  # fmt: skip
RULE_KEYS = ("rule", "never", "edits")
MARK_KEYS = {name.replace(" ", "_"): name for name in (*MARKS, "small start")}
_QUARTILES = ("quarter", "half", "three_quarters")
_LONGEST = 300


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a person accepted as a rule of their writing; ``edits`` is how many edits it was read from, 0 for one by hand.

    ``never`` is the phrase that it forbids, where it forbids one.
    """

    words: str
    edits: int = 0
    never: str = ""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card. ``never`` are phrases that a person wrote in; ``allowed`` takes phrases out of ``learnt.unused`` again."""

    name: str
    learnt: Learnt | None = None
    never: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    notes: tuple[str, ...] = ()


def read_card(path: Path, name: str) -> Card:
    """The card in this file, called ``name`` in messages. Raises ContentError."""
    return parse_card(read_text(path, name, missing="contentkit voice learn makes one"), name)


def parse_card(text: str, name: str) -> Card:
    """The card that this YAML holds. Raises ContentError with ``name:line:column``."""
    root = strict_yaml.parse(text, name)
    if root is None:
        return Card(name="")
    values = strict_yaml.mapping(root, CARD_KEYS, "a voice")
    strict_yaml.check_version(values, root)
    return Card(
        name=_line(values["name"], "name") if "name" in values else "",
        learnt=_learnt(values["learnt"]) if "learnt" in values else None,
        never=_lines(values, "never"),
        allowed=_lines(values, "allowed"),
        rules=_rules(values["rules"]) if "rules" in values else (),
        notes=_lines(values, "notes"),
    )


def _learnt(node: Node) -> Learnt:
    values = strict_yaml.mapping(node, LEARNT_KEYS, "learnt")
    for key in ("posts", "language", "sentences", "sentence_words", "post_characters"):
        if key not in values:
            raise node.error(f"learnt has no {key}", "leave this part to 'contentkit voice learn'")
    return Learnt(
        posts=strict_yaml.number(values["posts"], "posts"),
        spoken=_number(values, "spoken"),
        first=_date(values["first"]) if "first" in values else None,
        last=_date(values["last"]) if "last" in values else None,
        language=_language(values["language"]),
        sentences=strict_yaml.number(values["sentences"], "sentences"),
        sentence_words=_quartiles(values["sentence_words"], "sentence_words"),
        post_characters=_quartiles(values["post_characters"], "post_characters"),
        marks=_marks(values["marks"]) if "marks" in values else {},
        said_i=_number(values, "said_i"),
        said_we=_number(values, "said_we"),
        hashtags=_number(values, "hashtags"),
        emoji=_lines(values, "emoji"),
        oxford_comma=_oxford(values["oxford_comma"]) if "oxford_comma" in values else "",
        openers=_openers(values["openers"]) if "openers" in values else {},
        words=_lines(values, "words"),
        unused=_lines(values, "unused"),
    )


def _number(values: Mapping[str, Node], key: str) -> int:
    return strict_yaml.number(values[key], key) if key in values else 0


def _quartiles(node: Node, key: str) -> Quartiles:
    values = strict_yaml.mapping(node, _QUARTILES, key)
    if set(values) != set(_QUARTILES):
        raise node.error(f"{key} needs {', '.join(_QUARTILES)}", "as in {quarter: 8, half: 12, three_quarters: 18}")
    found = Quartiles(*(strict_yaml.number(values[one], one) for one in _QUARTILES))
    if list(found) != sorted(found):
        raise node.error(f"{key} must not fall", "as in {quarter: 8, half: 12, three_quarters: 18}")
    return found


def _marks(node: Node) -> dict[str, int]:
    values = strict_yaml.mapping(node, MARK_KEYS, "marks")
    return {MARK_KEYS[key]: _of_100(value, key) for key, value in values.items()}


def _openers(node: Node) -> dict[str, int]:
    if node.kind != "mapping":
        raise node.error("openers must map words to how many of 100 sentences begin so", "as in {we: 12, so: 4}")
    return {one_line(key, _LONGEST): _of_100(value, "how many") for key, value in node.values.items()}


def _of_100(node: Node, key: str) -> int:
    number = strict_yaml.number(node, key)
    if number > 100:
        raise node.error(f"{number} is more than 100 of 100")
    return number


def _oxford(node: Node) -> str:
    words = strict_yaml.text(node, "oxford_comma")
    if words not in ("yes", "no", "mixed"):
        raise node.error(f"oxford_comma is '{one_line(words, 60)}'", "write yes, no or mixed, or leave it out")
    return words


def _language(node: Node) -> str:
    code = strict_yaml.text(node, "language")
    if not is_language(code):
        raise node.error(f"'{one_line(code, 60)}' is not the code of a language", CODE_HINT)
    return code


def _date(node: Node) -> date:
    words = strict_yaml.text(node, "a date")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            return date.fromisoformat(words)
    except ValueError:
        pass
    raise node.error(f"'{one_line(words, 60)}' is no date", "as in 2026-11-22")


def _rules(node: Node) -> tuple[Rule, ...]:
    items: Sequence[Node] = node.items if node.kind == "sequence" else (node,)
    return tuple(_rule(item) for item in items)


def _rule(node: Node) -> Rule:
    if node.kind != "mapping":
        return Rule(words=_line(node, "a rule"))
    values = strict_yaml.mapping(node, RULE_KEYS, "a rule")
    if "rule" not in values:
        raise node.error("the rule does not say what it is", "as in {rule: write no exclamation marks, edits: 7}")
    never = _line(values["never"], "never") if "never" in values else ""
    return Rule(words=_line(values["rule"], "rule"), edits=_number(values, "edits"), never=never)


def _lines(values: Mapping[str, Node], key: str) -> tuple[str, ...]:
    """The words of each item, on one line and not longer than a sentence: they come into prompts and onto terminals."""
    if key not in values:
        return ()
    node = values[key]
    strict_yaml.texts(node, key)
    return tuple(_line(item, key) for item in (node.items if node.kind == "sequence" else (node,)))


def _line(node: Node, what: str) -> str:
    words = " ".join(strict_yaml.text(node, what).split())
    if not words or len(words) > _LONGEST:
        raise node.error(f"{what} must have between 1 and {_LONGEST} characters", "make it several, or shorter")
    return words
