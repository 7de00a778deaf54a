"""The desk and the publisher meet in git only: two clones, two homes, a bare repository between them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.shell import DRAFT, NOTE, PARTS, Ran, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer


@dataclass(frozen=True)
class Machine:
    """A home with a clone of the project; secrets are only where posts go out."""

    shell: Shell
    token: str = ""

    def run(self, *words: str) -> Ran:
        return self.shell.run(*words, variables={"CONTENTKIT_OURS_TOKEN": self.token} if self.token else None)

    def git(self, *words: str, code: int = 0) -> str:
        variables = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}
        identity = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
        ran = self.shell.ran(["git", *identity, "-c", "pull.rebase=false", *words], variables)
        assert ran.code == code, ran
        return ran.out

    def push(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)
        self.git("push", "--quiet", "origin", "HEAD:main")

    def pull(self) -> None:
        self.git("pull", "--quiet", "origin", "main")

    def queue(self) -> tuple[str, str, str]:
        """State, why and address of the only row."""
        [row] = self.run("queue", "--json").json
        return row["state"], row["why"], row["url"]

    def write_receipt(self, **changes: object) -> None:
        """Adds one line to the receipts, made from the last one."""
        path = self.shell.project / "receipts.jsonl"
        last = json.loads(path.read_text().splitlines()[-1])
        path.write_text(path.read_text() + json.dumps({**last, **changes}) + "\n")


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, server: CompatibleServer) -> Machine:
    """A clone with one draft, whose first commit is pushed."""
    hub = tmp_path / "hub.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", hub], check=True)
    desk = Machine(Shell(home=tmp_path / "desk", here=tmp_path / "desk" / "project"))
    desk.shell.write("notes/call.md", NOTE)
    desk.shell.write("drafts/launch.md", DRAFT)
    desk.shell.connect(server.url)
    desk.shell.enter()
    desk.git("init", "--quiet", "--initial-branch=main")
    desk.git("remote", "add", "origin", str(hub))
    desk.push("Start")
    return desk


@pytest.fixture
def publisher(desk: Machine, tmp_path: Path, server: CompatibleServer) -> Machine:
    """A second clone, on a machine that knows the token."""
    home = tmp_path / "publisher"
    home.mkdir()
    made = Machine(Shell(home=home, here=home), server.token)
    made.git("clone", "--quiet", str(tmp_path / "hub.git"), "project")
    return Machine(made.shell.at(home / "project"), server.token)


def schedule(desk: Machine, at: str) -> None:
    desk.shell.enter(entry("launch", at=at, accounts="ours"))
    desk.push("Schedule the launch")


@pytest.fixture
def published(desk: Machine, publisher: Machine) -> Machine:
    """The publisher, after it has published the launch that the desk scheduled; nothing of it is pushed yet."""
    schedule(desk, time_in(seconds=-60))
    publisher.pull()
    assert publisher.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert publisher.run("post").code == 0
    return publisher


def test_the_round_trip_of_a_thread(desk: Machine, publisher: Machine, server: CompatibleServer) -> None:
    ran = desk.run("schedule", "drafts/launch.md", "--at", "now", "--account", "ours")
    assert ran.code == 0, ran
    desk.push("Schedule the launch")
    publisher.pull()
    assert publisher.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert publisher.run("post").code == 0
    publisher.push("Publish the launch")
    assert server.threads() == [PARTS]

    desk.pull()
    assert desk.queue() == ("sent", f"by another machine, as of now: {server_url(publisher)}", server_url(publisher))
    assert desk.run("approve", "launch", "--yes").code == 1
    assert desk.run("post").out == ""
    assert desk.run("status").code == 0
    assert not desk.shell.state.parent.exists()
    assert publisher.run("queue", "--json").json[0]["state"] == "sent"


def server_url(publisher: Machine) -> str:
    """The address of the first part, as the publisher's own journal has it."""
    return str(publisher.run("queue", "--json").json[0]["url"])


