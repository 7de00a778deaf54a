"""Who is spoken of by a first name only: a reader must have been told who that is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex
from contentkit.words.given_names import given_names

_NAME = regex(r"(?<![\w'.@#-])(?P<given>[A-ZÀ-Þ][a-zß-ÿ]+)(?=(?P<family>(?: [A-Z]\.)? [A-ZÀ-Þ][\w'-]*[a-zß-ÿ]\w*)?)")
# What is looked at before and behind a name for who that is.
_BEFORE, _BEHIND = 60, 40


def strangers(texts: Iterable[str], known: Iterable[str], rules: Rules) -> list[set[str]]:
    """For each of these texts, read in order, the first names in it that nothing says who they are of.

    ``known`` are names in full that every reader knows, as the speaker's. A name is introduced by a family name, or by
    what the person is: "my co-founder Chris", "Chris, who ran sales", "a friend called Chris".
    """
    introduced = {word for name in known for word in name.split()}
    found = list[set[str]]()
    for text in texts:
        missing = set[str]()
        for match in _NAME.finditer(straight(text)):
            given = match["given"]
            if given not in given_names() or given in introduced:
                continue
            if match["family"] or _is_introduced(straight(text), match, rules):
                introduced.add(given)
            else:
                missing.add(given)
        found.append(missing)
    return found


def named_in_full(texts: Iterable[str]) -> frozenset[str]:
    """The first names that stand before a family name in these texts."""
    found = (match for text in texts for match in _NAME.finditer(straight(text)) if match["family"])
    return frozenset(match["given"] for match in found if match["given"] in given_names())


def _is_introduced(text: str, match: re.Match[str], rules: Rules) -> bool:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    behind = text[match.end() : match.end() + _BEHIND]
    return bool(rules.speech.who_before.search(before) or rules.speech.who_behind.match(behind))
