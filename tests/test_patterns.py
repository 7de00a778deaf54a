"""Patterns are compiled late, so a fault in one would be told late, too: here all of them are."""

from __future__ import annotations

import gc
import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import contentkit
from contentkit.patterns import regex


def test_each_pattern_of_each_module_is_one() -> None:
    for module in walk_packages(contentkit.__path__, "contentkit."):
        if not module.name.startswith(("contentkit.testing", "contentkit.__main__")):
            import_module(module.name)
    waiting = [one for one in gc.get_objects() if type(one) is type(regex(""))]
    assert len(waiting) > 500
    for one in waiting:
        assert one.groups >= 0, one


def test_a_pattern_does_what_the_compiled_one_does() -> None:
    pattern = regex(r"(?P<verb>post|draft)s", re.I)
    assert pattern.sub("x", "he Posts, she drafts") == "he x, she x"
    assert [match["verb"] for match in pattern.finditer("Posts drafts")] == ["Post", "draft"]
    assert (pattern.pattern, pattern.groups) == (r"(?P<verb>post|draft)s", 1)


def test_a_pattern_that_is_none_says_so_when_it_is_used() -> None:
    pattern = regex("(")
    with pytest.raises(re.error):
        pattern.search("")
