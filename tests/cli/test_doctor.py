from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.cli.doctor.machine import about_sqlite
from contentkit.cli.doctor.places import about_place, synchronised_by
from contentkit.disks import file_system_of, refuse_network
from contentkit.errors import StateError
from tests.cli.shell import CONFIG, DRAFT, Ran, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer

# A journal in memory is something to be told.
pytestmark = pytest.mark.on_disk

FORMAT_1 = Path(__file__).parents[1] / "publishing" / "journals" / "format-1.sql"
LINUX = r"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
23 22 0:40 / /home/ana/with\040space rw - nfs4 server:/export rw
24 22 0:41 / /home/ana/cloud rw,nosuid shared:5 - fuse.rclone remote: rw
25 22 0:42 / /run rw - tmpfs tmpfs rw,size=1024k
26 22 0:43 / /home/ana/vault rw - fuse.gocryptfs /home/ana/.vault rw
"""
MACOS = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//ana@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by ana)
"""


def told(ran: Ran, *levels: str) -> list[tuple[str, str]]:
    """What each line of one of these levels is about, and what it says; without levels, all that is not ok."""
    wanted = levels or ("warning", "error")
    return [(about, f"{what} | {remedy}") for level, about, what, remedy in ran.rows if level in wanted]


def only(ran: Ran) -> tuple[str, str]:
    """The one thing that is not ok."""
    [one] = told(ran)
    return one


def approve(shell: Shell, at: str = "", accounts: str = "try") -> None:
    shell.enter(entry("launch", at=at or time_in(hours=5), accounts=accounts))
    ran = shell.run("approve", "launch", "--yes", "--by", "Ana")
    assert ran.code == 0, ran


def state_files(shell: Shell) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in shell.state.iterdir()} if shell.state.exists() else {}


def test_a_sound_project_is_all_well_and_nothing_is_changed_by_looking(shell: Shell) -> None:
    before = shell.files()
    ran = shell.run("doctor")
    assert (ran.code, told(ran), ran.err) == (0, [], "All is well.\n")
    assert (shell.files(), (shell.home / "state").exists()) == (before, False)
    approve(shell, time_in(seconds=-60))
    shell.run("post")
    before, state = shell.files(), state_files(shell)
    ran = shell.run("doctor", "--online")
    assert (ran.code, told(ran)) == (0, [])
    assert "this machine is the publisher; its last post was now" in ran.out
    assert (shell.files(), state_files(shell)) == (before, state)


def test_the_findings_are_values_for_a_program(shell: Shell) -> None:
    found = shell.run("doctor", "--json").json
    assert {frozenset(one) for one in found} == {frozenset(("level", "about", "what", "remedy"))}
    assert {one["about"] for one in found} >= {
        "Python", "SQLite", "time zones", "project", "people", "calendar", "git", "state folder", "journal", "clock", "database",
        "drafter", "account try",
    }  # fmt: skip


def test_a_terminal_of_80_columns_shows_what_to_do_below_what_is_wrong(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    ran = shell.run_in_terminal("doctor")
    assert ran.code == 1
    lines = [line.replace("\x1b[2m", "") for line in ran.out.splitlines()]
    assert any("contentkit accounts add ours" in line for line in lines)
    assert ran.err == "1 error\n"


def test_outside_of_a_project_the_machine_is_looked_at_all_the_same(shell: Shell) -> None:
    ran = shell.at(shell.home).run("doctor")
    assert (ran.code, only(ran)[0]) == (1, "project")
    assert "contentkit init" in only(ran)[1]


@pytest.mark.parametrize(
    ("name", "content", "about", "words"),
    [
        ("contentkit.toml", "version = 1\n", "project", "contentkit.toml"),
        ("people.yaml", "version: 2\n", "people", "people.yaml"),
        ("calendar.yaml", "version: 1\nentries: 5\n", "calendar", "calendar.yaml"),
        ("calendar.yaml", b"\xff", "calendar", "not UTF-8"),
    ],
)
def test_a_file_that_does_not_parse_is_told_and_the_rest_is_looked_at(
    shell: Shell, name: str, content: str | bytes, about: str, words: str
) -> None:
    shell.write(name, content)
    ran = shell.run("doctor")
    assert ran.code == 1
    assert only(ran)[0] == about
    assert words in only(ran)[1]
    assert "SQLite" in ran.out


def test_the_draft_of_an_entry_to_come_must_be_there_that_of_an_old_one_need_not(shell: Shell) -> None:
    gone = "drafts/gone.md"
    shell.enter(entry("old", at="2020-01-01 09:30", draft=gone))
    assert shell.run("doctor").code == 0
    shell.enter(entry("new", at=time_in(hours=1), draft=gone))
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0]) == (1, "drafts")
    assert "there is no draft drafts/gone.md" in only(ran)[1]


