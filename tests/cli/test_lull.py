"""A run of ``post`` that has nothing to do leaves a lull: while it lasts, the next ones look and end. What may matter ends it."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit import __version__
from contentkit.cli.lull import LULL_NAME, lasts
from contentkit.marks import mark_of
from contentkit.publishing.lock import LOCK_NAME, publisher_lock
from contentkit.stamps import moment_of
from contentkit.testing.loopback import Answer, LoopbackServer
from tests.cli.alerting import with_alerts, write_machine
from tests.cli.shell import CONFIG, DRAFT, NOTE, PARTS, Shell, entry, time_in

# Projects that stand still long enough for their files to be known by their marks.
QUIET = 39


def lull_of(shell: Shell) -> Path:
    return shell.state / LULL_NAME


def post(shell: Shell, *words: str, variables: Mapping[str, str] | None = None) -> bool:
    """Whether a silent run of ``post`` did all that it ever did: only then it holds the publisher's lock."""
    before = mark_of(shell.state / LOCK_NAME)
    ran = shell.run(*words, "post", variables=variables)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    return mark_of(shell.state / LOCK_NAME) != before


def is_calm(shell: Shell, **seconds: float) -> bool:
    """Whether a run would only look, now or so many seconds from now."""
    return lasts(str(shell.here), shell.environment(), time.time() + sum(seconds.values()))


def heartbeat(shell: Shell) -> dict[str, object]:
    told: dict[str, object] = json.loads((shell.state / "heartbeat.json").read_bytes())
    return told


def project_in(home: Path) -> Shell:
    shell = Shell(home=home, here=home / "project")
    shell.write("contentkit.toml", CONFIG)
    shell.write("people.yaml", "version: 1\npeople: {}\n")
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", DRAFT)
    return shell


def approve(shell: Shell, name: str, **at: float) -> None:
    entries = [entry("far", at=time_in(days=9)), *([entry(name, at=time_in(**at))] if at else [])]
    shell.enter(*entries)
    ran = shell.run("approve", name, "--yes", "--by", "Ana")
    assert ran.code == 0, ran


def stopped_with_work(shell: Shell) -> None:
    approve(shell, "launch", seconds=-60)
    shell.run("stop")
    shell.run("post")


def strange(shell: Shell) -> None:
    copy = 'approved: {by: Ben, at: 2026-01-01T00:00:00Z, digest: "sha256:12"}'
    shell.enter(entry("far", at=time_in(days=9)), entry("launch", at=time_in(days=1), more=copy))


def signed(shell: Shell) -> None:
    write_machine(shell, '[approval]\ntrust = "signed"\n')
    (shell.home / "config/contentkit/allowed_signers").write_text("")


def pinging(shell: Shell) -> None:
    write_machine(shell, '[alerts]\nping = "http://127.0.0.1:9/k"\n')


def alerting(shell: Shell) -> None:
    with_alerts(shell).ends_with(1)
    approve(shell, "launch", seconds=-60)
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.run("post")


OTHERS = (stopped_with_work, strange, signed, pinging, alerting)


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Shell]]:
    """Projects in which nothing is to do, and others: ready together, so that all of them need one wait."""
    folder = tmp_path_factory.mktemp("lull")
    model = project_in(folder / "model")
    approve(model, "far")
    assert model.run("post").code == 0
    (model.home / "zones").mkdir()
    shutil.copy("/usr/share/zoneinfo/UTC", model.home / "zones/UTC")
    projects = {}
    for name, count in [("quiet", QUIET), *((change.__name__, 1) for change in OTHERS)]:
        homes = [folder / f"{name}-{number}" for number in range(count)]
        projects[name] = [Shell(home=shutil.copytree(model.home, home), here=home / "project") for home in homes]
    for change in OTHERS:
        change(projects[change.__name__][0])
        projects[change.__name__][0].run("post")
    time.sleep(2.1)
    return projects


@pytest.fixture
def quiet(pool: dict[str, list[Shell]]) -> Shell:
    """A project with a lull."""
    shell = pool["quiet"].pop()
    assert post(shell)
    assert lull_of(shell).exists()
    return shell


@pytest.fixture(scope="module")
def standing(pool: dict[str, list[Shell]]) -> tuple[Shell, str]:
    """A project with a lull, and the words of that."""
    shell = pool["quiet"].pop()
    assert post(shell)
    return shell, lull_of(shell).read_text()


@pytest.fixture
def calm(standing: tuple[Shell, str]) -> Iterator[Shell]:
    """A project whose lull, and nothing else, may be written over: it is put back."""
    shell, words = standing
    yield shell
    path = lull_of(shell)
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    path.unlink(missing_ok=True)
    path.write_text(words)
    path.chmod(0o600)
    assert is_calm(shell)


