"""From a note to an entry: ingest, draft, check, preview, schedule, init."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from tests.cli.shell import CONFIG, DRAFT, NOTE, PARTS, Shell, entry, time_in

INTERVIEW = """# An interview

**Ana Torres:** We rewrote the scheduler, because every team had written the same one before us.

**Ben:** And what did you throw away?

**Ana Torres:** The queue. Each account is a lane of its own now, and nothing waits for a stranger's trouble.
"""


def test_ingest_registers_a_source_once_and_says_so(shell: Shell) -> None:
    first, second = (shell.run("ingest", "notes/call.md") for _ in range(2))
    assert (first.code, second.code) == (0, 0)
    assert first.rows[0] == ["source", "kind", "passages", "words", "off the record", "title"]
    assert first.rows[1][:2] == ["notes/call.md", "note"]
    assert second.rows[1][1] == "note (known)"
    with closing(sqlite3.connect(shell.project / "contentkit.db")) as database:
        assert database.execute("SELECT path FROM sources").fetchall() == [("notes/call.md",)]


def test_what_was_off_the_record_is_in_no_output_and_no_database(shell: Shell) -> None:
    shell.write("notes/call.md", NOTE + "\n[off the record] We were nearly bankrupt. [/off the record]\n")
    said = [shell.run(*command.split()) for command in ("ingest notes/call.md --json", "draft notes/call.md --slug b")]
    [source] = said[0].json
    assert source["redactions"] == 1
    assert set(source) == {
        "path", "original", "copied", "kind", "format", "title", "language", "link", "digest", "state", "new",
        "redactions", "removed", "doubts", "speakers", "passages", "drafts",
    }  # fmt: skip
    assert not [ran for ran in said if "bankrupt" in ran.out + ran.err]
    written = {name: content for name, content in shell.files().items() if name != "notes/call.md"}
    assert not [name for name, content in written.items() if b"bankrupt" in content]


def test_ingest_tells_who_speaks_and_the_command_to_draft_from_one_of_them(shell: Shell) -> None:
    shell.write("notes/interview.md", INTERVIEW)
    ran = shell.run("ingest", "notes/interview.md")
    assert re.match(r"notes/interview\.md: Ana Torres \(\d+ words\), Ben \(\d+ words\)\n", ran.err)
    assert ran.err.endswith("  Draft from one of them: contentkit draft notes/interview.md --speaker 'Ana Torres'\n")


def test_an_interview_without_a_speaker_is_not_guessed_about(shell: Shell) -> None:
    shell.write("notes/interview.md", INTERVIEW)
    before = shell.files()
    ran = shell.run("draft", "notes/interview.md")
    assert ran.code in (1, 2)
    assert "--speaker" in ran.err
    assert "Ana Torres" in ran.err
    assert shell.files() == before
    ran = shell.run("draft", "notes/interview.md", "--speaker", "Ana Torres")
    assert ran.code == 0
    assert "throw away" not in ran.out


def test_who_drafts_a_post_without_a_site_is_told_how_its_thread_gets_a_link(shell: Shell) -> None:
    shell.write("notes/post.md", f"---\ntitle: Lanes\nurl: /blog/lanes.html\n---\n{NOTE}")
    ran = shell.run("draft", "notes/post.md", "--slug", "lanes")
    assert "delete drafts/lanes.md, and draft again with --link URL" in ran.err


def test_a_draft_is_written_shown_with_its_counts_and_passes_its_own_check(shell: Shell) -> None:
    ran = shell.run("draft", "notes/call.md", "--slug", "scheduler")
    assert ran.code == 0
    assert ran.out.startswith("try · console · 3 parts · public · en\n--- 1/")
    assert re.search(r"^--- 1/\d  \d+/500$", ran.out, re.M)
    assert "Wrote drafts/scheduler.md." in ran.err
    assert "least" not in ran.err
    next_steps = (
        "contentkit check drafts/scheduler.md, then contentkit schedule drafts/scheduler.md --at 'tomorrow 09:30'"
    )
    assert f"Next: {next_steps}\n" in ran.err
    assert "evidence: notes/call.md#L" in (shell.project / "drafts/scheduler.md").read_text()
    assert shell.run("check", "scheduler").code == 0


def test_who_drafts_for_several_accounts_is_told_whose_room_was_counted(shell: Shell) -> None:
    more = '[accounts.short]\nplatform = "x"\n\n[accounts.also]\nplatform = "mastodon"\nserver = "https://social.example"\n'
    shell.write("contentkit.toml", f"{CONFIG}\n{more}")
    ran = shell.run("draft", "notes/call.md", "--slug", "lanes")
    assert ran.out.startswith("short · x · ")
    told = "Each post has room on short (280 characters), where there is least. "
    assert told + "'contentkit preview drafts/lanes.md' shows the thread on also, try as well.\n" in ran.err


def test_the_core_gesture_works_where_no_project_is(shell: Shell) -> None:
    folder = shell.home / "elsewhere"
    folder.mkdir()
    (folder / "call.md").write_text(NOTE)
    ran = shell.at(folder).run("draft", "call.md", "--slug", "call")
    assert ran.code == 0
    assert ran.err.endswith("Wrote drafts/call.md. Edit it as you like. Next: contentkit init\n")
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    assert found == ["call.md", "drafts", "drafts/call.md"]


def test_a_draft_made_from_a_subfolder_lands_in_the_projects_drafts(shell: Shell) -> None:
    ran = shell.at(shell.project / "notes").run("draft", "call.md", "--slug", "from-below", "--json")
    assert ran.json["path"] == "drafts/from-below.md"
    assert ran.json["posts"][0]["evidence"][0]["source"] == "notes/call.md"
    assert (shell.project / "drafts/from-below.md").is_file()


def test_check_exits_1_for_errors_with_their_places(shell: Shell) -> None:
    assert shell.run("check").code == 0
    shell.write("drafts/launch.md", DRAFT.replace("Every team", "All 250 teams"))
    ran = shell.run("check")
    assert ran.code == 1
    assert re.match(r"drafts/launch\.md:\d+:\d+: error CK\d{3}: ", ran.out)
    found = shell.run("check", "launch", "--json").json
    assert {"check", "severity", "message", "place", "words", "remedy", "post", "account", "spot"} <= set(found[0])


def test_check_without_drafts_says_so(shell: Shell) -> None:
    (shell.project / "drafts/launch.md").unlink()
    ran = shell.run("check")
    assert (ran.code, ran.out, ran.err) == (0, "", "There is no draft yet.\n")


def test_preview_shows_the_thread_of_an_entry_and_of_a_draft_letter_for_letter(shell: Shell) -> None:
    shell.enter(entry("monday", at=time_in(days=1), more="warning: A scheduler, visibility: unlisted"))
    ran = shell.run("preview", "monday")
    heading, *lines = ran.out.splitlines()
    assert heading.startswith("try · console · 3 parts · unlisted · warning: A scheduler · ")
    assert [line for line in lines if not line.startswith("---")] == PARTS
    assert shell.run("preview", "drafts/launch.md").out.startswith(
        "try · console · 3 parts · public\n--- 1/3  55/500\n"
    )
    shown = shell.run("preview", "launch", "--json").json
    assert [part["text"] for part in shown[0]["parts"]] == PARTS


def test_preview_shows_one_account_when_asked(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    assert len(shell.run("preview", "launch", "--json").json) == 2
    shown = shell.run("preview", "launch", "--account", "ours", "--json").json
    assert [one["account"]["name"] for one in shown] == ["ours"]
    ran = shell.run("preview", "launch", "--account", "our")
    assert (ran.code, "did you mean 'ours'?" in ran.err) == (1, True)


def test_schedule_adds_one_entry_and_says_what_is_next(shell: Shell) -> None:
    shell.write("calendar.yaml", "# ours\nversion: 1\ntimezone: UTC # for all\nentries: []\n")
    ran = shell.run("schedule", "drafts/launch.md", "--at", "tomorrow 09:30")
    assert ran.code == 0
    assert re.fullmatch(r"launch: \w{3} \d+ \w{3} 09:30 UTC \(in \d+ (h|day|days)\) on try\n", ran.out)
    assert ran.err == "Next: contentkit approve launch\n"
    assert (shell.project / "calendar.yaml").read_text().startswith("# ours\nversion: 1\ntimezone: UTC # for all\n")
    assert shell.run("schedule", "launch", "--at", "tomorrow 10:30").out.startswith("launch-2: ")
    assert [row["entry"] for row in shell.run("queue", "--json").json] == ["launch", "launch-2"]


@pytest.mark.parametrize(
    "wanted", [["--account", "ours,try"], ["--account", "ours", "--account", "try"], ["--account", "ours, try,ours"]]
)
def test_accounts_are_named_by_repeating_or_with_commas(shell: Shell, wanted: list[str]) -> None:
    shell.connect("http://127.0.0.1:9")
    ran = shell.run("schedule", "launch", "--at", "in 2 hours", *wanted)
    assert ran.out.endswith(" on ours, try\n")


def test_now_is_a_time_and_a_blackout_is_told(shell: Shell) -> None:
    blackout = "blackout: [{from: 2026-01-01, to: 2199-12-31, why: holidays}]"
    shell.write("calendar.yaml", f"version: 1\ntimezone: UTC\n{blackout}\nentries: []\n")
    ran = shell.run("schedule", "launch", "--at", "now")
    assert ran.code == 0
    assert "launch: lies in a blackout (holidays)\n" in ran.err


@pytest.mark.parametrize(
    ("at", "told", "goes_out"),
    [
        ("2199-03-10 02:30", "the clocks skip 02:30 on this day", "03:30 EDT"),
        ("2199-11-03 01:30", "the clocks show 01:30 twice on this day", "01:30 EDT"),
    ],
)
def test_a_time_in_the_night_of_a_clock_change_is_told(shell: Shell, at: str, told: str, goes_out: str) -> None:
    shell.write("calendar.yaml", "version: 1\ntimezone: America/New_York\nentries: []\n")
    ran = shell.run("schedule", "launch", "--at", at)
    assert ran.code == 0
    assert f" {goes_out} (in " in ran.out
    assert f"launch: {told}: it goes out " in ran.err


def test_a_draft_with_an_odd_name_gets_a_usable_id(shell: Shell) -> None:
    shell.write("drafts/Über uns.md", DRAFT)
    assert shell.run("schedule", "drafts/Über uns.md", "--at", "in 2 hours").out.startswith("uber-uns: ")


def test_init_makes_a_project_that_every_command_can_read(shell: Shell) -> None:
    ran = shell.at(shell.home).run("init", "our new posts", "--timezone", "America/Mexico_City")
    assert ran.code == 0
    assert re.match(r"Project 'our-new-posts-[0-9a-f]{6}' is ready\.\n", ran.out)
    assert "cd 'our new posts' && contentkit draft" in ran.out
    new = shell.at(shell.home / "our new posts")
    for command in ("check", "queue", "status", "post"):
        assert new.run(command).code == 0
    assert "timezone: America/Mexico_City" in (new.here / "calendar.yaml").read_text()
    ignored = (new.here / ".gitignore").read_text().splitlines()
    database = ["contentkit.db", "contentkit.db-wal", "contentkit.db-shm"]
    assert ignored == [*database, "notes/raw/", "confidential.txt", "*.preview.html"]
    assert (new.here / "notes/raw").is_dir()
    assert "notes/raw/ is for " in ran.err


def test_init_lets_git_ignore_in_an_older_project_what_it_did_not_yet(shell: Shell) -> None:
    shell.write(".gitignore", "contentkit.db\n/notes/raw\n*.log")
    shell.run("init")
    assert (shell.project / ".gitignore").read_text() == (
        "contentkit.db\n/notes/raw\n*.log\ncontentkit.db-wal\ncontentkit.db-shm\nconfidential.txt\n*.preview.html\n"
    )


def test_a_second_init_changes_nothing(shell: Shell) -> None:
    shell.run("init")
    before = shell.files()
    ran = shell.run("init")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Project 'our-posts' is ready.")
    assert "contentkit.toml: kept as it is" in ran.err
    assert shell.files() == before
    ran = shell.run("init", "--name", "other")
    assert (ran.code, "there is a project 'our-posts' already" in ran.err) == (2, True)
    assert shell.files() == before


def test_init_refuses_an_unknown_zone_before_anything_is_written(shell: Shell) -> None:
    ran = shell.at(shell.home).run("init", "new", "--timezone", "Europe/Madird")
    assert (ran.code, "did you mean 'Europe/Madrid'?" in ran.err) == (2, True)
    assert not (shell.home / "new").exists()


def test_init_takes_the_machines_zone_and_utc_for_one_that_is_none(shell: Shell) -> None:
    for zone, meant in (("Asia/Tokyo", "Asia/Tokyo"), ("Not/AZone", "")):
        shell.at(shell.home).run("init", meant.replace("/", "-") or "none", variables={"TZ": zone})
        text = (shell.home / (meant.replace("/", "-") or "none") / "calendar.yaml").read_text()
        assert f"timezone: {meant}" in text
        assert "Not/AZone" not in text


def test_one_draft_that_cannot_be_read_does_not_hide_the_others(shell: Shell) -> None:
    shell.write("drafts/aaa.md", "no front matter")
    shell.write("drafts/zzz.md", DRAFT.replace("threw", "tossed 99"))
    ran = shell.run("check", "--json")
    wrong = {one["place"].split(":")[0] for one in ran.json if one["severity"] == "error"}
    assert (ran.code, wrong) == (1, {"drafts/aaa.md", "drafts/zzz.md"})
    assert [one["check"] for one in ran.json if one["place"].startswith("drafts/aaa.md:1")] == ["CK100"]


def test_one_note_that_cannot_be_read_does_not_keep_the_others_out(shell: Shell) -> None:
    shell.write("notes/secret.md", "[off the record] all of it [/off the record]\n")
    ran = shell.run("ingest", "notes/secret.md", "notes/call.md", "--json")
    assert (ran.code, [one["path"] for one in ran.json]) == (1, ["notes/call.md"])
    assert "notes/secret.md: " in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--link", "example.org"], "is not an http(s) address"),
        (["--link", "javascript:alert(1)"], "is not an http(s) address"),
        (["--language", "Klingon!"], "is not the code of a language"),
        (["--speaker", "Nobody"], "nobody is named as a speaker here"),
    ],
)
def test_words_that_mean_nothing_to_draft_are_refused(shell: Shell, words: list[str], told: str) -> None:
    ran = shell.run("draft", "notes/call.md", "--slug", "x", *words)
    assert (ran.code, told in ran.err) == (2, True)
    assert not (shell.project / "drafts/x.md").exists()


def test_schedule_tells_of_a_draft_with_errors(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed 99"))
    ran = shell.run("schedule", "launch", "--at", "in 2 hours")
    assert (ran.code, "launch: the draft has " in ran.err) == (0, True)


def test_a_repeat_is_told_before_it_is_approved_and_a_late_one_says_what_it_waits_for(shell: Shell) -> None:
    shell.enter(entry("launch", at=time_in(minutes=-20)), entry("again", at=time_in(minutes=-19)))
    assert shell.run("approve", "launch", "--yes").code == 0
    assert shell.run("post").code == 0
    ran = shell.run("approve", "again", "--yes")
    assert "again on try: published already as launch, now: console://try/1" in ran.err
    assert shell.run("post").out == ""
    ran = shell.run("post", "--dry-run")
    assert (ran.out, "keeps 30 min from the post before" in ran.err) == ("", True)
    assert any("keeps 30 min" in row[5] for row in shell.run("queue").rows)