def test_the_pictures_of_an_entry_to_come_must_be_there(shell: Shell) -> None:
    shell.write("drafts/launch.md", DRAFT + "\n![A chart of many colours](images/none.png)\n")
    shell.enter(entry("new", at=time_in(hours=1)))
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0]) == (1, "drafts")
    assert "drafts/launch.md: drafts/images/none.png" in only(ran)[1]


# -- git


def git(shell: Shell, *words: str) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    assert shell.ran(["git", *identity, *words], {"GIT_CONFIG_NOSYSTEM": "1"}).code == 0


def into_git(shell: Shell, ignored: str = "contentkit.db*\n") -> None:
    shell.write(".gitignore", ignored)
    git(shell, "init", "--quiet")
    git(shell, "add", "--all")


def test_what_git_must_and_must_not_hold(shell: Shell) -> None:
    into_git(shell)
    assert shell.run("doctor").code == 0
    shell.write(".gitignore", "*.jsonl\n")
    shell.write("secrets.toml", "")
    ran = shell.run("doctor")
    assert ran.code == 4
    assert [what.partition(" | ")[0] for _, what in told(ran)] == [
        "git does not ignore contentkit.db, contentkit.db-wal, contentkit.db-shm",
        "git does not ignore secrets.toml",
        "git ignores receipts.jsonl: no other machine learns what was published",
    ]
    git(shell, "add", "secrets.toml")
    ran = shell.run("doctor")
    assert (ran.code, told(ran, "error")[0][1].startswith("secrets.toml is in git | git rm --cached")) == (1, True)


@pytest.mark.parametrize(
    "line",
    [
        "token = 'abcdefghijklmnopqrstuvwx0'",
        'MY_API_KEY="abcdefghijklmnopqrstuvwx0"',
        "key: sk-abcdefghijklmnopqrstuvwx0",
    ],
)
def test_what_looks_like_a_secret_in_git_is_told_by_its_place_and_never_repeated(shell: Shell, line: str) -> None:
    shell.write("notes/keys.md", f"# Keys\n\n{line}\n")
    into_git(shell)
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[1].startswith("notes/keys.md:3: looks like a secret")) == (4, True)
    assert "abcdefghij" not in ran.out + ran.err


