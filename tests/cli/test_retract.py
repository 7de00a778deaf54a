"""What is out is taken down by the installed command: all of it or its end, on one network or on all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contentkit.testing.faulty_proxy import FaultyProxy
from tests.cli.published import MASTODON, Published
from tests.cli.shell import PARTS, Shell
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer


@pytest.fixture
def out(shell: Shell) -> Iterator[Published]:
    with CompatibleServer(speaks=MASTODON) as server, XServer() as x:
        yield Published(shell, server, x)


def test_a_thread_is_taken_down_on_all_networks_the_last_part_first(out: Published) -> None:
    out.publish("ours", "ours-x")
    calendar = (out.shell.project / "calendar.yaml").read_bytes()
    ran = out.run("retract", "launch", "--yes", "--by", "Ben", "--reason", "asked for")
    assert ran.code == 0, ran
    assert "launch on ours-x: parts 1 to 3 of 3 taken down, for $0.03:" in ran.out
    gone = [line.split(": deleted")[0] for line in ran.out.splitlines() if ": deleted: " in line]
    assert gone == [f"launch {part}/3 on {account}" for account in ("ours", "ours-x") for part in (3, 2, 1)]
    assert (out.toots, out.tweets) == ([], [])
    assert (out.shell.project / "calendar.yaml").read_bytes() == calendar
    for row in out.run("queue", "--json").json:
        assert (row["state"], row["why"], row["who"]) == ("skipped", "retracted by Ben", "nobody")
    assert (out.run("status").code, out.run("post").out) == (0, "")


def test_the_end_of_a_thread_is_taken_down_and_may_be_written_anew(out: Published) -> None:
    out.publish("ours")
    ran = out.run("retract", "launch", "--from", "2", "--yes")
    assert (ran.code, out.toots) == (0, [PARTS[:1]]), ran
    [row] = out.run("queue", "--json").json
    assert (row["state"], row["why"].partition(":")[0]) == ("sent", "2 of 3 retracted")
    assert "nothing of it is out from part 2 on" in out.run("retract", "launch", "--from", "2", "--yes").err
    out.edit()
    assert out.run("approve", "launch", "--yes").code == 0
    assert out.run("post").code == 0
    assert [part[:20] for part in out.toots[0]] == [part[:20] for part in PARTS]


def test_a_look_deletes_nothing(out: Published) -> None:
    out.publish("ours")
    ran = out.run("retract", "launch", "--dry-run")
    assert (ran.code, "  1/3  http" in ran.out, f"       {PARTS[0]}" in ran.out) == (0, True, True)
    [told] = out.run("retract", "launch", "--dry-run", "--json").json["accounts"]
    assert [part["text"] for part in told["parts"]] == PARTS
    assert out.toots == [PARTS]


@pytest.mark.nightly
def test_what_became_confidential_is_taken_down_without_being_repeated(out: Published) -> None:
    out.publish("ours")
    out.shell.write("confidential.txt", "a lane of its own\n")
    for words in ((), ("--json",)):
        ran = out.run("retract", "launch", "--dry-run", *words)
        assert (ran.code, "lane of its own" in ran.out, PARTS[0] in ran.out) == (0, False, True), ran


def test_nothing_is_taken_down_unasked(out: Published) -> None:
    out.publish("ours")
    ran = out.run("retract", "launch")
    assert (ran.code, "look at 'contentkit retract launch --dry-run', then use --yes" in ran.err) == (2, True)
    assert out.run("retract", "launch", "--json").code == 2
    ran = out.shell.run_in_terminal("retract", "launch", typed=b"n\n")
    assert (ran.code, "Delete 3 posts of launch on ours, for good?" in ran.err, out.toots) == (4, True, [PARTS]), ran


def test_what_is_not_out_yet_is_not_sent(out: Published) -> None:
    with FaultyProxy(out.server.url, ["pass", "too_many"]) as proxy:
        approve_behind(out, proxy)
        ran = out.run("retract", "launch", "--yes")
        assert (ran.code, "'contentkit approve launch --revoke' takes back what is only planned" in ran.err) == (
            2,
            True,
        )
        assert out.run("post").code == 1
        ran = out.run("retract", "launch", "--yes")
        assert (ran.code, "Parts 2 to 3, not out yet, are not sent." in ran.out, out.toots) == (0, True, []), ran
        assert out.run("post").out == ""


def test_what_may_be_on_its_way_is_looked_for_first(out: Published) -> None:
    with FaultyProxy(out.server.url, ["pass", "drop"]) as proxy:
        approve_behind(out, proxy)
        assert out.run("post").code == 4
        for command in ("retract", "correct"):
            ran = out.run(command, "launch", "--yes")
            assert (ran.code, "a post may be on its way, or out already" in ran.err) == (4, True), ran
    assert out.toots == [PARTS[:1]]


def approve_behind(out: Published, proxy: FaultyProxy) -> None:
    """The server that is approved is the one that is published to."""
    out.connect(proxy.url)
    out.enter("ours")
    assert out.run("approve", "launch", "--yes").code == 0


def test_a_deletion_that_the_network_refuses_is_held_and_a_person_settles_it(out: Published) -> None:
    out.publish("ours")
    with FaultyProxy(out.server.url, ["refuse"]) as proxy:
        out.connect(proxy.url)
        ran = out.run("retract", "launch", "--yes")
        assert (ran.code, "launch 3/3 on ours: HELD: " in ran.out) == (4, True), ran
    told = out.run("status")
    assert told.code == 4
    assert "launch on ours: held: the deletion of part 3 (2 more)" in told.out
    assert "contentkit resolve launch --account ours --skip" in told.out
    ran = out.run("resolve", "launch", "--not-sent")
    assert (ran.code, "it is out; what is held is its change" in ran.err) == (2, True)
    out.connect()
    assert "launch 3/3 on ours: planned again" in out.run("resolve", "launch", "--again").out
    assert out.run("post").out.count(": deleted: ") == 3
    assert (out.toots, out.run("status").code) == ([], 0)


def test_what_a_person_leaves_stays_on_the_network(out: Published) -> None:
    out.publish("ours")
    with FaultyProxy(out.server.url, ["refuse"]) as proxy:
        out.connect(proxy.url)
        assert out.run("retract", "launch", "--yes").code == 4
    out.connect()
    ran = out.run("resolve", "launch", "--skip", "--by", "Ben")
    assert (ran.code, ran.out.count("left on the network as it is there")) == (0, 3), ran
    assert (out.run("post").out, out.run("status").code, out.toots) == ("", 0, [PARTS])


def test_approvals_name_what_is_decided_and_not_done(out: Published) -> None:
    out.publish("ours")
    assert out.run("stop").code == 0
    out.run("retract", "launch", "--yes", "--by", "Ben")
    told = " ".join(out.run("approvals", "launch").out.split())
    assert "part 3/3 on ours: to be deleted, decided by Ben at 20" in told
    [only] = out.run("approvals", "--json").json
    assert [(one["part"], one["kind"], one["state"]) for one in only["changes"]] == [
        (part, "delete", "planned") for part in (3, 2, 1)
    ]