# -- while it lasts


def test_while_nothing_changes_a_run_only_looks(quiet: Shell) -> None:
    assert [post(quiet) for _ in range(2)] == [False, False]
    assert not post(quiet.at(quiet.project / "drafts"))
    assert not post(quiet.at(quiet.home), "-C", "project")
    assert not post(quiet.at(quiet.home), "--project", "project")
    quiet.write("drafts/launch.md", "something else")
    quiet.write("notes/call.md", "something else")
    assert not post(quiet), "nothing of it is looked at before something is due"


def test_each_run_renews_the_heartbeat_and_others_see_it(quiet: Shell) -> None:
    path = quiet.state / "heartbeat.json"
    words = path.read_text().replace(str(heartbeat(quiet)["at"]), "2026-01-01T00:00:00Z")
    path.write_text(words)
    assert not post(quiet)
    at = heartbeat(quiet).pop("at")
    assert path.read_text() == words.replace("2026-01-01T00:00:00Z", str(at))
    assert abs(moment_of(str(at)).timestamp() - time.time()) < 30
    assert "ended now" in quiet.run("status").err


def test_who_looks_whether_cron_comes_sees_the_runs_that_only_looked(quiet: Shell) -> None:
    (quiet.state / LOCK_NAME).write_text("2026-01-01T00:00:00+00:00")
    assert "has run for" not in quiet.run("doctor").out
    (quiet.state / "heartbeat.json").unlink()
    assert "no 'contentkit post' has run for" in quiet.run("doctor").out


def test_it_is_for_its_owner_only_and_short(quiet: Shell) -> None:
    assert lull_of(quiet).stat().st_mode & 0o777 == 0o600
    since, until = map(float, lull_of(quiet).read_text().splitlines()[9].split())
    assert since <= time.time() < until <= since + 15 * 60


# -- what ends it


def edited(shell: Shell) -> None:
    shell.enter(entry("far", at=time_in(days=10)))


def edited_in_the_same_second(shell: Shell) -> None:
    path = shell.project / "calendar.yaml"
    known, words = path.stat(), path.read_text()
    path.write_text(words.replace("accounts: [try]", "accounts: [tri]"))
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert path.stat().st_size == known.st_size
    path.write_text(words)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))


def other_settings(shell: Shell) -> None:
    shell.write("contentkit.toml", f"{CONFIG}\n[publishing]\nsettle = '6m'\n")


def receipts(shell: Shell) -> None:
    shell.write("receipts.jsonl", "")


def machine(shell: Shell) -> None:
    write_machine(shell, "")


def rollback_file(shell: Shell) -> None:
    (shell.state / "journal.db-journal").write_bytes(b"")


def counter(shell: Shell) -> None:
    path = shell.state / "epoch.json"
    path.write_bytes(path.read_bytes())


def alerts(shell: Shell) -> None:
    (shell.state / "alerts.json").write_text("{}")


def sign_ins(shell: Shell) -> None:
    (shell.state / "expiries.json").write_text("{}")


def another_run_began(shell: Shell) -> None:
    (shell.state / LOCK_NAME).write_text("2026-01-01T00:00:00+00:00")


def stopped(shell: Shell) -> None:
    assert shell.run("stop").code == 0


def revoked(shell: Shell) -> None:
    assert shell.run("approve", "far", "--revoke", "--by", "Ana").code == 0


def failed(shell: Shell) -> None:
    path = shell.state / "heartbeat.json"
    path.write_text(path.read_text().replace('"code": 0', '"code": 1'))


def no_heartbeat(shell: Shell) -> None:
    (shell.state / "heartbeat.json").unlink()


def no_room_for_a_heartbeat(shell: Shell) -> None:
    (shell.state / f".heartbeat.json.{threading.get_native_id()}").mkdir()


def beats_tomorrow(shell: Shell) -> None:
    path = shell.state / "heartbeat.json"
    path.write_text(path.read_text().replace(str(heartbeat(shell)["at"]), "2126-01-01T00:00:00Z"))