def test_a_secret_of_ours_in_git_is_found_whatever_it_looks_like(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    shell.write("notes/call.md", "my words are horse-battery\n")
    into_git(shell)
    variables = {"CONTENTKIT_OURS_TOKEN": "horse-battery"}
    ran = shell.run("doctor", variables=variables)
    assert ran.code == 1
    assert (
        "git",
        "notes/call.md: holds a secret of account 'ours' | take it out, and renew it: contentkit accounts add ours",
    ) in told(ran)
    assert "horse-battery" not in ran.out + ran.err
    git(shell, "rm", "--quiet", "--cached", "notes/call.md")
    assert shell.run("doctor", variables=variables).code == 4


def test_the_files_beside_the_database_hold_its_rows_and_belong_in_git_as_little(shell: Shell) -> None:
    shell.write("contentkit.db-wal", b"rows")
    into_git(shell, "contentkit.db\n")
    ran = shell.run("doctor")
    remedy = "git rm --cached contentkit.db-wal, and ignore it"
    assert only(ran) == ("git", f"contentkit.db-wal is in git | {remedy}")
    git(shell, "rm", "--quiet", "--cached", "contentkit.db-wal")
    assert "git does not ignore contentkit.db-wal, contentkit.db-shm | " in only(shell.run("doctor"))[1]


def test_git_gets_no_token_of_the_environment(shell: Shell) -> None:
    seen, folder = shell.home / "seen", shell.home / "bin"
    folder.mkdir()
    (folder / "git").write_text(
        f'#!/bin/sh\nenv >> {seen}\nexec /usr/bin/env PATH=/usr/local/bin:/usr/bin:/bin git "$@"\n'
    )
    (folder / "git").chmod(0o755)
    into_git(shell)
    variables = {
        "CONTENTKIT_OURS_TOKEN": "horse-battery",
        "OPENAI_API_KEY": "horse-battery",
        "PATH": f"{folder}:/usr/bin:/bin",
    }
    shell.run("doctor", variables=variables)
    shell.enter(entry("launch", at=time_in(hours=2)))
    shell.run("approve", "launch", "--yes", variables=variables)
    assert seen.read_text().count("PATH=") >= 3
    assert "horse" not in seen.read_text()


def test_a_project_that_is_not_in_git_is_no_fault(shell: Shell) -> None:
    assert "the project is not in git" in shell.run("doctor").out
    assert "not looked at: git is not installed" in shell.run("doctor", variables={"PATH": "/nowhere"}).out


# -- the machine


@pytest.mark.parametrize(
    ("version", "threads", "level"),
    [
        ((3, 34, 1), 3, "error"),
        ((3, 40, 1), 0, "warning"),
        ((3, 40, 1), 3, "ok"),
        ((3, 51, 3), 3, "ok"),
    ],
)
def test_an_sqlite_is_told_to_be_too_old_or_without_threads(version: tuple[int, ...], threads: int, level: str) -> None:
    assert about_sqlite(version, threads).level == level


@pytest.mark.parametrize(
    ("version", "faulty"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 9), True),
        ((3, 50, 7), False),
        ((3, 51, 3), False),
    ],
)
def test_the_fault_of_write_ahead_logs_is_told_where_it_is_not_mended(version: tuple[int, ...], faulty: bool) -> None:
    assert ("rare fault" in about_sqlite(version, 3).what) is faulty


@pytest.mark.parametrize(
    ("folder", "mounts", "kind"),
    [
        ("/var/lib", LINUX, "ext4"),
        ("/home/ana/with space/state", LINUX, "nfs4"),
        ("/home/ana/with space2", LINUX, "ext4"),
        ("/home/ana/cloud", LINUX, "fuse.rclone"),
        ("/Volumes/share/x", MACOS, "smbfs"),
        ("/Users/ana", MACOS, "apfs"),
        ("/anywhere", "", ""),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_nearest_mount(folder: str, mounts: str, kind: str) -> None:
    assert file_system_of(Path(folder), mounts) == kind


@pytest.mark.parametrize(
    ("folder", "levels"),
    [
        ("/var/lib", []),
        ("/home/ana/with space/state", ["error"]),
        ("/home/ana/cloud", ["error"]),
        ("/home/ana/vault", ["warning"]),
        ("/run/state", ["warning"]),
        ("/home/ana/Dropbox/state", ["error"]),
        ("/home/ana/OneDrive - Work/state", ["error"]),
        ("/home/ana/Library/Mobile Documents/x", ["error"]),
        ("/home/ana/dropped", []),
    ],
)
def test_a_journal_belongs_on_a_local_disk_in_a_folder_of_its_own(folder: str, levels: list[str]) -> None:
    assert [one.level for one in about_place("state folder", Path(folder), LINUX)] == levels


@pytest.mark.parametrize(
    ("folder", "mounts", "refused"),
    [
        ("/var/lib", LINUX, False),
        ("/home/ana/with space/state", LINUX, True),
        ("/home/ana/cloud/state", LINUX, True),
        ("/home/ana/vault", LINUX, False),
        ("/run/state", LINUX, False),
        ("/Volumes/share/state", MACOS, True),
        ("/Users/ana", MACOS, False),
        ("/anywhere", "", False),
    ],
)
def test_no_journal_is_opened_on_a_disk_of_the_network(folder: str, mounts: str, refused: bool) -> None:
    if refused:
        with pytest.raises(StateError, match="network file system") as caught:
            refuse_network(Path(folder), mounts)
        assert "XDG_STATE_HOME" in caught.value.hint
    else:
        refuse_network(Path(folder), mounts)


def test_a_synchronised_folder_is_known_by_what_its_program_leaves_there(tmp_path: Path) -> None:
    assert synchronised_by(tmp_path / "a/b") == ""
    (tmp_path / ".stfolder").mkdir()
    assert synchronised_by(tmp_path / "a/b") == str(tmp_path / ".stfolder")


def test_a_state_folder_behind_a_link_is_looked_at_where_it_really_lies(shell: Shell) -> None:
    (shell.home / "Dropbox").mkdir()
    (shell.home / "state").symlink_to(shell.home / "Dropbox")
    ran = shell.run("doctor")
    assert (ran.code, "synchronised folder (Dropbox)" in only(ran)[1]) == (1, True)


def test_a_state_folder_in_the_project_is_told(shell: Shell) -> None:
    ran = shell.run("doctor", variables={"XDG_STATE_HOME": str(shell.project / "state")})
    assert (ran.code, "lies in the project" in only(ran)[1]) == (1, True)


def test_a_state_folder_that_others_can_look_into_is_told_and_left_as_it_is(shell: Shell) -> None:
    approve(shell)
    shell.state.chmod(0o755)
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0]) == (4, "state folder")
    assert stat.S_IMODE(shell.state.stat().st_mode) == 0o755


