"""``contentkit resolve ENTRY`` without a decision: everything that is known, from the journal and from the network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.shell import DRAFT, NOTE, PARTS, Shell, entry
from tests.cli.test_queue import DUE, approved, reply_by_hand
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def _held(shell: Shell, server: CompatibleServer, *faults: str) -> dict[str, str]:
    """A thread that went through these faults until it was held; returns the variables with the token."""
    token = {"CONTENTKIT_OURS_TOKEN": server.token}
    with FaultyProxy(server.url, list(faults)) as proxy:
        shell.connect(proxy.url, settle="0s")
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        while "HELD" not in shell.run("post", variables=token).out:
            assert len(proxy.history) < 50, "it is never held"
    shell.connect(server.url, settle="0s")
    return token


def test_what_was_refused_is_shown_with_the_networks_answer_and_the_ways_out(
    shell: Shell, server: CompatibleServer
) -> None:
    token = _held(shell, server, "pass", "refuse")
    assert f"launch 2/3 on ours: held: 1 of 3 out: {server.url}/" in " ".join(shell.run("status").out.split())
    ran = shell.run("resolve", "launch", variables=token)
    assert ran.code == 4
    assert ran.out.startswith("launch 2/3 on ours: held since ")
    assert f"Its words:\n  | {PARTS[1]}\nOut before it:\n  {server.url}/" in ran.out
    assert ": part 2 of 3: refused: held (refused: " in ran.out
    assert "    The network answered: HTTP 422; date: " in ran.out
    assert "On the account now: nothing at its place, and its words nowhere among the newest.\n" in ran.out
    decisions = [line.split("--account ours ")[1] for line in ran.out.splitlines() if "contentkit resolve" in line]
    assert decisions == ["--published URL", "--again", "--skip"]


def test_what_stands_at_its_place_is_shown_and_cannot_steer_the_terminal(
    shell: Shell, server: CompatibleServer
) -> None:
    token = _held(shell, server, "pass", "drop")
    posted = reply_by_hand(server, server.statuses[0].id, "Quite \x1b[2Jother\u202e words.")
    ran = shell.run("resolve", "launch", variables=token)
    assert f"/{posted}: other words, at its place\n    Quite " in ran.out
    assert ("\x1b" in ran.out, "\u202e" in ran.out) == (False, False)
    assert "--not-sent" in ran.out
    told = shell.run("resolve", "launch", "--json", variables=token).json
    assert (told["state"], told["part"], len(told["before"]), told["unseen"]) == ("held", 2, 1, "")
    assert [one["what"] for one in told["there"]] == ["other words, at its place"]


@pytest.mark.nightly
def test_a_part_before_that_is_gone_is_told(shell: Shell, server: CompatibleServer) -> None:
    token = _held(shell, server, "pass", "drop")
    server.delete(server.statuses[0].id)
    assert "the part before it is no longer there" in shell.run("resolve", "launch", variables=token).out


def test_a_network_that_cannot_be_asked_hides_nothing_of_the_rest(shell: Shell, server: CompatibleServer) -> None:
    _held(shell, server, "drop")
    ran = shell.run("resolve", "launch")
    assert (ran.code, "On the account now: nobody knows: account 'ours' has no token" in ran.out) == (4, True)
    assert "Nothing of its thread is out.\n" in ran.out
    assert ": part 1 of 3: may have been sent (" in ran.out
    assert "    The network answered: no answer (" in ran.out


def test_while_it_is_looked_for_there_is_nothing_to_decide(shell: Shell, server: CompatibleServer) -> None:
    with FaultyProxy(server.url, ["drop"]) as proxy:
        shell.connect(proxy.url)
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": server.token})
    ran = shell.run("resolve", "launch")
    assert (ran.code, "launch 1/3 on ours: unknown since " in ran.out) == (4, True)
    assert ran.out.endswith("Each run looks for it: there is nothing to decide yet.\n")


def test_what_is_certainly_not_sent_can_be_approved_with_other_words(shell: Shell, server: CompatibleServer) -> None:
    token = _held(shell, server, "drop")
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    shell.write("notes/call.md", NOTE.replace("threw", "tossed"))
    assert shell.run("approve", "launch", "--yes").code == 4
    ran = shell.run("resolve", "launch", "--not-sent", "--by", "Ana", "--reason", "asked the admin")
    assert (ran.code, "counts as not sent" in ran.out) == (0, True)
    assert server.statuses == []
    (row,) = shell.run("queue", "--json").json
    assert (row["state"], "not sent, says Ana" in row["why"]) == ("held", True)
    assert shell.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    assert shell.run("post", variables=token).code == 0
    assert server.threads() == [[PARTS[0], PARTS[1].replace("threw", "tossed"), PARTS[2]]]
    assert "ruled out (Ana: asked the admin)" in shell.run("explain", "launch").out


def test_what_may_be_out_since_a_takeover_is_not_approved_over(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    (shell.state / "epoch.json").unlink()
    assert shell.run("takeover", "--yes").code == 0
    ran = shell.run("approve", "launch", "--yes")
    assert (ran.code, "launch on try: the journal was lost, copied or restored" in ran.err) == (4, True)
    assert "decide first: contentkit resolve launch --account try" in ran.err
    assert "contentkit resolve launch --account try --not-sent" in shell.run("resolve", "launch").out
    assert shell.run("resolve", "launch", "--not-sent").code == 0
    assert shell.run("approve", "launch", "--yes").code == 0
    assert shell.run("post").out.count(": sent") == 3


@pytest.mark.nightly
def test_nobody_rules_out_what_nobody_doubts(shell: Shell, server: CompatibleServer) -> None:
    _held(shell, server, "refuse")
    ran = shell.run("resolve", "launch", "--not-sent")
    assert (ran.code, "nobody doubts that this part was not sent" in ran.err) == (2, True)


def test_on_a_terminal_one_is_asked_and_may_leave_it(shell: Shell) -> None:
    approved(shell, entry("launch", at=DUE))
    shell.write("drafts/launch.md", DRAFT.replace("threw", "tossed"))
    assert shell.run("post").code == 4
    told = shell.run("resolve", "launch", "--json").json["choices"]
    ways = {one["typed"].removeprefix("contentkit resolve launch --account try "): one["why_not"] for one in told}
    edited = "edited since its approval"
    assert ways == {"--published URL": "", "--again": edited, "contentkit approve launch": "", "--skip": ""}
    shell.write("drafts/launch.md", DRAFT)
    assert shell.run_in_terminal("resolve", "launch", typed=b"\n").code == 4
    ran = shell.run_in_terminal("resolve", "launch", typed=b"again\n")
    assert (ran.code, "planned again" in ran.out) == (0, True)
    assert shell.run("post").out.count(": sent") == 3
