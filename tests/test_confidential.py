"""Names that no model may see and nobody may publish."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.confidential import (
    Confidential,
    is_veiled,
    load_confidential,
    parse_confidential,
    recalls_placeholder,
)
from contentkit.errors import ContentError
from contentkit.models import Link, Passage, Source

LISTED = Confidential([["Acme Corp", "Acme"], ["Nightjar"], ["IBM"], ["東京計画"], ["Ana Öztürk"], ["Jo van Quenvar"]])

HELD = [
    "We met Acme Corp today.",
    "we met ACME   CORP",
    "Acme\nCorp said yes",
    "AcmeCorp",
    "the NightjarClient of ours",
    "a myNightjarThing",
    "acme-corp",
    "acme_corp_client",
    "Ac-\nme",
    "A\u00adcme",
    "Á\u200bcmé",
    "Аcmе",
    "ＡＣＭＥ",
    "𝐀𝐜𝐦𝐞",
    "pre-Acme era",
    "Acme's plan",
    "Acme’s plan",
    "the Nightjars",
    "Night-jar",
    "«Acme», they said",
    "@acmecorp",
    "@acmehq",
    "@teamacme",
    "#AcmeCorpRocks",
    "#acme",
    "https://www.acme-corp.example/blog",
    "https://example.org/acme%20corp",
    "ceo@acmecorp.example",
    "ask ana_ozturk",
    "Ana Ozturk",
    "看東京計画了",
    "@ibm",
    "IBM's",
    "N1ghtjar",
    "n1gh7j4r",
    "4cme Corp",
    "https://example.org/%4E%69ghtjar",
    "%4Eightjar",
    "https://example.org/%C3%96zt%C3%BCrk-ana",
    "Night&#106;ar",
    "Night&#x6A;ar",
    "mynightjar",
    "nightjarclient",
    "Nightjarian",
    "the Nightjarians",
    "myacmecorpclient",
    "Corp, Acme",
    "Öztürk, Ana",
    "A. Öztürk",
    "A. Ozturk's",
    "A.Öztürk",
    "Quenvar, Jo van",
    "J. V. Quenvar",
]
FREE = [
    "acmeology is a science",
    "the night jar",
    "the submarine",
    "@ibmish",
    "an a priori argument",
    "Ana left, and Öztürk stayed",
    "東京の計画",
    "pacme",
    "",
    "a priori, Öztürk said",
    "B. Öztürk",
    "A. Corp",
    "a nightmare, not a jar",
    "100% of 4cm wide",
    "IBMish ibmers",
]


@pytest.mark.parametrize("text", HELD)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert LISTED.is_named_in(text)
    veiled = LISTED.veil(text)
    assert is_veiled(veiled)
    assert not LISTED.is_named_in(veiled)


@pytest.mark.parametrize("text", FREE)
def test_other_words_are_left_alone(text: str) -> None:
    assert LISTED.names_in(text) == []
    assert LISTED.veil(text) == text


def test_the_place_of_a_name_is_exact_with_its_accents_and_without_what_follows() -> None:
    text = "So e\u0301 Acme\u0301's « Acme   CORP »."
    assert [text[start:end] for start, end in LISTED.names_in(text)] == ["Acme\u0301", "Acme   CORP"]


def test_the_longest_name_is_taken_and_its_spellings_are_one_name() -> None:
    assert LISTED.veil("Nightjar, Acme Corp, Acme and Nightjar") == "[NAME_1], [NAME_2], [NAME_2] and [NAME_1]"


def test_two_names_in_one_handle_are_both_taken() -> None:
    assert LISTED.veil("@acmenightjaracme") == "@[NAME_1][NAME_2][NAME_1]"


def test_line_ends_within_a_name_stay() -> None:
    assert LISTED.veil("We met Acme\n\nCorp today").count("\n") == 2


@pytest.mark.parametrize("text", ["[NAME_1]", "name_1", "[name 1]", "(Name)", "⟦NAME 1⟧", "NAME-12 said"])
def test_what_a_model_makes_of_a_placeholder_is_told(text: str) -> None:
    assert recalls_placeholder(f"We work with {text} now")


def test_a_name_that_somebody_says_is_no_placeholder() -> None:
    assert not recalls_placeholder("They name 10 reasons, and the name (ours) is new")


SOURCE = Source(
    path="notes/call.md",
    kind="note",
    lines=("# Acme and us", "", "We met **Ac**me [there](https://acme.example/x), Nightjar is on.", "Fine."),
    passages=(
        Passage(kind="heading", text="Acme and us", first=1, last=1, level=1),
        Passage(
            kind="paragraph",
            text="We met Acme there, Nightjar is on. Fine.",
            first=3,
            last=4,
            speaker="Ana Öztürk",
            links=(
                Link(text="there", url="https://acme.example/x", line=3),
                Link(text="Acme", url="https://example.org", line=3),
            ),
        ),
        Passage(kind="image", text="", target="img/acme.png", first=4, last=4),
    ),
    title="Acme and us",
    description="How Nightjar came",
    author="Ana Öztürk",
    link="https://example.org/acme",
    site_path="/acme",
    tags=("acme", "queues"),
)


def said_of(source: Source) -> str:
    """All that a source says beside its lines."""
    said = (source.title, source.description, source.author, source.link, source.site_path, source.tags)
    return repr((said, source.passages))


def test_a_veiled_source_says_no_name_beside_its_lines() -> None:
    veiled = LISTED.veiled(SOURCE)
    assert not LISTED.is_named_in(said_of(veiled))
    assert veiled.lines == SOURCE.lines
    assert veiled.evidence(3, 4) == SOURCE.evidence(3, 4)
    assert veiled.title == "[NAME_1] and us"
    assert veiled.tags == ("queues",)
    assert (veiled.link, veiled.site_path, veiled.passages[2].target) == ("", "", "")
    assert veiled.passages[1].links == (Link(text="[NAME_1]", url="https://example.org", line=3),)


def test_a_wholly_veiled_source_holds_no_name_in_its_lines_either() -> None:
    veiled = LISTED.wholly_veiled(SOURCE)
    assert veiled.lines == (
        "# [NAME_1] and us",
        "",
        "We met **[NAME_1] [there](https://[NAME_1].example/x), [NAME_2] is on.",
        "Fine.",
    )


def test_lines_in_which_a_name_cannot_be_found_whole_are_not_kept() -> None:
    source = Source(
        path="call.vtt",
        kind="transcript",
        lines=("We met Acme", "", "00:01.000 --> 00:02.000", "Corp in the rain.", "", "Fine."),
        passages=(Passage(kind="turn", text="We met Acme Corp in the rain.", first=1, last=4),),
    )
    listed = Confidential([["Acme Corp"]])
    assert listed.wholly_veiled(source).lines == ("", "", "", "", "", "Fine.")


def test_lines_of_which_each_name_was_found_keep_their_other_words() -> None:
    source = Source(
        path="n.md",
        kind="note",
        lines=("We met Acme", "Corp in the rain."),
        passages=(Passage(kind="paragraph", text="We met Acme Corp in the rain.", first=1, last=2),),
    )
    assert LISTED.wholly_veiled(source).lines == ("We met [NAME_1]", " in the rain.")


def test_veiling_twice_changes_nothing_more() -> None:
    once = LISTED.veiled(SOURCE)
    assert LISTED.veiled(once) == once


def test_without_names_nothing_is_copied_or_changed() -> None:
    assert Confidential().veiled(SOURCE) is SOURCE
    assert Confidential().wholly_veiled(SOURCE) is SOURCE
    assert not Confidential()


def test_it_shows_nothing_of_itself() -> None:
    assert repr(LISTED) == str(LISTED) == "<Confidential>"
    with pytest.raises(TypeError, match="never stored"):
        pickle.dumps(LISTED)


def test_a_list_has_one_name_a_line_with_other_spellings_and_remarks() -> None:
    listed = parse_confidential(
        b"\xef\xbb\xbf# customers\r\nAcme Corp | Acme, AC-1  # until spring\r\n\r\n  Nightjar\nTorres, Ana\n"
    )
    assert listed.veil("Acme, AC-1, Nightjar; Torres Ana") == "[NAME_1], [NAME_1], [NAME_2]; [NAME_3]"
    assert not listed.is_named_in("customers until spring, Ana alone")


def test_a_number_sign_may_be_part_of_a_name() -> None:
    assert parse_confidential(b"Project #7\n").is_named_in("so project #7 it is")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"Acme\nx\n", "confidential.txt:2: one letter would be found everywhere"),
        (b"Acme\n\nThe\n", "confidential.txt:3: so common a word would be found everywhere"),
        (b"Acme | we\n", "confidential.txt:1: so common a word"),
        (b"12\n", "confidential.txt:1: so common a word"),
        (b"...\n", "confidential.txt:1: this is no name"),
        (b"y" * 300, "confidential.txt:1: this is no name"),
        (b"Acme\nCaf\xe9\n", "confidential.txt:2: not UTF-8 text"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_by_its_number_and_not_by_its_words(data: bytes, message: str) -> None:
    with pytest.raises(ContentError) as refused:
        parse_confidential(data)
    assert refused.value.message.startswith(message)
    assert refused.value.hint
    assert not re.search(r"Acme|Caf|yyy", refused.value.words)


def test_where_there_is_no_list_there_are_no_names(tmp_path: Path) -> None:
    assert not load_confidential(tmp_path)


def test_a_list_that_cannot_be_read_is_an_error_and_never_an_empty_list(tmp_path: Path) -> None:
    listed = tmp_path / "confidential.txt"
    listed.symlink_to(tmp_path / "gone.txt")
    with pytest.raises(ContentError, match=r"confidential\.txt: cannot be read"):
        load_confidential(tmp_path)
    listed.unlink()
    os.mkfifo(listed)
    with pytest.raises(ContentError, match=r"confidential\.txt: is no plain file"):
        load_confidential(tmp_path)
    listed.unlink()
    listed.mkdir()
    with pytest.raises(ContentError, match=r"confidential\.txt: (?:is no plain file|cannot be read)"):
        load_confidential(tmp_path)
    listed.rmdir()
    listed.write_bytes(b"Acme\n" * 60_000)
    with pytest.raises(ContentError, match="larger than 256 KiB"):
        load_confidential(tmp_path)


LETTERS = st.text("abcdeé -.'\n@#/АВС\u200b", max_size=40)


@given(LETTERS, LETTERS)
@settings(max_examples=300, deadline=None)
def test_a_name_put_between_any_words_is_found_and_nothing_else_is_lost(before: str, after: str) -> None:
    listed = Confidential([["Zyxwv Utsr"]])
    veiled = listed.veil(f"{before} Zyxwv Utsr {after}")
    assert "[NAME_1]" in veiled
    assert veiled.split("[NAME_1]")[0] == f"{before} "
    assert veiled.endswith(f" {after}")


@given(st.text(max_size=60), st.lists(st.text("abc -", min_size=2, max_size=5), max_size=4))
@settings(max_examples=300, deadline=None)
def test_nothing_is_left_to_be_found_in_a_veiled_text(text: str, names: list[str]) -> None:
    listed = Confidential([[name] for name in names])
    assert not listed.is_named_in(listed.veil(text))


@pytest.mark.nightly
@given(st.text("abc nme1-_[]@.\n\u200b", max_size=60), st.lists(st.text("abcnm -", min_size=2, max_size=6), max_size=5))
@settings(max_examples=50_000, deadline=None)
def test_nothing_is_ever_left_to_be_found_in_a_veiled_text(text: str, names: list[str]) -> None:
    listed = Confidential([[name] for name in names if name.strip(" -") not in ("name", "")])
    assert not listed.is_named_in(listed.veil(text))


HOSTILE = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from contentkit.confidential import Confidential
listed = Confidential([[f"Name{n} Corp{n * 7}"] for n in range(5000)])
for text in ("n" * 200_000, "n " * 100_000, "@" + "name" * 40_000, "[" * 200_000, "-\\n" * 100_000, "name1 " * 30_000):
    listed.veil(text)
print("answered")
"""


def test_five_thousand_names_and_hostile_texts_are_answered() -> None:
    done = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=False)
    assert done.stdout == "answered\n", done.stderr


@pytest.mark.parametrize(("name", "text"), [("Chase", "we purchase it"), ("Signal", "a signalling pathway")])
def test_an_everyday_word_as_a_name_is_not_looked_for_within_words(name: str, text: str) -> None:
    assert not Confidential([[name]]).names_in(text)


def test_the_place_of_a_name_in_escapes_is_all_of_them() -> None:
    text = "see %4Eightja%72, Night&#106;ar. N1ghtjar!"

    assert [text[start:end] for start, end in LISTED.names_in(text)] == ["%4Eightja%72", "Night&#106;ar", "N1ghtjar"]