def test_a_clock_that_is_behind_what_happened_is_told(shell: Shell) -> None:
    os.utime(shell.project / "contentkit.toml", (4e9, 4e9))
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0], "contentkit.toml was written at 2096" in only(ran)[1]) == (4, "clock", True)


# -- the journal


def test_what_stands_in_the_way_of_publishing_is_told(shell: Shell) -> None:
    approve(shell)
    shell.run("stop", "--reason", "wrong figures")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    ran = shell.run("doctor")
    assert ran.code == 4
    [stopped, void] = told(ran)
    assert "wrong figures | contentkit start" in stopped[1]
    assert void == ("approvals", "launch on try will not go out: edited since its approval | contentkit approve launch")


def test_an_entry_that_cannot_be_read_is_told_once_and_not_to_be_approved_as_it_is(shell: Shell) -> None:
    more = '[accounts.far]\nplatform = "console"\n'
    shell.write("contentkit.toml", f"{CONFIG}\n{more}")
    shell.enter(entry("launch", at=time_in(days=1), accounts="try, far"))
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    shell.write("drafts/launch.md", DRAFT.replace("title:", "langauge: en\ntitle:"))
    [finding] = [what for about, what in told(shell.run("doctor")) if about == "approvals"]
    assert finding.startswith("launch will not go out: drafts/launch.md:3:1: ")
    assert finding.endswith(" | mend that: the approval may hold then")


def test_what_is_held_and_an_account_in_trouble_are_told(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    approve(shell, time_in(seconds=-60), accounts="try, ours")
    shell.run("post")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    ran = shell.run("doctor")
    assert ("account ours", "has no token") in [(about, what[15:27]) for about, what in told(ran, "warning")]
    shell.enter(entry("second", at=time_in(seconds=-60)))
    shell.run("approve", "second", "--yes")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "left"))
    shell.run("post")
    assert ("publishing", "1 thread is held or in doubt | contentkit status") in told(shell.run("doctor"))


def test_a_seal_key_that_is_gone_is_told_and_not_made_anew(shell: Shell) -> None:
    approve(shell)
    (shell.state / "seal.key").unlink()
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0], "seal.key is gone" in only(ran)[1]) == (1, "approvals", True)
    assert not (shell.state / "seal.key").exists()


def damage(shell: Shell) -> None:
    path = shell.state / "journal.db"
    path.write_bytes(path.read_bytes()[:8192] + b"\xa5" * (path.stat().st_size - 8192))


