"""A card as a file: what is computed is written anew, what people wrote stays byte for byte."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace

from contentkit import strict_yaml
from contentkit.drafting.voice.card import MARK_KEYS, Card, Rule, parse_card
from contentkit.drafting.voice.learnt import Learnt, Quartiles
from contentkit.errors import ContentError
from contentkit.text import in_one_line

_WIDTH = 110
_HEAD = """\
version: 1
# How {name} writes. 'contentkit voice learn {person}' replaces what stands under 'learnt', and nothing else.
name: {quoted}
"""
_BY_HAND = """
# Yours, in your own words. Drafts avoid what is listed under never; a model reads rules and notes.
never: []
# Phrases under learnt: unused that are fine all the same.
allowed: []
rules: []
notes: []
"""


def new_card(person: str, name: str, learnt: Learnt) -> str:
    """The file of a card for this person (their key in people.yaml) with nothing written by hand."""
    head = _HEAD.format(name=in_one_line(name), person=in_one_line(person), quoted=strict_yaml.scalar(name))
    return f"{head}{_block(learnt)}\n{_BY_HAND}"


def relearnt(text: str, path: str, learnt: Learnt) -> str:
    """The text of a card with its computed part replaced; every other character stays. Raises ContentError."""
    root, newline = _root(text, path)
    first, *rest = _block(learnt).replace("\n", newline).split(newline)
    node = root.values.get("learnt")
    if node is None:
        after = _ended(text, newline) + newline.join([first, *rest, ""])
    elif node.kind == "mapping" and not node.flow:
        # What stands on the line of the key itself is a person's.
        line = _end_of_line(text, root.keys["learnt"].end)
        after = text[:line] + newline.join(["", *rest]) + text[_end_of_line(text, _end(node)) :]
    else:
        after = _in_its_place(text, node, rest, newline, path)
    if _by_hand(after, path) != _by_hand(text, path) or parse_card(after, path).learnt != learnt:
        raise _unusual(path)
    return after


def with_rules(text: str, path: str, rules: Iterable[Rule]) -> str:
    """The text of a card with these rules behind those it has; every other character stays. Raises ContentError."""
    root, newline = _root(text, path)
    added = tuple(rules)
    lines = [f"  - {{{_told(rule)}}}" for rule in added]
    node = root.values.get("rules")
    if not added:
        return text
    if node is None:
        after = _ended(text, newline) + newline.join(["rules:", *lines, ""])
    elif node.is_null or (node.flow and not node.items):
        after = _in_its_place(text, node, lines, newline, path)
    elif node.kind != "sequence" or node.flow:
        raise node.error("rules are not a list of lines", "write each on a line of its own, behind '- '")
    else:
        at = _end_of_line(text, _end(node))
        dent = " " * (node.items[0].column - 3)
        after = text[:at] + "".join(f"{newline}{dent}{line.lstrip()}" for line in lines) + text[at:]
    before = parse_card(text, path)
    if parse_card(after, path) != replace(before, rules=(*before.rules, *added)):
        raise _unusual(path)
    return after


def _in_its_place(text: str, node: strict_yaml.Node, lines: list[str], newline: str, path: str) -> str:
    """These lines in the place of a value on one line; a remark behind it stays on the line of the key."""
    if "\n" in text[node.start : node.end]:
        raise _unusual(path)
    line = _end_of_line(text, node.end)
    return text[: node.start].rstrip(" ") + text[node.end : line] + newline.join(["", *lines]) + text[line:]


def _by_hand(text: str, path: str) -> Card:
    return replace(parse_card(text, path), learnt=None)


def _unusual(path: str) -> ContentError:
    """Nothing is written that could not be read, or would say something else."""
    return ContentError(
        f"{path}: is written in a way that contentkit cannot add to", hint="write each key on a line of its own"
    )


def _told(rule: Rule) -> str:
    never = f", never: {strict_yaml.flow_scalar(rule.never)}" if rule.never else ""
    return f"rule: {strict_yaml.flow_scalar(rule.words)}{never}, edits: {rule.edits}"


def _root(text: str, path: str) -> tuple[strict_yaml.Node, str]:
    root = strict_yaml.parse(text, path)
    if root is None or root.kind != "mapping" or root.flow:
        raise ContentError(f"{path}: is no card as contentkit writes one", hint="write each key on a line of its own")
    return root, "\r\n" if "\r\n" in text else "\n"


def _ended(text: str, newline: str) -> str:
    return text if text.endswith("\n") else text + newline


def _end(node: strict_yaml.Node) -> int:
    """Where the last value ends: the end of a block itself is where the next one begins, behind its comments."""
    if node.kind == "scalar" or node.flow:
        return node.end
    return max((_end(one) for one in (*node.items, *node.values.values())), default=node.end)


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if text[at:end].endswith("\r") else end


def _block(learnt: Learnt) -> str:
    lines = [
        "learnt:",
        f"  posts: {learnt.posts}",
        *([f"  spoken: {learnt.spoken}  # so many of them are turns of a conversation"] if learnt.spoken else []),
        *([f"  first: {learnt.first}", f"  last: {learnt.last}"] if learnt.first else []),
        f"  language: {learnt.language}",
        f"  sentences: {learnt.sentences}",
        f"  sentence_words: {_quartiles(learnt.sentence_words)}  # words in a sentence",
        f"  post_characters: {_quartiles(learnt.post_characters)}  # characters in a post, without links",
        "  # Of 100 posts, so many have it.",
        *_mapping("marks", {key: learnt.marks.get(name, 0) for key, name in MARK_KEYS.items()}),
        f"  said_i: {learnt.said_i}",
        f"  said_we: {learnt.said_we}",
        f"  hashtags: {learnt.hashtags}  # in 100 posts together",
        *(_list("emoji", learnt.emoji) if learnt.emoji else []),
        *([f"  oxford_comma: {_quoted(learnt.oxford_comma)}"] if learnt.oxford_comma else []),
        *(["  # Of 100 sentences, so many begin so.", *_mapping("openers", learnt.openers)] if learnt.openers else []),
        *(["  # Said more often than other people do.", *_list("words", learnt.words)] if learnt.words else []),
        *(["  # In none of these posts.", *_list("unused", learnt.unused)] if learnt.unused else []),
    ]
    return "\n".join(lines)


def _quoted(words: str) -> str:
    return f'"{words}"' if words in ("yes", "no") else words


def _quartiles(found: Quartiles) -> str:
    return f"{{quarter: {found.quarter}, half: {found.half}, three_quarters: {found.three_quarters}}}"


def _mapping(key: str, values: Mapping[str, int]) -> list[str]:
    return _wrapped(
        f"  {key}: {{", [f"{strict_yaml.flow_scalar(name)}: {number}" for name, number in values.items()], "}"
    )


def _list(key: str, values: Iterable[str]) -> list[str]:
    return _wrapped(f"  {key}: [", [strict_yaml.flow_scalar(one) for one in values], "]")


def _wrapped(opening: str, pieces: list[str], closing: str) -> list[str]:
    """In brackets, over as many lines as it takes; no item is cut."""
    # A sign that no value holds keeps the space within an item.
    glued = ", ".join(piece.replace(" ", "\0") for piece in pieces)
    lines = textwrap.wrap(
        f"{opening.strip()}{glued}{closing}", _WIDTH - 4, break_long_words=False, break_on_hyphens=False
    )
    indented = [("  " if number == 0 else "    ") + line for number, line in enumerate(lines)]
    return [line.replace("\0", " ") for line in indented]
