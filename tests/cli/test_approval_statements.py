"""The one form of a signed statement: what is read is what would be written, and a name never leads out of its folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.cli.approving.ssh import key_in
from contentkit.cli.approving.statements import Statement, file_of, is_principal, named, read, signature_of, written
from contentkit.errors import ContentError

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
APPROVAL = Statement(
    what="approve", project="our-posts", entry="launch", by="ana@example.org", at=AT, digest=f"sha256:{'0' * 64}"
)
REVOCATION = Statement(what="revoke", project="our-posts", entry="launch", by="ana@example.org", at=AT)
WORDS = json.loads(written(APPROVAL))


def one_line(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize("statement", [APPROVAL, REVOCATION])
def test_what_is_written_is_read(statement: Statement) -> None:
    assert read(written(statement)) == statement


@pytest.mark.parametrize(
    "data",
    [
        json.dumps(WORDS, sort_keys=True, indent=1).encode() + b"\n",
        one_line(WORDS) + b"\n",
        one_line(WORDS).rstrip(),
        one_line(WORDS).replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + one_line(WORDS),
        one_line({**WORDS, "by": "ana@example.org\nben@example.org"}),
        one_line({**WORDS, "entry": "../launch"}),
        one_line({**WORDS, "entry": "launch/../other"}),
        one_line({**WORDS, "entry": "la\nunch"}),
        one_line({**WORDS, "entry": "Launch"}),
        one_line({**WORDS, "what": "both"}),
        one_line({**WORDS, "what": "revoke"}),
        one_line({**WORDS, "version": True}),
        one_line({**WORDS, "version": 2}),
        one_line({**WORDS, "digest": ""}),
        one_line({**WORDS, "digest": f"sha256:{'A' * 64}"}),
        one_line({**WORDS, "more": "x"}),
        one_line({key: value for key, value in WORDS.items() if key != "by"}),
        one_line({**WORDS, "at": "2026-11-20"}),
        one_line({**WORDS, "at": "2026-11-24T09:30:00+00:00"}),
        one_line({**WORDS, "at": "9999-12-31T23:59:59-23:59"}),
        one_line({**WORDS, "at": 5}),
        one_line([WORDS]),
        b'{"what":"approve",' + one_line(WORDS)[1:],
        b"[" * 4000,
        b"1" * 4000,
        b"\xff\xfe",
        b"",
        one_line(WORDS) + b" " * 5000,
    ],
)
def test_any_other_form_is_refused(data: bytes) -> None:
    with pytest.raises(ContentError):
        read(data)


@pytest.mark.parametrize(
    "name",
    ["../ana", "a/b", ".ana", "ana.revoked", "a\nb", "*", "-ana", "", "a" * 101, "a..b", "ana.", "ána", "a b", "!a"],
)
def test_nobody_signs_under_a_name_that_could_lead_elsewhere_or_mean_several(name: str) -> None:
    assert not is_principal(name)
    with pytest.raises(ValueError, match="launch"):
        file_of("approve", "launch", name)


@pytest.mark.parametrize("what", ["approve", "revoke"])
@pytest.mark.parametrize("name", ["ana", "ana@example.org", "Ana+x@example.org", "revoked", "a.b.json"])
def test_the_name_of_a_file_says_what_is_in_it(what: str, name: str) -> None:
    file = file_of(what, "launch", name)  # type: ignore[arg-type]
    assert named(PurePosixPath(file).name) == (what, name)
    assert signature_of(file) == f"{file[:-5]}.sig"


def reads_or_refuses(data: bytes) -> None:
    try:
        statement = read(data)
    except ContentError:
        return
    assert written(statement) == data


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A statement with some of its bytes replaced, taken out or doubled."""
    data = bytearray(written(draw(st.sampled_from([APPROVAL, REVOCATION]))))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(data) - 1))
        data[place : place + draw(st.integers(0, 2))] = draw(st.binary(max_size=2))
    return bytes(data)


@settings(max_examples=300, deadline=None)
@given(mutated() | st.binary(max_size=200))
def test_bytes_are_one_statement_or_none(data: bytes) -> None:
    reads_or_refuses(data)


@pytest.mark.nightly
@settings(max_examples=50_000, deadline=None)
@given(mutated() | st.binary(max_size=200))
def test_bytes_are_one_statement_or_none_at_length(data: bytes) -> None:
    reads_or_refuses(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_a_damaged_signature_names_a_key_or_none(data: bytes) -> None:
    assert isinstance(key_in(b"-----BEGIN SSH SIGNATURE-----\n" + data), bytes)
