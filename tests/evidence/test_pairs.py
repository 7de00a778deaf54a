"""Folders of pairs are read as a project reads its sources, and a slip in them is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.models import quotation_hash
from tests.evidence.pairs import Pair, pairs_in

CALL = """\
# Call with Ines

Builds take 9 minutes now.

[off the record] We fired the vendor. [/off the record]
They took 40.
"""
HEAD = 'source = "sources/call.md"\nlanguage = "en"\nfounder = "Ines Abreu"\n'
PAIR = """
[[pair]]
id = "call-01"
kind = "unit"
lines = "L3; L5-L6"
clean = "Builds: 9 minutes."
corrupted = "Builds: 9 seconds."
why = "the source says minutes"
"""


def folder_of(here: Path, pairs: str, name: str = "call.toml") -> Path:
    (here / "sources").mkdir(exist_ok=True)
    (here / "sources/call.md").write_text(CALL, "utf-8")
    (here / name).write_text(pairs, "utf-8")
    return here


def only_pair(here: Path) -> Pair:
    [pair] = pairs_in(folder_of(here, HEAD + PAIR))
    return pair


def test_a_pair_has_what_its_file_says(tmp_path: Path) -> None:
    pair = only_pair(tmp_path)
    said = (pair.id, pair.kind, pair.language, pair.founder, pair.clean, pair.corrupted, pair.why, pair.place)
    assert said == (
        *("call-01", "unit", "en", "Ines Abreu", "Builds: 9 minutes.", "Builds: 9 seconds."),
        *("the source says minutes", "call.toml:5"),
    )


def test_the_source_is_read_as_a_project_reads_it(tmp_path: Path) -> None:
    assert "fired" not in "\n".join(only_pair(tmp_path).source.lines)


def test_the_evidence_has_the_hash_of_its_lines(tmp_path: Path) -> None:
    first, second = only_pair(tmp_path).cited
    assert str(first) == f"sources/call.md#L3 sha:{quotation_hash('Builds take 9 minutes now.')}"
    assert (second.first, second.last) == (5, 6)


def test_a_draft_of_a_pair_is_one_post_in_the_name_of_the_founder(tmp_path: Path) -> None:
    pair = only_pair(tmp_path)
    draft = pair.draft(pair.corrupted)
    assert [post.text for post in draft.posts] == ["Builds: 9 seconds."]
    assert draft.posts[0].evidence == pair.cited
    assert (draft.founder, draft.language, draft.sources) == ("Ines Abreu", "en", ("sources/call.md",))


def test_files_of_one_folder_may_share_a_source(tmp_path: Path) -> None:
    folder_of(tmp_path, HEAD + PAIR)
    first, second = pairs_in(folder_of(tmp_path, HEAD + PAIR.replace("call-01", "call-02"), "more.toml"))
    assert first.source is second.source


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (HEAD + PAIR + PAIR, "call.toml:13: 'call-01' is the id of call.toml:5 too"),
        (HEAD + PAIR.replace("unit", "units"), "call.toml:5: call-01: no kind 'units'"),
        (HEAD + PAIR.replace("L3;", "L9;"), "call.toml:5: call-01: sources/call.md has no L9"),
        (HEAD + PAIR.replace("L5-L6", "L6-L5"), "call.toml:5: call-01: sources/call.md has no L6-L5"),
        (HEAD + PAIR.replace("L3;", "L4;"), "call.toml:5: call-01: L4 of sources/call.md say nothing"),
        (HEAD + PAIR.replace("L3;", "3;"), "call.toml:5: call-01: '3' are no lines"),
        (HEAD + PAIR.replace("seconds", "minutes"), "call.toml:5: call-01: both posts say the same"),
        (HEAD + PAIR.replace("why", "reason"), "call.toml:5: call-01: no key 'reason'"),
        (HEAD + PAIR.replace('why = "the source says minutes"', ""), "call.toml:5: call-01: 'why' must be text"),
        (HEAD + PAIR.replace('id = "call-01"', ""), "call.toml:5: a pair without an id: 'id' must be text"),
        (HEAD.replace('"en"', '"fr"') + PAIR, "call.toml: no language 'fr'"),
        (HEAD.replace("call.md", "cal.md") + PAIR, "call.toml: there is no sources/cal.md"),
        (HEAD.replace('"Ines Abreu"', "3") + PAIR, "call.toml: 'founder' must be text"),
        (HEAD + PAIR.replace("[[pair]]", "[[pairs]]"), "call.toml: no key 'pairs'"),
        (HEAD + PAIR.replace('"unit"', "unit"), "call.toml: Invalid value (at line 7, column 8)"),
    ],
)
def test_a_slip_is_told_with_its_place(tmp_path: Path, pairs: str, message: str) -> None:
    with pytest.raises(ContentError) as told:
        pairs_in(folder_of(tmp_path, pairs))
    assert told.value.message == message
    assert told.value.hint


def test_a_folder_without_pairs_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no pairs are here"):
        pairs_in(tmp_path)
