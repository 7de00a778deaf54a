"""A calendar that is kept is the calendar that was read, and nothing else is ever taken for it."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from random import Random

import pytest

from contentkit.calendar.entries import Calendar, parse_calendar
from contentkit.calendar.kept import load_kept_calendar
from contentkit.errors import ContentError
from contentkit.models import Lateness

ACCOUNTS = ("ana-mastodon", "ana-x")
NAME = "calendar.yaml"
WHOLE = """\
version: 1
timezone: America/Mexico_City
slots:
  morning: {days: [mon, wed], time: "09:30", accounts: [ana-mastodon, ana-x], capacity: 2, spread: 20m}
  sunday: {days: [sun], time: "18:00", accounts: ana-x, timezone: Europe/Madrid}
blackout:
  - {from: 2026-12-24, to: 2027-01-01, why: holidays}
quiet:
  - {from: "22:00", to: "07:00", days: [fri, sat], accounts: [ana-x], why: people sleep}
gap: {ana-x: 2h}
entries:
  - id: launch
    draft: drafts/launch.md
    at: 2026-11-24 09:30
    accounts: [ana-mastodon, ana-x]
    campaign: launch
    late: post within 90m
    when: {url: https://example.org/launch, contains: Lañzamiento 🚀}
    approved: {by: founder, at: 2026-11-22T18:04:00+02:00, digest: "sha256:9f2c", clone: "5e0c"}
  - {id: skipped, draft: drafts/a.md, at: 2027-03-28 02:30, timezone: Europe/Madrid, accounts: ana-x, warning: ""}
  - {id: twice, draft: drafts/a.md, at: "2027-10-31 02:30:15", timezone: Europe/Madrid, accounts: ana-x, late: hold}
  - {id: offset, draft: drafts/a.md, at: 2026-11-24 09:30-0800, accounts: ana-x, after: launch, paused: legal reads it}
  - {id: quiet, draft: drafts/a.md, at: 2026-11-25 09:30, accounts: ana-x, slot: morning, visibility: unlisted, paused: true}
"""
# What people change in a calendar, right and wrong.
_EDITS = (
    ("09:30", "10:45"), ("2026-11-24", "2027-03-28"), ("Europe/Madrid", "Asia/Kathmandu"), ("[mon, wed]", "[tue]"),
    ("paused: true", "paused: false"), ("post within 90m", "next slot"), ("holidays", "fête"), ("2h", "90m"),
    ("  - {id: skipped", "  # a remark\n  - {id: skipped"), ("launch.md", "launched.md"), (", contains: Lañzamiento 🚀", ""),
    ("unlisted", "private"), ("warning: \"\"", "warning: x"), ("gap: {ana-x: 2h}", "gap: 3h"), ("America/Mexico_City", "UTC"),
    ("accounts: ana-x", "accounts: nobody"), ("version: 1", "version: 2"), ("entries:", "entrys:"),
)  # fmt: skip


class Reader:
    """Reads the calendar of one folder, and keeps it beside, however short it is."""

    def __init__(self, folder: Path) -> None:
        self.file, self.kept = folder / NAME, folder / "kept" / "one.json"

    def read(self, accounts: tuple[str, ...] = ACCOUNTS, late: Lateness | None = None, worth: int = 0) -> Calendar:
        return load_kept_calendar(self.kept, self.file, NAME, accounts, late or Lateness(), worth=worth)

    def write(self, text: str) -> None:
        self.file.write_bytes(text.encode())


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    reader = Reader(tmp_path)
    reader.write(WHOLE)
    return reader


def outcome(read: object) -> str:
    """What reading gives, with each field of each value, or what is wrong with the file."""
    assert callable(read)
    try:
        return repr(read())
    except ContentError as error:
        return f"{error.message} ({error.hint})"


def test_what_is_kept_is_what_was_read(reader: Reader) -> None:
    first, written = reader.read(), reader.kept.read_bytes()
    again = reader.read()
    assert again == first == parse_calendar(WHOLE, NAME, ACCOUNTS)
    assert (repr(again), again.text) == (repr(first), WHOLE)
    assert reader.kept.read_bytes() == written


def test_what_is_kept_is_used(reader: Reader) -> None:
    reader.read()
    of, _, words = reader.kept.read_bytes().split(b"\n", 2)
    other = words.replace(b"drafts/launch.md", b"drafts/mark.md")
    reader.kept.write_bytes(b"\n".join((of, hashlib.sha256(other).hexdigest().encode(), other)))
    assert reader.read().entry("launch").draft == "drafts/mark.md"


@pytest.mark.parametrize("seed", range(40))
def test_after_any_edit_it_is_what_the_file_says(reader: Reader, seed: int) -> None:
    random, text = Random(seed), WHOLE
    for _ in range(6):
        old, new = random.choice(_EDITS)
        places = [place for place in range(len(text)) if text.startswith(old, place)]
        if places:
            place = random.choice(places)
            text = text[:place] + new + text[place + len(old) :]
        if random.random() < 0.3:
            text = WHOLE
        reader.write(text)
        plain = outcome(lambda text=text: parse_calendar(text, NAME, ACCOUNTS))
        assert outcome(reader.read) == plain
        assert outcome(reader.read) == plain


def test_other_settings_are_another_calendar(reader: Reader) -> None:
    reader.read()
    hold, more = Lateness(policy="hold"), (*ACCOUNTS, "ana-y")
    assert reader.read(late=hold) == parse_calendar(WHOLE, NAME, ACCOUNTS, hold)
    assert reader.read(accounts=more) == parse_calendar(WHOLE, NAME, more)
    with pytest.raises(ContentError):
        reader.read(accounts=("ana-x",))


@pytest.mark.parametrize("seed", range(60))
def test_what_is_broken_counts_as_nothing(reader: Reader, seed: int) -> None:
    random, plain = Random(seed), reader.read()
    data = bytearray(reader.kept.read_bytes())
    match seed % 4:
        case 0:
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        case 1:
            del data[random.randrange(len(data)) :]
        case 2:
            data = bytearray(random.randbytes(random.randrange(300)))
        case _:
            of, _, _ = bytes(data).split(b"\n", 2)
            words = random.choice(
                [b"[]", b"{}", b"[" * 100_000, b'{"timezone": 5}', b'{"timezone": "UTC", "entries": [{}]}', b"\xff"]
            )
            data = bytearray(b"\n".join((of, hashlib.sha256(words).hexdigest().encode(), words)))
    reader.kept.write_bytes(bytes(data))
    assert reader.read() == plain
    assert repr(reader.read()) == repr(plain)


def test_it_is_for_its_owner_only(reader: Reader) -> None:
    reader.read()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (reader.kept.parent, reader.kept)]
    assert modes == [0o700, 0o600]


def test_where_nothing_can_be_kept_the_file_is_read(reader: Reader) -> None:
    reader.kept.mkdir(parents=True)
    assert reader.read() == reader.read() == parse_calendar(WHOLE, NAME, ACCOUNTS)
    reader.kept.rmdir()
    reader.kept.parent.rmdir()
    reader.kept.parent.write_text("no folder")
    assert reader.read() == parse_calendar(WHOLE, NAME, ACCOUNTS)


def test_a_short_calendar_is_not_kept(reader: Reader) -> None:
    reader.read(worth=len(WHOLE.encode()) + 1)
    assert not reader.kept.parent.exists()
