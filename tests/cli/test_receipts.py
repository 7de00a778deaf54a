"""Receipts travel in git, and a pull request may hold whatever it likes: what they claim is told, and looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from contentkit.cli.approving.strangers import is_out
from contentkit.publishing.publications import fingerprint
from contentkit.publishing.receipts import Receipt
from tests.cli.shell import PARTS, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer

BASE = {"entry": "launch", "account": "ours", "parts": 3, "at": "2026-11-22T01:00:00Z"}


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def due(shell: Shell, server: CompatibleServer) -> Shell:
    """A publisher that has an approval already, and an entry that is due on two accounts."""
    shell.connect(server.url)
    later = entry("later", at=time_in(hours=5), accounts="try")
    shell.enter(later)
    assert shell.run("approve", "later", "--yes", "--by", "Ana").code == 0
    approved = shell.project / "calendar.yaml"
    approved.write_text(f"{approved.read_text()}  - {entry('launch', at=time_in(seconds=-60), accounts='ours, try')}\n")
    return shell


def claim(shell: Shell, **changes: object) -> None:
    """Writes receipts of the whole launch on ``ours``, as a pull request may bring them."""
    lines = [
        {**BASE, "part": part, "fingerprint": fingerprint(text), "remote_id": f"9{part}", "url": f"https://x/9{part}"}
        for part, text in enumerate(PARTS)
    ]
    shell.write("receipts.jsonl", "".join(json.dumps({**line, **changes}) + "\n" for line in lines))


def test_an_approval_names_what_only_receipts_call_published(due: Shell) -> None:
    claim(due)
    ran = due.run("approve", "launch", "--yes", "--by", "Ana")
    assert ran.code == 0
    said = "launch on ours: 3 of 3 parts are out already, says receipts.jsonl: https://x/90"
    assert said in ran.err.splitlines()
    assert "on try: 3 of 3" not in ran.err


def test_receipts_of_a_pull_request_do_not_silence_a_thread(due: Shell, server: CompatibleServer) -> None:
    claim(due)
    due.run("approve", "launch", "--yes", "--by", "Ana")
    token = {"CONTENTKIT_OURS_TOKEN": server.token}
    ran = due.run("post", variables=token)
    assert ran.code == 4
    assert "launch 1/3 on ours: HELD: receipts.jsonl says that it is out, but part 1 is no longer" in ran.out
    ran = due.run("status")
    assert (ran.code, "launch 1/3 on ours" in ran.out) == (4, True)
    assert due.run("resolve", "launch", "--again", "--by", "Ana").code == 0
    due.run("post", variables=token)
    assert server.threads() == [PARTS[:1]]


def test_receipts_in_this_journals_name_that_it_does_not_know_are_refused(due: Shell) -> None:
    journal = json.loads((due.state / "epoch.json").read_text())["journal"]
    claim(due, journal=journal)
    ran = due.run("approve", "launch", "--yes", "--by", "Ana")
    assert ran.code == 4
    assert "receipts.jsonl says that this machine sent part 1, and its journal does not know of it" in ran.err


@pytest.mark.parametrize(
    ("parts", "out"),
    [([3, 3, 3], True), ([3, 3], False), ([5, 5, 3], True), ([3, 3, 5], False), ([3, 5, 5, 5, 5], True), ([], False)],
)
def test_a_thread_is_out_when_it_has_as_many_parts_as_it_had_last(parts: list[int], out: bool) -> None:
    told = {
        ("launch", "ours", part): Receipt(
            entry="launch", account="ours", part=part, parts=of, fingerprint="", remote_id=f"9{part}", url="", at=""
        )
        for part, of in enumerate(parts)
    }
    assert is_out(told, "launch", "ours") is out