def test_what_is_taken_down_is_told_at_the_desk(desk: Machine, published: Machine, server: CompatibleServer) -> None:
    address = server_url(published)
    assert published.run("retract", "launch", "--from", "3", "--yes").code == 0
    published.push("Publish, and take back the end")
    desk.pull()
    assert desk.queue() == ("sent", f"1 of 3 retracted, by another machine, as of now: {address}", address)
    assert desk.run("status").code == 0
    assert published.run("retract", "launch", "--yes").code == 0
    published.push("Take back the rest")
    desk.pull()
    assert desk.queue() == ("skipped", "retracted elsewhere, as of now", "")
    assert (desk.run("status").code, server.threads()) == (0, [])


def test_work_at_the_desk_needs_no_database(desk: Machine, published: Machine) -> None:
    published.push("Publish the launch")
    desk.pull()
    before = desk.shell.files()
    for command in ("check", "preview launch", "queue", "status", "post", "post --dry-run"):
        assert desk.run(*command.split()).code == 0, command
    assert desk.shell.files() == before
    assert desk.run("schedule", "launch", "--at", "in 2 days", "--account", "ours").code == 0
    assert not desk.shell.state.parent.exists()


@pytest.mark.parametrize("command", ["approve launch --yes", "stop", "start", "resolve launch --skip"])
def test_what_only_the_publisher_can_do_is_refused_at_the_desk(desk: Machine, publisher: Machine, command: str) -> None:
    schedule(desk, time_in(hours=2))
    publisher.pull()
    publisher.run("approve", "launch", "--yes", "--by", "Ana")
    publisher.push("Approve the launch")
    desk.pull()
    before = desk.shell.files()
    ran = desk.run(*command.split())
    assert (ran.code, ran.out) == (1, "")
    said, hint = ran.err.splitlines()
    assert said.endswith("on the publisher's machine, and this is not it: Ana approved launch elsewhere just now")
    assert ("'signed'" in hint) is command.startswith("approve")
    assert "'contentkit takeover' makes this machine the publisher" in hint
    assert (desk.shell.files(), desk.shell.state.parent.exists()) == (before, False)


def test_receipts_that_cannot_be_read_make_no_publisher_of_a_desk(desk: Machine) -> None:
    copy = 'approved: {by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:0", clone: "0123"}'
    desk.shell.enter(entry("launch", at=time_in(hours=1), accounts="ours", more=copy))
    (desk.shell.project / "receipts.jsonl").mkdir()
    ran = desk.run("approve", "launch", "--yes")
    assert (ran.code, "this is not it: Ana approved launch elsewhere" in ran.err) == (1, True)


def test_post_at_the_desk_is_silent_also_when_something_is_due(desk: Machine, publisher: Machine) -> None:
    schedule(desk, time_in(seconds=-60))
    publisher.pull()
    publisher.run("approve", "launch", "--yes", "--by", "Ana")
    publisher.push("Approve the launch")
    desk.pull()
    ran = desk.run("post")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert not desk.shell.state.parent.exists()


def test_the_queue_at_the_desk_tells_what_was_approved_elsewhere_and_has_no_receipt(
    desk: Machine, publisher: Machine
) -> None:
    schedule(desk, time_in(hours=2))
    publisher.pull()
    publisher.run("approve", "launch", "--yes", "--by", "Ana")
    publisher.push("Approve the launch")
    desk.pull()
    assert desk.queue() == ("", "approved by Ana elsewhere; no receipt yet (no receipts here)", "")
    desk.shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    assert (
        desk.queue()[1] == "edited, moved or rendered otherwise since Ana approved it elsewhere: to approve again there"
    )


def test_status_at_the_desk_tells_of_a_receipt_that_is_overdue(desk: Machine) -> None:
    copy = 'approved: {by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:0", clone: "0123"}'
    for hours, code in ((-5, 0), (-7, 4)):
        desk.shell.enter(entry("launch", at=time_in(hours=hours), accounts="ours", more=copy))
        assert desk.run("status").code == code
    assert "it was due 7 h ago" in desk.run("status").out