CHANGES = [
    edited, edited_in_the_same_second, other_settings, receipts, machine, rollback_file, counter, alerts, sign_ins,
    another_run_began, stopped, revoked, failed, no_heartbeat, no_room_for_a_heartbeat, beats_tomorrow,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_may_matter_ends_it(quiet: Shell, change: Callable[[Shell], None]) -> None:
    assert is_calm(quiet)
    change(quiet)
    assert not is_calm(quiet)


def test_a_run_after_its_end_does_everything_and_leaves_another(quiet: Shell) -> None:
    failed(quiet)
    assert [post(quiet) for _ in range(2)] == [True, False]


def test_what_is_approved_and_due_goes_out_at_once(quiet: Shell) -> None:
    approve(quiet, "launch", seconds=-60)
    ran = quiet.run("post")
    assert (ran.code, ran.out.count(": sent: ")) == (0, len(PARTS))


def test_publishing_goes_on_when_it_is_started_again(quiet: Shell) -> None:
    stopped(quiet)
    assert quiet.run("start").code == 0
    assert post(quiet)


def test_a_lost_and_a_restored_journal_are_seen(quiet: Shell) -> None:
    journal = quiet.state / "journal.db"
    older = shutil.copy2(journal, quiet.home / "older.db")
    approve(quiet, "launch", seconds=-60)
    assert quiet.run("post").out.count(": sent: ") == len(PARTS)
    shutil.copy2(older, journal)
    ran = quiet.run("post")
    assert (ran.code, "restored from an older copy" in ran.err) == (1, True)
    journal.unlink()
    assert quiet.run("post").code == 1


def test_a_project_that_appears_nearer_is_another(quiet: Shell) -> None:
    before = heartbeat(quiet)
    quiet.write("drafts/contentkit.toml", CONFIG.replace("our-posts", "others"))
    assert not post(quiet.at(quiet.project / "drafts")), "a project without a journal holds no lock"
    assert heartbeat(quiet) == before


def test_a_folder_of_the_same_name_elsewhere_has_no_part_in_it(quiet: Shell) -> None:
    """Two clones of a project share state and lull."""
    clone = quiet.at(Path(shutil.copytree(quiet.project, quiet.home / "clone")))
    assert post(clone)


def test_other_folders_of_the_user_end_it(quiet: Shell) -> None:
    other = {"XDG_CONFIG_HOME": str(quiet.home / "elsewhere")}
    assert [post(quiet, variables=other) for _ in range(2)] == [True, False], "and that run leaves its own"
    assert post(quiet)


def test_a_token_in_the_environment_that_comes_changes_or_goes_ends_it(quiet: Shell) -> None:
    for token in ("first-token", "other-token"):
        variables = {"CONTENTKIT_OURS_TOKEN": token}
        assert [post(quiet, variables=variables) for _ in range(2)] == [True, False], "what it opens may be tried again"
        assert token not in lull_of(quiet).read_text()
    assert post(quiet)


def test_other_rules_of_a_zone_end_it(quiet: Shell) -> None:
    zones = quiet.home / "zones"
    variables = {"PYTHONTZPATH": str(zones)}
    assert [post(quiet, variables=variables) for _ in range(2)] == [True, False]
    (zones / "UTC").write_bytes((zones / "UTC").read_bytes())
    assert post(quiet, variables=variables)


def line_changed(number: int, old: str, new: str) -> Callable[[Shell], None]:
    """A lull in which a line, by its number, reads otherwise."""

    def change(shell: Shell) -> None:
        lines = lull_of(shell).read_text().splitlines()
        assert old in lines[number]
        lines[number] = lines[number].replace(old, new)
        lull_of(shell).write_text("\n".join(lines))

    return change


def test_a_clock_that_was_set_back_ends_it_and_so_does_time(quiet: Shell) -> None:
    assert not is_calm(quiet, back=-3600)
    assert not is_calm(quiet, ahead=15 * 60)
    assert is_calm(quiet, ahead=13 * 60)
    assert not is_calm(quiet, since_the_last_look=12 * 60)


@pytest.mark.parametrize(
    "change",
    [
        line_changed(0, "lull 2", "lull 1"),
        line_changed(1, __version__, "0.0.9"),
        line_changed(1, sys.version.split()[0], "3.10.1"),
        line_changed(2, " ", "1 "),
        line_changed(-1, "end", ""),
    ],
)
def test_the_lull_of_another_program_is_none(calm: Shell, change: Callable[[Shell], None]) -> None:
    change(calm)
    assert not is_calm(calm)


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)))


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def nonsense_times(path: Path) -> None:
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines[:8], "nan inf", *lines[9:]]))