def damage_a_page_that_is_seldom_read(shell: Shell) -> None:
    path = shell.state / "journal.db"
    with closing(sqlite3.connect(path)) as journal:
        [size] = journal.execute("PRAGMA page_size").fetchone()
        [page] = journal.execute("SELECT rootpage FROM sqlite_master WHERE name = 'notices'").fetchone()
    content = path.read_bytes()
    path.write_bytes(content[: (page - 1) * size] + b"\xa5" * size + content[page * size :])


def replace_by_words(shell: Shell) -> None:
    (shell.state / "journal.db").write_bytes(b"no database at all\n" * 500)


def lose(shell: Shell) -> None:
    (shell.state / "journal.db").unlink()


def lose_everything(shell: Shell) -> None:
    shutil.rmtree(shell.state)


def put_an_empty_one_in_its_place(shell: Shell) -> None:
    lose(shell)
    shell.enter()
    shell.run("queue")


def forget_epoch(shell: Shell) -> None:
    (shell.state / "epoch.json").unlink()


def make_newer(shell: Shell) -> None:
    with closing(sqlite3.connect(shell.state / "journal.db")) as journal:
        journal.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (damage, "malformed"),
        (damage_a_page_that_is_seldom_read, "is damaged: "),
        (replace_by_words, "not a database"),
        (lose, "the journal was lost"),
        (put_an_empty_one_in_its_place, "a new, empty one stands in its place"),
        (lose_everything, "but the journal is not in"),
        (forget_epoch, "restored from an older copy"),
        (make_newer, "written by a newer contentkit"),
    ],
)
def test_a_journal_that_cannot_be_trusted_is_told_with_the_way_out_and_left_alone(
    shell: Shell, harm: object, words: str
) -> None:
    approve(shell)
    assert callable(harm)
    harm(shell)
    before = state_files(shell)
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0], words in only(ran)[1]) == (1, "journal", True)
    assert ("takeover" in only(ran)[1]) is (harm is not make_newer)
    assert state_files(shell) == before


def make_older(shell: Shell) -> None:
    """A journal of this machine as it was before parts had pictures."""
    path = shell.state / "journal.db"
    with closing(sqlite3.connect(path)) as now:
        facts = now.execute("SELECT value, key FROM meta").fetchall()
    path.write_bytes(b"")
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.executescript(FORMAT_1.read_text())
        old.executemany("UPDATE meta SET value = ? WHERE key = ?", facts)


def test_a_journal_of_an_older_format_is_told_left_alone_and_brought_up_to_date_by_the_next_command(
    shell: Shell,
) -> None:
    approve(shell)
    make_older(shell)
    before = state_files(shell)
    ran = shell.run("doctor")
    assert (only(ran)[0], "older contentkit (format 1)" in only(ran)[1]) == ("journal", True)
    assert state_files(shell) == before
    assert shell.run("queue").code == 0
    assert "sound; this machine is the publisher" in shell.run("doctor").out


def test_a_journal_left_in_the_middle_of_a_write_is_told_and_not_repaired(shell: Shell, tmp_path: Path) -> None:
    approve(shell)
    path = shell.state / "journal.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        for number in range(500):
            writer.execute("INSERT INTO meta VALUES (?, ?)", (f"key {number}", "x" * 500))
        for name in ("journal.db", "journal.db-journal"):
            shutil.copy(shell.state / name, tmp_path / name)
        writer.execute("ROLLBACK")
    for name in ("journal.db", "journal.db-journal"):
        shutil.copy(tmp_path / name, shell.state / name)
    ran = shell.run("doctor")
    assert (ran.code, "was killed while it wrote" in only(ran)[1]) == (1, True)
    assert (shell.state / "journal.db-journal").exists()
    assert shell.run("queue").code == 0
    assert shell.run("doctor").code == 0


