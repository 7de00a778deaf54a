"""CK348: what networks take for a mention, and nobody meant as one. A stranger of that name would be told of the post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose
from contentkit.models import Person
from contentkit.patterns import regex

# As X and Mastodon find them, whichever finds more; an address for mail holds none, for a letter stands before its sign.
_MENTION = regex(r"(?<![\w/=@])@(?P<name>\w+(?:[.-]+\w+)*)(?P<server>@[\w.-]*\w)?", re.A)
_OF_CODE = """
abstractmethod autowired bindable cached_property channel charset classmethod click.command click.option
contextmanager dataclass deprecated everyone fixture font-face functools.cache functools.lru_cache functools.wraps
here html import include injectable jit keyframes layer lru_cache mainactor media moduledoc ngmodule njit nonnull
nullable objc overload override param parametrize params property published pytest.fixture pytest.mark
pytest.mark.parametrize requestmapping restcontroller runtime_checkable safevarargs singledispatch
springbootapplication staticmethod supports suppresswarnings tailwind todo total_ordering transactional typedef
typing.overload typing.override wraps
"""
_CODE = frozenset(_OF_CODE.split())
_VERSION_OR_TIME = regex(r"v?\d+(?:\.\d+)+|v\d+|\d{1,2}(?:[ap]m|h)", re.I)
# ``@types/node``, ``@cache()``
_CODE_BEHIND = regex(r"/[\w-]|\(")


def check_mentions(prose: Prose, people: Mapping[str, Person]) -> Iterator[Finding]:
    """Those that look like code, a package or a version; but for the handles of people whom the project knows."""
    if "@" not in prose.text:
        return
    known = {
        handle.lstrip("@").partition("@")[0].casefold() for one in people.values() for handle in one.handles.values()
    }
    for match in _MENTION.finditer(prose.text):
        if match["server"] or match["name"].casefold() in known:
            continue
        if reason := _other_sense(prose, match):
            words = match[0]
            message = f"{words} is {reason}, and networks take it for a mention: whoever is called so would be told of the post"
            remedy = f"write it without the sign: {words[1:]}; backticks do not help"
            yield warning("CK348", message, words=words, at=match.start(), remedy=remedy)


def _other_sense(prose: Prose, match: re.Match[str]) -> str:
    """What it is instead of a person; empty for what may be one."""
    start, end, name = match.start(), match.end(), match["name"].casefold()
    if _VERSION_OR_TIME.fullmatch(name):
        return "a version or a time"
    behind = _CODE_BEHIND.match(prose.text, end)
    if behind and behind[0] != "(":
        return "the name of a package"
    if behind or name in _CODE or prose.uncoded[start] != "@":
        return "code"
    return ""
