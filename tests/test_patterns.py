"""Patterns are compiled late, so a fault in one would be told late, too: here all of them are."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from contentkit.patterns import Uncompiled, regex
from tests.everything import everything_loaded


def test_each_pattern_of_each_module_is_one() -> None:
    waiting = [one for one in everything_loaded() if type(one) is Uncompiled]
    assert len(waiting) > 500
    for one in waiting:
        assert one.groups >= 0, one


@pytest.mark.parametrize("stage", ["sources.read", "drafting.extractive", "checks", "calendar.entries"])
def test_to_load_a_stage_compiles_nothing(stage: str) -> None:
    code = f"""
import gc, contentkit.{stage}
from contentkit.patterns import Uncompiled
known = [one for one in gc.get_objects() if isinstance(one, Uncompiled)]
print(len(known), [one for one in known if "_compiled" in vars(one)])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    number, _, compiled = done.stdout.strip().partition(" ")
    assert int(number) > 5
    assert compiled == "[]"


def test_a_pattern_does_what_the_compiled_one_does() -> None:
    pattern = regex(r"(?P<verb>post|draft)s", re.I)
    assert pattern.sub("x", "he Posts, she drafts") == "he x, she x"
    assert [match["verb"] for match in pattern.finditer("Posts drafts")] == ["Post", "draft"]
    assert (pattern.pattern, pattern.groups) == (r"(?P<verb>post|draft)s", 1)


def test_a_pattern_that_is_none_says_so_when_it_is_used() -> None:
    pattern = regex("(")
    with pytest.raises(re.error):
        pattern.search("")