def test_a_second_publisher_is_told(shell: Shell) -> None:
    approve(shell, time_in(seconds=-60))
    shell.run("post")
    path = shell.project / "receipts.jsonl"
    other = json.loads(path.read_text().splitlines()[0]) | {"journal": "other", "at": "2199-01-01T00:00:00Z"}
    path.write_text(path.read_text() + json.dumps(other) + "\n")
    ran = shell.run("doctor")
    assert (ran.code, [about for about, _ in told(ran)]) == (4, ["journal", "clock"])
    assert "two machines publish this project" in ran.out


def test_a_long_silence_of_cron_is_told_only_while_something_is_planned(shell: Shell) -> None:
    approve(shell)
    assert shell.run("doctor").code == 0
    (shell.state / "publisher.lock").write_text("2026-01-01T00:00:00+00:00")
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0]) == (4, "cron")
    assert "no 'contentkit post' has run for" in only(ran)[1]
    (shell.state / "publisher.lock").write_text("yesterday")
    assert shell.run("doctor").code == 0
    approve(shell, time_in(seconds=-60))
    assert shell.run("post").code == 0
    (shell.state / "publisher.lock").write_text("2026-01-01T00:00:00+00:00")
    assert shell.run("doctor").code == 0


def test_the_database_is_looked_at_and_left_alone(shell: Shell) -> None:
    shell.run("ingest", "notes/call.md")
    before = shell.files()
    assert "contentkit.db is sound" in shell.run("doctor").out
    assert shell.files() == before
    shell.write("contentkit.db", b"no database at all\n" * 100)
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0]) == (1, "database")
    assert "takeover" not in only(ran)[1], "publishing never opens it"
    (shell.project / "contentkit.db").unlink()
    (shell.project / "contentkit.db").symlink_to("notes/call.md")
    assert only(shell.run("doctor")) == (
        "database",
        "contentkit.db: is no plain file | look where it leads, and take it away",
    )


# -- accounts


def test_a_missing_secret_is_an_error_where_posts_go_out_and_fine_at_a_desk(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    ran = shell.run("doctor")
    assert (ran.code, only(ran)) == (
        1,
        ("account ours", "mastodon at http://127.0.0.1:9; secrets: missing: token | contentkit accounts add ours"),
    )
    copy = 'approved: {by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:0", clone: "0123"}'
    shell.enter(entry("launch", at=time_in(hours=1), accounts="ours", more=copy))
    ran = shell.run("doctor")
    assert (ran.code, "the publisher's machine has its secrets" in ran.out) == (0, True)


def test_an_account_that_does_not_say_its_server_is_told(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '[accounts.ours]\nplatform = "mastodon"\nid = "1"\n')
    ran = shell.run("doctor", variables={"CONTENTKIT_OURS_TOKEN": "horse-battery"})
    assert (ran.code, only(ran)[0], "does not say its server" in only(ran)[1]) == (1, "account ours", True)


def test_where_a_secret_is_is_told_and_never_what_it_is(shell: Shell) -> None:
    shell.connect("http://127.0.0.1:9")
    ran = shell.run("doctor", variables={"CONTENTKIT_OURS_TOKEN": "horse-battery"})
    assert (ran.code, "secrets: environment; no id is pinned" in only(ran)[1]) == (4, True)
    secrets = shell.home / "config/contentkit/secrets.toml"
    secrets.parent.mkdir(parents=True)
    secrets.write_text('[ours]\ntoken = "horse-battery"\n')
    secrets.chmod(0o644)
    ran = shell.run("doctor")
    assert (ran.code, "secrets.toml: others can read it | chmod 600" in only(ran)[1]) == (1, True)
    secrets.chmod(0o600)
    ran = shell.run("doctor", "--json")
    assert "secrets: secrets.toml" in ran.out
    assert "horse" not in ran.out


def test_an_account_of_a_platform_that_is_not_installed_hides_no_other(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '[accounts.far]\nplatform = "mastodonn"\n')
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0], "did you mean 'mastodon'?" in only(ran)[1]) == (1, "account far", True)
    assert "account try" in ran.out