def endless(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(10**12)


def linked(path: Path) -> None:
    path.rename(path.with_name("there"))
    path.symlink_to("there")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def writable(path: Path) -> None:
    path.chmod(0o666)


@pytest.mark.parametrize(
    "harm",
    [garbage, nothing, nonsense_times, endless, linked, folder, pipe, writable, Path.unlink],
    ids=lambda harm: harm.__name__,
)
def test_what_is_no_lull_is_passed_over(calm: Shell, harm: Callable[[Path], None]) -> None:
    harm(lull_of(calm))
    assert not is_calm(calm)


@pytest.mark.parametrize("harm", [folder, pipe])
def test_what_stands_in_its_place_is_in_nobodys_way(quiet: Shell, harm: Callable[[Path], None]) -> None:
    harm(lull_of(quiet))
    assert post(quiet)


# -- who leaves none


@pytest.mark.parametrize("name", [change.__name__ for change in OTHERS])
def test_where_more_is_to_be_done_than_to_look_there_is_none(pool: dict[str, list[Shell]], name: str) -> None:
    [shell] = pool[name]
    for _ in range(2):
        shell.run("post")
        assert not lull_of(shell).exists()


def test_just_after_a_change_there_is_none(pool: dict[str, list[Shell]]) -> None:
    """A second change within one tick of the file system would have the same mark."""
    shell = pool["quiet"].pop()
    counter(shell)
    assert [post(shell) for _ in range(2)] == [True, True]


def test_a_run_that_pings_is_not_followed_by_silence(pool: dict[str, list[Shell]]) -> None:
    shell = pool["quiet"].pop()
    with LoopbackServer(lambda request: Answer(status=200)) as server:
        assert shell.run("post", "--ping", f"{server.url}/k").code == 0
    assert not lull_of(shell).exists()


def test_while_another_run_is_at_work_its_silence_shows(quiet: Shell) -> None:
    before = heartbeat(quiet)
    with publisher_lock(quiet.state, datetime.now(UTC) - timedelta(minutes=20)):
        ran = quiet.run("post")
    assert (ran.code, "has been at work since" in ran.err) == (1, True)
    assert heartbeat(quiet)["at"] == before["at"]


# -- what it rests on

_NOTED = """
import os, sys
from functools import partial
seen = set()
def note(path):
    if isinstance(path, (str, bytes, os.PathLike)):
        seen.add(os.path.abspath(os.fsdecode(path)))
def looking(look, path, *more, **named):
    note(path)
    return look(path, *more, **named)
for name in ("stat", "lstat", "access", "readlink"):
    setattr(os, name, partial(looking, getattr(os, name)))
def hear(event, about):
    if event in ("open", "os.listdir", "os.scandir", "sqlite3.connect"):
        note(about[0])
sys.addaudithook(hear)
from contentkit.cli.main import main
sys.argv = ["contentkit", "post"]
try:
    main()
finally:
    print(*sorted(seen), sep="\\n")
"""


def test_all_that_a_whole_run_reads_ends_it_when_it_changes(pool: dict[str, list[Shell]]) -> None:
    """Whoever makes a run with nothing to do read another file must name it in contentkit.cli.outset."""
    shell = pool["quiet"].pop()
    ran = shell.ran([sys.executable, "-c", _NOTED])
    folders = (shell.project, shell.state, shell.home / "config")
    looked = {Path(line) for line in ran.out.splitlines() if any(Path(line).is_relative_to(one) for one in folders)}
    watched = {Path(line.partition("\t")[2]) for line in lull_of(shell).read_text().splitlines()}
    written = {
        path
        for path in looked
        if path.name.startswith(("heartbeat.json", ".heartbeat.json.", "lull.txt", ".lull.txt."))
    }
    named = {*folders, shell.home / "config/contentkit"}
    assert {shell.project / "calendar.yaml", shell.state / "journal.db", shell.state / "epoch.json"} <= looked
    assert looked - watched - written - named == set()


_LOOKED = """
import os, sys
before, waits, opened = set(sys.modules), [], []
os.fsync = os.fdatasync = waits.append
sys.addaudithook(lambda event, about: opened.append(str(about[0])) if event == "open" else None)
from contentkit.cli.main import main
sys.argv = ["contentkit", "post"]
try:
    main()
finally:
    print(len(waits), *opened, sep="\\n")
    sys.stderr.write("\\n".join(sorted(set(sys.modules) - before)))
"""


def test_a_run_that_only_looks_loads_little_opens_four_files_and_waits_for_no_disk(quiet: Shell) -> None:
    before = mark_of(quiet.state / LOCK_NAME)
    ran = quiet.ran([sys.executable, "-c", _LOOKED])
    waits, *opened = ran.out.splitlines()
    names = [Path(path).name.rstrip("0123456789") for path in opened if Path(path).is_relative_to(quiet.home)]
    assert (waits, names) == ("0", ["contentkit.toml", "lull.txt", "heartbeat.json", ".heartbeat.json."])
    assert {one for one in ran.err.splitlines() if not one.startswith("contentkit")} <= {"__future__", "gc"}
    assert mark_of(quiet.state / LOCK_NAME) == before
