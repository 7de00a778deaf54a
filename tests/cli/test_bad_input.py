"""What people and disks do to a project: one message with its place and remedy, exit 1 or 2, nothing half-written."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.shell import DRAFT, NOTE, PARTS, Ran, Shell, entry, time_in


def told(ran: Ran) -> tuple[str, str]:
    """The message and the hint: one of each, and nothing on stdout."""
    assert ran.out == ""
    lines = ran.err.splitlines()
    assert len(lines) == 2, ran.err
    assert lines[0].startswith("contentkit: ")
    assert lines[1].startswith("  ")
    return lines[0].removeprefix("contentkit: "), lines[1].strip()


SOURCES = [
    (b"", "notes/bad.md: is empty"),
    (b" \n\t\n", "notes/bad.md: is empty"),
    (b"\x00\x01\x02 words", "notes/bad.md: is binary, not text"),
    (b"%PDF-1.7 words", "notes/bad.md: looks like a PDF, not text"),
    ("A note.\n\nCafé in Latin-1.\n".encode("latin-1"), "notes/bad.md:3: not UTF-8 text"),
    (b"[off the record]\nAll of it.\n[/off the record]\n", "notes/bad.md: nothing on the record is left"),
    (b"OTR: all of it, to the end.\n", "notes/bad.md: nothing on the record is left"),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("content", "message"), SOURCES)
@pytest.mark.parametrize("command", ["ingest", "draft"])
def test_a_source_that_cannot_be_read_is_refused(shell: Shell, command: str, content: bytes, message: str) -> None:
    shell.write("notes/bad.md", content)
    before = shell.files()
    ran = shell.run(command, "notes/bad.md")
    assert ran.code == 1
    assert told(ran)[0] == message
    assert shell.files() == before


@pytest.mark.parametrize("command", ["ingest", "draft"])
def test_a_dangling_link_and_a_missing_file_are_no_sources(shell: Shell, command: str) -> None:
    (shell.project / "notes/lost.md").symlink_to("nowhere.md")
    before = shell.files()
    for name, message in (
        ("notes/lost.md", "notes/lost.md: there is no such file"),
        ("notes/cal.md", "notes/cal.md: there is no such file"),
        ("notes/call.md/x", "notes/call.md/x: there is no such file"),
    ):
        ran = shell.run(command, name)
        assert ran.code == 1
        assert told(ran)[0] == message
    assert shell.files() == before


def test_no_draft_is_made_of_a_whole_folder_or_of_several_files(shell: Shell) -> None:
    shell.write("notes/other.md", NOTE)
    before = shell.files()
    for name, message in (("notes", "notes: is a folder"), ("notes/*.md", "'notes/*.md' names 2 files")):
        ran = shell.run("draft", name)
        assert (ran.code, told(ran)[0]) == (2, message)
    assert shell.files() == before


def test_one_missing_source_among_several_is_told_and_the_others_are_read(shell: Shell) -> None:
    ran = shell.run("ingest", "notes/missing.md", "notes/call.md")
    assert (ran.code, [row[0] for row in ran.rows]) == (1, ["source", "notes/call.md"])
    assert "notes/missing.md: there is no such file" in ran.err


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_end_are_read_with_the_same_lines(shell: Shell, newline: str) -> None:
    shell.write("notes/odd.md", b"\xef\xbb\xbf" + NOTE.replace("\n", newline).encode())
    plain, odd = shell.run("ingest", "notes/call.md", "notes/odd.md", "--json").json
    assert odd["passages"] == plain["passages"]
    assert odd["digest"] == plain["digest"]


def test_a_draft_of_that_name_is_never_written_over(shell: Shell) -> None:
    before = shell.files()
    ran = shell.run("draft", "notes/call.md", "--slug", "launch")
    assert ran.code == 2
    hint = "name another: --slug launch-2; or draft it anew: contentkit draft drafts/launch.md --again"
    assert told(ran) == ("drafts/launch.md exists already", hint)
    assert shell.files() == before


def test_not_even_a_dangling_link_of_that_name_is_written_through(shell: Shell) -> None:
    (shell.project / "drafts/new.md").symlink_to(shell.home / "elsewhere.md")
    assert shell.run("draft", "notes/call.md", "--slug", "new").code == 2
    assert not (shell.home / "elsewhere.md").exists()


@pytest.mark.parametrize("slug", ["../up", "a/b", "Über uns", ".hidden", "a b"])
def test_a_slug_is_a_plain_file_name(shell: Shell, slug: str) -> None:
    before = shell.files()
    ran = shell.run("draft", "notes/call.md", "--slug", slug)
    assert ran.code == 2
    assert "is no file name for a draft" in told(ran)[0]
    assert shell.files() == before


AT = "2026-11-24 09:30"
ENTRY = f'{{id: a, draft: drafts/launch.md, at: "{AT}", accounts: [try]'
CALENDARS = [
    (f"{ENTRY}}}\n  - {ENTRY}}}", "calendar.yaml:5:10: the entry 'a' stands here twice", "the first is on line 4"),
    (ENTRY.replace("try", "tri") + "}", "calendar.yaml:4:73: no account 'tri'", "did you mean 'try'?"),
    (f"{ENTRY}, acounts: []}}", "calendar.yaml:4:79: an entry has no key 'acounts'", "did you mean 'accounts'?"),
    (f"{ENTRY}, timezone: Europe/Madird}}", "there is no time zone 'Europe/Madird'", "did you mean 'Europe/Madrid'?"),
    (ENTRY.replace("09:30", "25:30") + "}", "there is no time 25:30", "hours go from 00 to 23"),
    (f"{ENTRY}", "calendar.yaml:4:5: these braces are never closed, or lack a comma", "close them"),
]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("calendar", "message", "hint"), CALENDARS)
def test_a_calendar_that_cannot_be_read_is_refused_with_its_line(
    shell: Shell, calendar: str, message: str, hint: str
) -> None:
    shell.enter(calendar)
    before = shell.files()
    for command in (["queue"], ["approve", "a", "--yes"], ["schedule", "launch", "--at", "tomorrow 09:30"]):
        ran = shell.run(*command)
        assert ran.code == 1
        assert message in told(ran)[0]
        assert hint in told(ran)[1]
    assert shell.files() == before


def test_a_bad_zone_of_the_calendar_is_refused_with_its_line(shell: Shell) -> None:
    shell.write("calendar.yaml", "version: 1\ntimezone: Europa/Madrid\nentries: []\n")
    ran = shell.run("queue")
    assert (ran.code, told(ran)[0]) == (1, "calendar.yaml:2:11: there is no time zone 'Europa/Madrid'")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("contentkit.toml", b"version = 1\nproject = 'x'\ncolour = 'red'\n", "contentkit.toml:3: this file has no key"),
        ("contentkit.toml", "version = 1\n# añadido\n".encode("latin-1"), "contentkit.toml:2: not UTF-8 text"),
        ("contentkit.toml", b"\x00", "contentkit.toml:1: "),
        ("calendar.yaml", b"", "calendar.yaml:1:1: the calendar is empty"),
        ("calendar.yaml", b"\x00\x01", "calendar.yaml:1:1: the character U+0000"),
        ("people.yaml", b"version: 1\npeople: {ana: {consnt: never}}\n", "people.yaml:2:16: 'ana' has no key 'consnt'"),
        ("drafts/launch.md", b"", "drafts/launch.md: the draft is empty"),
        ("drafts/launch.md", b"no front matter\n", "drafts/launch.md:1: a draft starts with front matter"),
        ("drafts/launch.md", b"\xff\xfe\x00", "drafts/launch.md:1: not UTF-8 text"),
    ],
)
def test_a_file_of_the_project_that_cannot_be_used_is_named(
    shell: Shell, name: str, content: bytes, message: str
) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    shell.write(name, content)
    before = shell.files()
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 1
    assert told(ran)[0].startswith(message)
    assert shell.files() == before


def test_an_entry_whose_draft_is_missing_is_refused_and_shown_in_the_queue(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1), draft="drafts/lanch.md"))
    for command in ("approve", "preview"):
        ran = shell.run(command, "launch", *(["--yes"] if command == "approve" else []))
        assert ran.code == 1
        assert told(ran) == (
            "calendar.yaml:4: entry 'launch': there is no draft drafts/lanch.md",
            "did you mean 'drafts/launch.md'?",
        )
    assert shell.run("queue").rows[1][5] == "there is no draft drafts/lanch.md"


@pytest.mark.parametrize("command", ["approve", "preview", "check"])
def test_a_name_that_is_nothing_gets_the_nearest_one(shell: Shell, command: str) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    ran = shell.run(command, "lanch", *(["--yes"] if command == "approve" else []))
    assert ran.code in (1, 2)
    assert "'lanch'" in told(ran)[0]
    assert told(ran)[1] == "did you mean 'launch'?"


def test_a_time_that_is_past_cannot_be_scheduled_or_approved(shell: Shell) -> None:
    before = shell.files()
    ran = shell.run("schedule", "launch", "--at", "2020-01-01 10:00")
    assert ran.code == 2
    assert "is past" in told(ran)[0]
    assert shell.files() == before
    shell.enter(entry("launch", at="2020-01-01 10:00"))
    before = shell.files()
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 1
    assert told(ran)[0].startswith("calendar.yaml:4: entry 'launch': was due Wed 1 Jan 10:00 UTC, ")
    assert shell.files() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--at", "someday"), "cannot read the time 'someday'"),
        (("--at", "2026-02-30 10:00"), "there is no day 2026-02-30"),
        (("--at", "tomorrow 09:30", "--account", "tri"), "contentkit.toml: no account 'tri'"),
        (("--at", "tomorrow 09:30", "--id", "Not An Id"), "'Not An Id' cannot be an id"),
        (("--at", "tomorrow 09:30", "--late", "whenever"), "cannot read the lateness 'whenever'"),
    ],
)
def test_schedule_refuses_what_the_calendar_could_not_hold(
    shell: Shell, arguments: tuple[str, ...], message: str
) -> None:
    before = shell.files()
    ran = shell.run("schedule", "launch", *arguments)
    assert ran.code in (1, 2)
    assert told(ran)[0] == message
    assert shell.files() == before


def test_an_id_that_is_taken_is_refused(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    before = shell.files()
    ran = shell.run("schedule", "launch", "--at", "tomorrow 09:30", "--id", "launch")
    assert ran.code == 1
    assert "there is an entry 'launch' already" in told(ran)[0]
    assert shell.files() == before


def test_an_account_that_left_the_settings_is_named_where_the_calendar_has_it(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    shell.write(
        "contentkit.toml", (shell.project / "contentkit.toml").read_text().replace("accounts.try", "accounts.tri")
    )
    ran = shell.run("queue")
    assert (ran.code, told(ran)[1]) == (1, "did you mean 'tri'?")
    ran = shell.run("post")
    assert ran.code == 4
    assert "launch 1/3 on try: PAUSED: calendar.yaml:4:" in ran.out


def test_without_a_calendar_file_the_way_to_one_is_told_and_works(shell: Shell) -> None:
    (shell.project / "calendar.yaml").unlink()
    ran = shell.run("queue")
    assert (ran.code, told(ran)) == (1, ("calendar.yaml: there is no such file", "start one with 'contentkit init'"))
    assert shell.run("init").code == 0
    assert shell.run("queue").code == 0


@pytest.mark.parametrize("place", ["drafts", "notes/../contentkit.db"])
def test_where_nothing_can_be_written_the_draft_is_refused_and_nothing_is_left(shell: Shell, place: str) -> None:
    """As the superuser may write anywhere, a file stands where the folder should be, and a folder for the file."""
    if place == "drafts":
        (shell.project / "drafts/launch.md").unlink()
        (shell.project / "drafts").rmdir()
        shell.write("drafts", "not a folder")
    else:
        (shell.project / "contentkit.db").mkdir()
    ran = shell.run("draft", "notes/call.md")
    assert ran.code == 1
    assert told(ran)[0].startswith(("contentkit.db: is no plain file", f"{shell.project}/drafts: cannot be made"))
    drafts = shell.project / "drafts"
    assert drafts.is_file() or [path.name for path in drafts.iterdir()] == ["launch.md"]


def test_a_state_folder_that_cannot_be_made_stops_the_approval_before_anything_is_written(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(days=1)))
    (shell.home / "state").write_text("not a folder")
    before = shell.files()
    ran = shell.run("approve", "launch", "--yes")
    assert ran.code == 1
    assert "contentkit/our-posts: cannot be used: Not a directory" in told(ran)[0]
    assert shell.files() == before


@pytest.mark.parametrize("command", ["ingest notes/call.md", "draft notes/call.md"])
def test_a_database_of_a_newer_contentkit_is_left_alone(shell: Shell, command: str) -> None:
    with closing(sqlite3.connect(shell.project / "contentkit.db")) as database:
        database.execute("PRAGMA user_version = 99")
    before = shell.files()
    ran = shell.run(*command.split())
    assert ran.code == 1
    assert told(ran)[0].startswith("contentkit.db: written by a newer contentkit (format 99")
    assert told(ran)[1] == "update contentkit"
    assert shell.files() == before


@pytest.mark.parametrize("command", ["post", "queue", "status", "approve launch --yes", "stop"])
def test_a_journal_of_a_newer_contentkit_is_left_alone_and_nothing_is_sent(shell: Shell, command: str) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    assert shell.run("approve", "launch", "--yes").code == 0
    with closing(sqlite3.connect(shell.state / "journal.db")) as journal:
        journal.execute("PRAGMA user_version = 99")
    before = (shell.state / "journal.db").read_bytes()
    ran = shell.run(*command.split())
    assert ran.code == 1
    assert "journal.db: written by a newer contentkit (format 99" in told(ran)[0]
    assert told(ran)[1] == "update contentkit"
    assert (shell.state / "journal.db").read_bytes() == before
    assert not (shell.state / "try.console.jsonl").exists()


def test_a_journal_that_is_no_database_is_told_with_the_way_out(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    (shell.state / "journal.db").write_bytes(b"no database at all, only words\n" * 300)
    ran = shell.run("post")
    assert ran.code == 1
    assert "journal.db: cannot be used" in told(ran)[0]
    assert "contentkit takeover" in told(ran)[1]


@pytest.mark.parametrize("command", ["post", "queue", "status", "approve launch --yes"])
def test_a_damaged_journal_sends_nothing_and_is_told_with_the_way_out(shell: Shell, command: str) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    journal = shell.state / "journal.db"
    journal.write_bytes(journal.read_bytes()[:8192] + b"\xa5" * (journal.stat().st_size - 8192))
    ran = shell.run(*command.split())
    assert ran.code == 1
    assert "journal.db: cannot be used: database disk image is malformed" in told(ran)[0]
    assert "contentkit takeover" in told(ran)[1]
    assert not (shell.state / "try.console.jsonl").exists()


def test_an_approval_written_by_hand_or_copied_posts_nothing(shell: Shell) -> None:
    at = time_in(seconds=-60)
    shell.enter(entry("launch", at=at))
    assert shell.run("approve", "launch", "--yes", "--by", "root").code == 0
    copied = (shell.project / "calendar.yaml").read_text().partition("approved: ")[2].partition("}")[0] + "}"
    by_hand = 'approved: {by: founder, at: 2026-11-22T18:04:00Z, digest: "sha256:9f2c"}'
    shell.enter(
        entry("again", at=at, more=f"approved: {copied}"),
        entry("hand", at=at, more=by_hand),
    )
    ran = shell.run("post", "--json")
    assert [(one["kind"], one["entry"]) for one in ran.json] == [
        ("unapproved", "again"),
        ("unapproved", "hand"),
        ("skipped", "launch"),
    ]
    assert (ran.code, shell.run("post").out) == (4, "")
    assert not (shell.state / "try.console.jsonl").exists()
    told_of = [row[4:6] for row in shell.run("queue").rows[1:]]
    assert told_of == [["-", f"to approve here: the calendar says that {by} did"] for by in ("root", "founder")]


def test_an_approval_of_another_machine_posts_nothing(shell: Shell) -> None:
    """A journal that somebody wrote into, with a seal that this machine did not make."""
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    with closing(sqlite3.connect(shell.state / "journal.db")) as journal, journal:
        journal.execute("UPDATE approvals SET approved_by = 'somebody else'")
    ran = shell.run("post")
    assert ran.code == 4
    assert "the approval was not made on this machine" in ran.out
    assert not (shell.state / "try.console.jsonl").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (DRAFT.replace("threw", "tossed").encode(), "edited after the approval"),
    ],
)
def test_a_draft_edited_after_the_approval_is_held_not_sent(shell: Shell, content: bytes, reason: str) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    shell.write("drafts/launch.md", content)
    ran = shell.run("post")
    assert ran.code == 4
    assert "launch 1/3 on try: HELD" in ran.out
    assert reason in ran.out
    assert ran.err == "Somebody has to look: contentkit status\n"
    assert (shell.run("post").code, shell.run("status").code) == (0, 4)
    assert not (shell.state / "try.console.jsonl").exists()


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "there is no draft drafts/launch.md"), (b"\xff", "not UTF-8 text")]
)
def test_a_draft_that_cannot_be_read_is_told_once_and_waited_for(
    shell: Shell, content: bytes | None, reason: str
) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    (shell.project / "drafts/launch.md").unlink()
    if content:
        shell.write("drafts/launch.md", content)
    ran = shell.run("post")
    assert (ran.code, reason in ran.out) == (4, True)
    assert (shell.run("post").code, shell.run("status").code) == (0, 4)
    assert not (shell.state / "try.console.jsonl").exists()
    shell.write("drafts/launch.md", DRAFT)
    assert [one["kind"] for one in shell.run("post", "--json").json] == ["sent"] * 3


def test_after_the_words_are_back_the_thread_is_published_as_it_was_approved(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    shell.run("approve", "launch", "--yes")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")
    shell.write("drafts/launch.md", DRAFT)
    assert shell.run("resolve", "launch", "--again").code == 0
    assert [outcome["text"] for outcome in shell.run("post", "--json").json] == PARTS