def test_a_platform_that_fails_to_load_hides_no_other(shell: Shell) -> None:
    plugin = shell.home / "modules/broken-1.0.dist-info"
    plugin.mkdir(parents=True)
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (plugin / "entry_points.txt").write_text("[contentkit.platforms]\nbroken = nowhere.at_all:Broken\n")
    shell.write(
        "contentkit.toml", CONFIG.replace("[accounts.try]", '[accounts.far]\nplatform = "broken"\n[accounts.try]')
    )
    ran = shell.run("doctor", "--online", variables={"PYTHONPATH": str(plugin.parent)})
    assert (ran.code, only(ran)[0], "broken" in only(ran)[1]) == (1, "account far", True)
    assert "logged in as @try" in ran.out


def test_what_reading_figures_costs_is_told_before_it_costs(shell: Shell) -> None:
    account = '[accounts.bird]\nplatform = "x"\n'
    shell.write("contentkit.toml", CONFIG + account)
    assert "figures are off: reading costs money there" in shell.run("doctor").out
    shell.write("contentkit.toml", CONFIG + account + "[budget]\nreads = 600\n")
    assert "at most $3.00 a month (600 reads); $0.00 so far" in shell.run("doctor").out
    shell.write("contentkit.toml", CONFIG + account + "[budget]\nreads = 1\n")
    assert "a month (1 read); " in shell.run("doctor").out


def test_online_says_who_we_are_and_writes_nothing_down(shell: Shell) -> None:
    with CompatibleServer() as server:
        shell.connect(server.url)
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        before = shell.files()
        ran = shell.run("doctor", "--online", variables=token)
        assert f"(id {server.account_id})" in ran.out
        assert (shell.files(), (shell.home / "state").exists()) == (before, False)
        config = (shell.project / "contentkit.toml").read_text()
        shell.write("contentkit.toml", config.replace("[accounts.ours]", '[accounts.ours]\nid = "1"'))
        ran = shell.run("doctor", "--online", variables=token)
        assert ran.code == 1
        assert only(ran)[1].endswith(f"(id {server.account_id}), not id 1 | contentkit accounts add ours")
        count = len(server.history)
        shell.run("doctor", variables=token)
        assert len(server.history) == count, "without --online no network is asked"


def test_online_compares_also_with_whom_the_journal_has_seen(shell: Shell) -> None:
    with CompatibleServer() as server, CompatibleServer() as other:
        shell.connect(server.url)
        approve(shell, time_in(seconds=-60), "ours")
        assert shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token}).code == 0
        shell.connect(other.url)
        ran = shell.run("doctor", "--online", variables={"CONTENTKIT_OURS_TOKEN": other.token})
        about = [what for _, what in told(ran, "error") if what.startswith("account 'ours'")]
    assert ran.code == 1
    assert about == [
        f"account 'ours': logged in as another account: @tester on {other.url} (id {other.account_id}), "
        f"not id {server.account_id} | contentkit accounts add ours"
    ]


def test_a_network_out_of_reach_hides_no_other_account(shell: Shell) -> None:
    with CompatibleServer() as server:
        url = server.url
    shell.connect(url)
    ran = shell.run("doctor", "--online", variables={"CONTENTKIT_OURS_TOKEN": "x" * 20})
    assert (ran.code, told(ran, "error")[0][0]) == (1, "account ours")
    assert "logged in as @try" in ran.out


def test_a_drafter_that_is_not_installed_is_told(shell: Shell) -> None:
    shell.write("contentkit.toml", CONFIG + '[drafter]\nname = "extractve"\n')
    ran = shell.run("doctor")
    assert (ran.code, only(ran)[0], "did you mean 'extractive'?" in only(ran)[1]) == (1, "drafter", True)


def test_a_check_that_there_is_not_is_told_before_anything_is_checked(shell: Shell) -> None:
    shell.write("contentkit.toml", f'{CONFIG}\n[checks.severity]\nCK321 = "off"\n')
    assert ("checks", "as bad as the project says: CK321 | ") in told(shell.run("doctor"), "ok")
    shell.write("contentkit.toml", f'{CONFIG}\n[checks.severity]\nCK999 = "off"\n')
    about, what = only(shell.run("doctor"))
    assert (about, what.partition(" | ")[0]) == ("checks", "contentkit.toml:8: there is no check CK999")
