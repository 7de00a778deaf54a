"""What holds for the manners of any text: fixes fit, mending ends, and hostile text costs no more than its length."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.checks.manners import check_manners
from contentkit.checks.manners.threads import check_thread
from contentkit.models import Draft, Media, Post
from tests.checks.manners.posts import mended, told

KINDS = """
#opensource #SoftwareLibre #a @dataclass @types/node @mira https://bit.ly/a https://example.org/?utm_source=x&a=1#b
https://u:p@example.org http://10.0.0.1 `code` ``` 🚀 ❤️ 👩🏽‍💻 🇲🇽 𝗯𝗶𝗴 ＡＢ ᵃᵇᶜ pаypal cafe\u0301 e\u0301 \u0301 a\u0336 →
┌──┐ (ツ) ¯\\_(ツ)_/¯ ========
|a| |-| [name] [insert TODO: TBD ??? 1/n XX% link: Thread: $HOME $ABCD THE BIG NEWS IS HERE TODAY we que the . ! … — “ ”
"""
PIECES = KINDS.split()
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=14).flatmap(
    lambda pieces: st.lists(
        st.sampled_from([" ", "\n", "  ", " \n", ""]), min_size=len(pieces), max_size=len(pieces)
    ).map(lambda seams: "".join(piece + seam for piece, seam in zip(pieces, seams, strict=True)))
)
BITS = """
A_ ` [ [name]_ [insert_ <insert_ TODO( _??? XX% #a_ #opensource_ @a. @a- @dataclass_ @types/ $A_ http:// http://a.b/_ https://u@
https://a.b/?a& bit.ly/a_ a.a- -_ =_ | |a| |- 🚀 🚀_ a_🚀_ 🇲 𝗕 𝗕_ e\u0301 \u0336 a\u0336 аa_ __
┌ →_ (ツ) ( ((ʕ {{ {% &# <a_ I_ the_ 1/ é
"""
HOSTILE = BITS.split()
RUN = """
import sys
from contentkit.checks.manners import check_manners
from contentkit.checks.manners.threads import check_thread
from contentkit.models import Draft, Media, Post
size = int(sys.argv[1])
for bit in sys.argv[2:]:
    bit = bit.replace("_", " ")
    text = (bit * (size // len(bit) + 1))[:size]
    draft = Draft(slug="x", language="en", posts=(Post(text=text, line=1, media=(Media(path="a.png", alt=text),)),))
    assert len(list(check_manners(draft.posts[0], draft, {}))) + len(check_thread(draft, [], {}, ["a b c d"])) < 2_000
print("done")
"""


def holds(text: str) -> None:
    draft = Draft(slug="x", language="en", posts=(Post(text=text, line=9, media=(Media(path="a.png", alt=text),)),))
    found = [(one.at, one.words, one.fix) for one in check_manners(draft.posts[0], draft, {})]
    for at, words, fix in (
        *found,
        *((one.at, one.words, one.fix) for one in check_thread(draft, [], {}, ["big news"])),
    ):
        assert at is not None
        assert 0 <= at <= len(text)
        assert fix is None or text[at : at + len(words)] == words


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_words_of_a_fix_stand_where_it_says(text: str) -> None:
    holds(text)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(TEXTS)
def test_the_words_of_a_fix_stand_where_it_says_at_length(text: str) -> None:
    holds(text)


def stays_mended(text: str) -> None:
    assert [(one.check, one.words) for one in told(mended(mended(text))) if one.fix is not None] == []


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_what_was_mended_needs_no_mending(text: str) -> None:
    stays_mended(text)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(TEXTS)
def test_what_was_mended_needs_no_mending_at_length(text: str) -> None:
    stays_mended(text)


def run(size: int, *bits: str) -> str:
    """What a process of 20 seconds says that looks at so much of each."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(size), *bits],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)),
    )
    return done.stdout + done.stderr


def test_hostile_text_costs_no_more_than_its_length() -> None:
    assert run(30_000, *HOSTILE) == "done\n"


@pytest.mark.nightly
@pytest.mark.parametrize("bit", HOSTILE)
def test_much_hostile_text_costs_no_more_than_its_length(bit: str) -> None:
    assert run(1_000_000, bit) == "done\n"