def test_an_approval_that_the_desk_voids_by_an_edit_is_asked_for_again_at_the_publisher(
    desk: Machine, publisher: Machine, server: CompatibleServer
) -> None:
    schedule(desk, time_in(seconds=-60))
    publisher.pull()
    publisher.run("approve", "launch", "--yes", "--by", "Ana")
    publisher.push("Approve the launch")
    desk.pull()
    desk.shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    desk.push("Say it otherwise")
    publisher.pull()
    assert "HELD: edited after the approval" in publisher.run("post").out
    assert server.threads() == []


def test_a_merge_conflict_in_the_receipts_is_survived_by_all_who_read_them(desk: Machine, published: Machine) -> None:
    published.push("Publish the launch")
    desk.pull()
    desk.write_receipt(entry="other", part=0, remote_id="77")
    desk.git("commit", "--quiet", "-a", "-m", "A receipt of the desk")
    published.write_receipt(entry="later", part=0, remote_id="78")
    published.push("A receipt of the publisher")
    desk.git("pull", "--quiet", "origin", "main", code=1)
    text = (desk.shell.project / "receipts.jsonl").read_text()
    assert {"<<<<<<<", "=======", ">>>>>>>"} <= {line[:7] for line in text.splitlines()}
    assert desk.queue()[0] == "sent"
    assert (desk.run("status").code, desk.run("post").out) == (0, "")
    ran = desk.run("takeover", "--yes")
    assert "receipts.jsonl names 5 posts of 3 entries (as of now): those are not sent again." in ran.out


def script_of_the_how_to() -> str:
    page = Path(__file__).parents[2] / "docs/how-to/two-machines.md"
    [script] = [block for block in page.read_text("utf-8").split("```") if block.startswith("sh\n#!")]
    return script.removeprefix("sh\n").replace("~/our-posts", "~/project")


def test_the_script_of_the_how_to_pulls_posts_and_pushes_and_post_alone_never_calls_git(
    desk: Machine, publisher: Machine, server: CompatibleServer
) -> None:
    schedule(desk, time_in(seconds=-60))
    publisher.pull()
    publisher.run("approve", "launch", "--yes", "--by", "Ana")
    publisher.push("Approve the launch")
    home = publisher.shell.home
    (home / "publish.sh").write_text(script_of_the_how_to())
    (home / ".local/bin").mkdir(parents=True)
    (home / ".local/bin/contentkit").symlink_to(Path(sys.executable).with_name("contentkit"))
    for key, value in (("user.name", "Publisher"), ("user.email", "publisher@example.org")):
        publisher.git("config", key, value)
    desk.shell.write("notes/later.md", "Something else.\n")
    desk.pull()
    desk.push("A note")
    for sent in (3, 0):
        ran = publisher.shell.at(home).ran(["/bin/sh", "publish.sh"], {"CONTENTKIT_OURS_TOKEN": server.token})
        assert (ran.code, ran.out.count(": sent"), ran.err) == (0, sent, "")
    assert server.threads() == [PARTS]
    assert (publisher.shell.project / "notes/later.md").exists()
    desk.pull()
    assert desk.queue()[0] == "sent"
    assert publisher.git("log", "--oneline", "origin/main..") == ""


def lose_the_journal(machine: Machine) -> None:
    shutil.rmtree(machine.shell.state)


def test_a_publisher_that_lost_its_journal_is_told_so_and_approves_nothing(published: Machine) -> None:
    lose_the_journal(published)
    ran = published.run("approve", "launch", "--yes")
    assert ran.code == 1
    said, hint = ran.err.splitlines()
    assert "launch 3/3 on ours was published from this folder just now, but the journal is not in /" in said
    assert "XDG_STATE_HOME" in hint
    assert "'contentkit takeover'" in hint
    assert published.queue()[1].startswith("from here, by another journal, as of now: ")
    assert not published.shell.state.exists()


def test_who_lost_the_journal_is_sent_to_no_other_machine(published: Machine) -> None:
    published.shell.enter(entry("next", at=time_in(hours=1), accounts="ours"))
    lose_the_journal(published)
    [waiting] = published.run("status", "--json").json
    assert (waiting["what"], waiting["next"]) == ("next", ["contentkit approve next, once the journal is found"])


