"""``check --links``: pages on a server of this machine, which its user allows."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contentkit.testing.loopback import Answer, LoopbackServer, Request
from tests.cli.ingesting import allow
from tests.cli.shell import PARTS, Shell, entry, finished, interrupt, time_in, wait_until

STATUSES = {"/there": 200, "/gone": 404, "/was": 410, "/busy": 503, "/forbidden": 403, "/members": 401}
REDIRECTS = {"/moved": (301, "/there"), "/today": (302, "/there"), "/app": (302, "/login"), "/slash": (301, "/slash/")}


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def server(shell: Shell, asked: list[str]) -> Iterator[LoopbackServer]:
    def answer(request: Request) -> Answer:
        asked.append(request.path)
        if request.path in REDIRECTS:
            status, target = REDIRECTS[request.path]
            return Answer(status=status, headers=(("Location", target),))
        return Answer(status=STATUSES.get(request.path, 200))

    with LoopbackServer(answer) as server:
        allow(shell, server.url)
        yield server


def draft(shell: Shell, *links: str, front: str = "", name: str = "launch") -> None:
    text = f"{PARTS[0]} {' '.join(links)}\n<!-- evidence: notes/call.md#L3 -->\n"
    shell.write(f"drafts/{name}.md", f"---\nversion: 1\nsources: [notes/call.md]\n{front}---\n{text}")


def found(shell: Shell, *arguments: str) -> list[tuple[str, str, str]]:
    told = shell.run("check", "--links", "--json", *arguments).json
    return [(one["check"], one["severity"], one["message"]) for one in told if "CK365" <= one["check"] <= "CK369"]


@pytest.mark.parametrize(
    ("path", "check", "severity", "message"),
    [
        ("/gone", "CK365", "error", "127.0.0.1: there is no such page (HTTP 404)"),
        ("/was", "CK365", "error", "127.0.0.1: there is no such page (HTTP 410)"),
        ("/moved", "CK366", "information", "the page has moved for good to {url}/there"),
        ("/members", "CK368", "warning", "127.0.0.1: readers have to sign in to see the page"),
        ("/app", "CK368", "warning", "127.0.0.1: readers have to sign in to see the page"),
        ("/busy", "CK369", "information", "nobody could tell whether the page is there: 127.0.0.1 does not show it"),
        (
            "/forbidden",
            "CK369",
            "information",
            "nobody could tell whether the page is there: 127.0.0.1 does not show it",
        ),
    ],
)
def test_what_became_of_a_page_is_told_at_its_link(
    shell: Shell, server: LoopbackServer, path: str, check: str, severity: str, message: str
) -> None:
    draft(shell, server.url + path)
    [(its, how_bad, said)] = found(shell)
    assert (its, how_bad) == (check, severity)
    assert said.startswith(message.format(url=server.url))


@pytest.mark.parametrize("path", ["/there", "/today", "/slash"])
def test_a_page_that_is_there_and_one_that_leads_there_for_now_are_fine(
    shell: Shell, server: LoopbackServer, path: str
) -> None:
    draft(shell, server.url + path)
    assert found(shell) == []


def test_without_links_nothing_is_asked(shell: Shell, server: LoopbackServer, asked: list[str]) -> None:
    draft(shell, f"{server.url}/gone")
    shell.run("check")
    assert asked == []


def test_the_page_of_the_draft_and_one_that_its_entry_waits_for_may_not_be_there_yet(
    shell: Shell, server: LoopbackServer
) -> None:
    draft(shell, f"{server.url}/was", front=f"link: {server.url}/gone\n")
    waits = f"when: {{url: {server.url}/was}}"
    shell.enter(entry("launch", at=time_in(days=1), more=waits))
    assert [(check, how_bad) for check, how_bad, _ in found(shell)] == [("CK365", "warning")] * 2


def test_an_answer_holds_for_a_day_and_what_was_not_there_is_asked_again(
    shell: Shell, server: LoopbackServer, asked: list[str]
) -> None:
    draft(shell, f"{server.url}/there", f"{server.url}/gone")
    found(shell)
    asked.clear()
    found(shell)
    assert set(asked) == {"/gone"}
    [kept] = (shell.home / ".cache/contentkit/links").iterdir()
    yesterday = datetime.now(UTC) - timedelta(hours=25)
    known = {key: {**one, "asked": yesterday.isoformat()} for key, one in json.loads(kept.read_text()).items()}
    kept.write_text(json.dumps(known))
    asked.clear()
    found(shell)
    assert set(asked) == {"/there", "/gone"}


def test_what_is_kept_is_for_its_owner_only_and_names_no_page(shell: Shell, server: LoopbackServer) -> None:
    draft(shell, f"{server.url}/there")
    found(shell)
    [kept] = (shell.home / ".cache/contentkit/links").iterdir()
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "/there" not in kept.read_text()


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b'{"a": 1}', b'{"a": {"fate": []}}', b"\xff"])
def test_what_is_kept_and_cannot_be_read_is_nothing(shell: Shell, server: LoopbackServer, content: bytes) -> None:
    draft(shell, f"{server.url}/there")
    found(shell)
    [kept] = (shell.home / ".cache/contentkit/links").iterdir()
    kept.write_bytes(content)
    assert found(shell) == []


def test_a_link_in_two_drafts_is_asked_once(shell: Shell, server: LoopbackServer, asked: list[str]) -> None:
    for name in ("launch", "again"):
        draft(shell, f"{server.url}/there", name=name)
    found(shell)
    assert asked == ["/there"]


def test_a_link_with_a_key_in_it_is_sent_nowhere(shell: Shell, server: LoopbackServer, asked: list[str]) -> None:
    draft(shell, f"{server.url}/there?access_token=ghp_0123456789abcdefghijklmnopqrstuvwxyz")
    assert found(shell) == []
    assert asked == []


def test_a_host_of_the_inside_is_not_asked_unless_this_machine_allows_it(
    shell: Shell, server: LoopbackServer, asked: list[str]
) -> None:
    (shell.home / "config/contentkit/machine.toml").unlink()
    draft(shell, f"{server.url}/gone")
    [(check, how_bad, message)] = found(shell)
    assert (check, how_bad, asked) == ("CK369", "information", [])
    assert "not asked" in message


def test_without_a_server_it_says_what_it_could_not_ask(shell: Shell, server: LoopbackServer) -> None:
    with LoopbackServer(lambda _: Answer(status=200)) as other:
        allow(shell, other.url)
    draft(shell, f"{other.url}/there")
    ran = shell.run("check", "--links")
    assert "the server cannot be reached" in ran.out
    assert "1 link looked at; of 1 nobody could tell" in ran.err


def test_a_cache_that_cannot_be_written_stops_nothing(shell: Shell, server: LoopbackServer) -> None:
    (shell.home / ".cache").write_text("no folder")
    draft(shell, f"{server.url}/gone")
    assert [check for check, _, _ in found(shell)] == ["CK365"]


def test_a_finding_of_a_link_can_be_waived(shell: Shell, server: LoopbackServer) -> None:
    draft(shell, f"{server.url}/gone")
    path: Path = shell.project / "drafts/launch.md"
    path.write_text(f'{path.read_text()}<!-- waive: CK365 "{server.url}/gone" by Ana: it opens at noon -->\n')
    assert found(shell) == []


@pytest.mark.parametrize(("path", "idle"), [("/there", 1), ("/gone", 0)])
def test_a_waiver_of_a_link_that_is_there_again_is_told(
    shell: Shell, server: LoopbackServer, path: str, idle: int
) -> None:
    draft(shell, f"{server.url}{path}")
    file: Path = shell.project / "drafts/launch.md"
    file.write_text(f'{file.read_text()}<!-- waive: CK365 "{server.url}{path}" by Ana: it opens at noon -->\n')
    assert shell.run("check", "--links").out.count("CK190") == idle
    assert "CK190" not in shell.run("check").out


def test_whoever_breaks_it_off_is_obeyed_and_keeps_what_was_answered(shell: Shell, asked: list[str]) -> None:
    release = threading.Event()

    def answer(request: Request) -> Answer:
        asked.append(request.path)
        if request.path == "/slow":
            release.wait(30)
        return Answer(status=200)

    with LoopbackServer(answer) as server:
        allow(shell, server.url)
        draft(shell, f"{server.url}/there", f"{server.url}/slow")
        process = shell.start("check", "--links")
        wait_until(lambda: "/slow" in asked)
        interrupt(process)
        ran = finished(process)
        release.set()
    assert ran.code == 130
    assert "Traceback" not in ran.err
    assert len(list((shell.home / ".cache/contentkit/links").iterdir())) == 1
