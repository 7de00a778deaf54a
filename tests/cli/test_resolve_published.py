"""What a person may take for a held part: its own post, in its place, with its words and its pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import PARTS, Shell, entry, time_in
from tests.cli.test_queue import DUE, approved, reply_by_hand
from tests.publishing.pictures import png
from tests.publishing.project import ProjectOnDisk
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.x_faults import X_DIALECT
from tests.servers.x_server import XServer


@pytest.mark.parametrize("address", ["hello", "42", "https://example.org", "https://example.org/@us", "http://["])
def test_what_is_no_address_of_a_post_is_refused_before_any_network_is_asked(shell: Shell, address: str) -> None:
    ran = shell.run("resolve", "launch", "--published", address)
    assert (ran.code, "is no address of a post" in ran.err) == (2, True)


def test_the_right_words_elsewhere_are_no_part_of_the_thread(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        shell.connect(proxy.url)
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        shell.run("post", variables=token)
        posted = reply_by_hand(server, "", PARTS[1])
        address = f"{server.url}/@us/{posted}"
        for more in ([], ["--edited"]):
            ran = shell.run("resolve", "launch", "--published", address, *more, variables=token)
            assert (ran.code, "is no post of this thread" in ran.err) == (1, True)


def test_what_keeps_the_rest_of_the_thread_back_is_told_with_the_decision(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse", "refuse"]) as proxy:
        shell.connect(proxy.url)
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        launch = entry("launch", at=DUE, accounts="ours")
        approved(shell, launch)
        shell.run("post", variables=token)
        second = reply_by_hand(server, server.statuses[0].id, PARTS[1])
        shell.enter(launch.replace("}", ", paused: true}"))
        ran = shell.run("resolve", "launch", "--published", f"{server.url}/@us/{second}", variables=token)
        assert "sent; what comes after it waits: paused (contentkit unpause launch)\n" in ran.out
        shell.enter(launch)
        shell.run("post", variables=token)
        third = reply_by_hand(server, second, PARTS[2])
        ran = shell.run("resolve", "launch", "--published", f"{server.url}/@us/{third}", variables=token)
        assert "sent; its thread is complete\n" in ran.out


def test_an_account_that_is_paused_is_told_with_the_decision(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        shell.connect(proxy.url)
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        # What is a quarter of an hour late keeps its distance from the post before.
        due = time_in(seconds=-60)
        launch, other = (entry(name, at=due, accounts="ours") for name in ("launch", "other"))
        approved(shell, launch)
        shell.run("post", variables=token)
        shell.enter(launch, other)
        shell.run("approve", "other", "--yes", "--by", "Ana")
        paused = shell.run("post", variables={"CONTENTKIT_OURS_TOKEN": "wrong"})
        assert paused.code == 4, paused.out
        assert "401" in paused.out, paused.out
        second = reply_by_hand(server, server.statuses[0].id, PARTS[1])
        ran = shell.run("resolve", "launch", "--published", f"{server.url}/@us/{second}", variables=token)
        assert "sent; what comes after it waits: " in ran.out
        assert ran.out.endswith(" (mend it; the next 'contentkit post' tries again)\n")


def test_a_rest_that_is_no_longer_on_the_calendar_is_not_said_to_go_on(shell: Shell) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "refuse"]) as proxy:
        shell.connect(proxy.url)
        token = {"CONTENTKIT_OURS_TOKEN": server.token}
        approved(shell, entry("launch", at=DUE, accounts="ours"))
        shell.run("post", variables=token)
        second = reply_by_hand(server, server.statuses[0].id, PARTS[1])
        shell.enter()
        ran = shell.run("resolve", "launch", "--published", f"{server.url}/@us/{second}", variables=token)
        assert ran.out.endswith("sent; what comes after it waits: no longer on the calendar\n")


def test_a_post_without_the_parts_picture_is_taken_only_as_edited(tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["refuse"]) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token)
        (project.root / "drafts/chart.png").write_bytes(png(200))
        project.write_draft(["One is here."], pictures={0: "![The chart](chart.png)"})
        project.approve_now()
        project.run("post", code=4)
        posted = reply_by_hand(server, "", "One is here.")
        resolve = ("resolve", "launch", "--published", f"{server.url}/@us/{posted}", "--by", "Ana")
        refused = project.run(*resolve, code=1)
        assert "has 0 pictures, the part that is held has 1" in refused.stderr
        assert "add --edited" in refused.stderr
        project.run(*resolve, "--edited")


def x_project(root: Path, url: str, server: XServer) -> ProjectOnDisk:
    secrets = {f"x_{name}": key for name, key in server.keys.as_secrets().items()}
    return ProjectOnDisk.with_accounts(root / "project", {"x": ("x", url)}, secrets, settle="0s")


@pytest.mark.parametrize("tail", ["", "/", "/photo/1", "?s=20"])
def test_every_address_that_x_shows_of_a_post_is_one(tmp_path: Path, tail: str) -> None:
    with XServer() as server, FaultyProxy(server.url, ["refuse"], **X_DIALECT) as proxy:
        project = x_project(tmp_path, proxy.url, server)
        project.write_draft(["One is here."])
        project.approve_now()
        project.run("post", code=4)
        posted = server.add_post("One is here.")
        project.run("resolve", "launch", "--published", f"https://x.com/us/status/{posted}{tail}", "--by", "Ana")


def test_a_repeat_on_x_is_told_with_the_post_that_has_its_words_wherever_it_gets_stuck(tmp_path: Path) -> None:
    with XServer() as server:
        project = x_project(tmp_path, server.url, server)
        project.write_draft(["One is here."])
        project.approve_now()
        project.run("post")
        project.run("schedule", "launch", "--at", "now", "--id", "again")
        told = project.run("approve", "again", "--by", "Ana", "--yes").stderr
        assert "again on x: this network may refuse the same words again" in told
        project.run("post", code=4)
        project.run("post", code=None)
        held = project.run("post", code=None).stdout + project.run("status", code=4).stdout
        address = f"https://x.com/us/status/{server.statuses[0].id}"
        assert "these words are out already as launch 1/1: https://" in held
        refused = project.run("resolve", "again", "--published", address, "--by", "Ana", code=1)
        assert "is launch 1/1, which has the same words" in refused.stderr
        again = project.run("resolve", "again", "--again", "--by", "Ana")
        assert "these words are out already as launch 1/1" in again.stdout