def test_a_takeover_without_any_journal_says_what_it_knows_and_nothing_goes_out_twice(
    published: Machine, server: CompatibleServer
) -> None:
    lose_the_journal(published)
    ran = published.run("takeover", "--yes")
    assert (ran.code, ran.out.splitlines()[1]) == (
        0,
        "receipts.jsonl names 3 posts of 1 entry (as of now): those are not sent again.",
    )
    assert "nothing is left to publish" in published.run("approve", "launch", "--yes").err
    assert published.run("post").out == ""
    assert server.threads() == [PARTS]


def test_after_a_takeover_with_old_receipts_what_is_out_is_found_and_held(
    desk: Machine, published: Machine, server: CompatibleServer
) -> None:
    """The publisher's disk is gone, and with it the receipts that were never pushed."""
    calendar = (published.shell.project / "calendar.yaml").read_text()
    desk.shell.write("calendar.yaml", calendar)
    ran = desk.run("takeover", "--yes")
    assert ran.code == 0
    assert "There is no receipts.jsonl here" in ran.out
    assert "To approve anew, after a look at the accounts: contentkit approve launch" in ran.out
    new = Machine(desk.shell, server.token)
    assert new.run("approve", "launch", "--yes").code == 0
    ran = new.run("post")
    assert (ran.code, "HELD: looks as if it was published already" in ran.out) == (4, True)
    assert server.threads() == [PARTS]


def test_a_takeover_of_a_thread_half_way_goes_on_after_what_receipts_name(
    published: Machine, server: CompatibleServer
) -> None:
    for status in server.statuses[1:]:
        server.delete(status.id)
    receipts = published.shell.project / "receipts.jsonl"
    receipts.write_text(receipts.read_text().splitlines(keepends=True)[0])
    lose_the_journal(published)
    assert published.run("takeover", "--yes").code == 0
    assert published.run("approve", "launch", "--yes").code == 0
    published.run("post")
    assert server.threads() == [PARTS]


def test_a_journal_that_held_no_approval_makes_no_publisher(desk: Machine, publisher: Machine) -> None:
    assert desk.run("stop").code == 0
    schedule(desk, time_in(hours=2))
    publisher.pull()
    assert publisher.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    publisher.push("Approve the launch")
    desk.pull()
    assert desk.run("approve", "launch", "--yes").code == 1
    assert "This machine is the publisher now." in desk.run("takeover", "--yes").out
    assert desk.run("approve", "launch", "--yes").code == 0


def test_a_second_publisher_is_told_once_by_post_and_by_status_until_it_is_over(published: Machine) -> None:
    published.write_receipt(journal="another", clone="another", at="2199-01-01T00:00:00Z", remote_id="99")
    ran = published.run("post")
    assert (ran.code, "launch 3/3 on ours: ANOTHER PUBLISHER: another machine sent it at 2199" in ran.out) == (4, True)
    ran = published.run("post")
    assert (ran.code, ran.out) == (0, "")
    ran = published.run("status")
    assert (ran.code, "two machines publish this project" in ran.out) == (4, True)


def test_receipts_of_the_publisher_before_this_one_are_no_second_publisher(published: Machine) -> None:
    published.write_receipt(journal="another", clone="another", at="2026-01-01T00:00:00Z", entry="earlier")
    ran = published.run("post")
    assert (ran.code, ran.out, published.run("status").code) == (0, "", 0)


def test_receipts_from_before_they_named_their_journal_stay_readable(desk: Machine, published: Machine) -> None:
    published.push("Publish the launch")
    desk.pull()
    path = desk.shell.project / "receipts.jsonl"
    old = [json.loads(line) for line in path.read_text().splitlines()]
    assert all(one.pop("journal") and one.pop("clone") for one in old)
    path.write_text("".join(json.dumps(one) + "\n" for one in old))
    assert desk.queue()[0] == "sent"
