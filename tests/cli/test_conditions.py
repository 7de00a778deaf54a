"""Entries that wait for a page, with the real commands and a real page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from contentkit.cli.conditions import Pages
from contentkit.cli.project import Project
from contentkit.config import load_config
from contentkit.models import Condition
from contentkit.testing.loopback import Answer, LoopbackServer, Reply, Request
from tests.cli.shell import PARTS, Shell, entry, time_in


@dataclass
class Site:
    """A site of which a test says what it answers; ``asked`` are the requests that came."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    url: str = ""

    def __call__(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.pages.get(request.path, Answer(status=404))

    def put_up(self, path: str, body: str, kind: str = "text/html") -> None:
        self.pages[path] = Answer(status=200, body=body.encode(), headers=(("Content-Type", kind),))


@pytest.fixture
def site(shell: Shell) -> Iterator[Site]:
    site = Site()
    with LoopbackServer(site) as server:
        site.url = server.url
        folder = shell.home / "config" / "contentkit"
        folder.mkdir(parents=True)
        host = server.url.removeprefix("http://")
        (folder / "machine.toml").write_text(f'version = 1\n[web]\nhosts = ["{host}"]\n')
        yield site


def _approved(shell: Shell, condition: str, *, minutes: int = -1) -> None:
    shell.enter(entry("launch", at=time_in(minutes=minutes), more=f"when: {condition}"))
    ran = shell.run("approve", "launch", "--by", "Ana", "--yes")
    assert ran.code == 0, ran.err


def _waits_a_minute_less(shell: Shell) -> None:
    """As if the minute were over until the next look."""
    with closing(sqlite3.connect(shell.state / "journal.db")) as journal, journal:
        journal.execute("UPDATE publications SET not_before = NULL")


def _published(shell: Shell) -> list[str]:
    path = shell.state / "try.console.jsonl"
    return [json.loads(line)["text"] for line in path.read_text().splitlines()] if path.exists() else []


def test_an_entry_goes_out_once_its_page_says_the_words(shell: Shell, site: Site) -> None:
    _approved(shell, f"{{url: {site.url}/launch, contains: It is out}}")
    site.put_up("/launch", "<title>It is out</title><p>Soon")
    assert (shell.run("post").out, _published(shell)) == ("", [])
    assert f"waits for {site.url}/launch to say 'It is out': does not say it yet" in shell.run("queue", "--json").out
    site.put_up("/launch", "<p>It&nbsp;is <b>out</b>.")
    _waits_a_minute_less(shell)
    assert shell.run("post").code == 0
    assert _published(shell) == PARTS


def test_a_second_run_within_the_minute_does_not_ask_again(shell: Shell, site: Site) -> None:
    _approved(shell, f"{{url: {site.url}/launch, contains: It is out}}")
    asked = []
    for _ in range(3):
        shell.run("post")
        asked.append(len(site.asked))
    assert len(set(asked)) == 1


def test_looking_is_a_question_without_cookies_or_secrets(shell: Shell, site: Site) -> None:
    _approved(shell, f"{{url: {site.url}/launch, contains: It is out}}")
    site.pages["/launch"] = Answer(status=302, headers=(("Location", "/there"), ("Set-Cookie", "a=b")))
    site.put_up("/there", "It is out")
    shell.run("post")
    assert {request.method for request in site.asked} == {"GET"}
    names = {name.lower() for request in site.asked for name, _ in request.headers}
    assert not names & {"cookie", "authorization"}
    assert _published(shell) == PARTS


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Answer(status=404), "has no such page (HTTP 404)"),
        (Answer(status=500), "HTTP 500"),
        (Answer(status=302, headers=(("Location", "/login"),)), "asks to sign in"),
        (Answer(status=302, headers=(("Location", "/"),)), "leads to the front page"),
        (Answer(status=302, headers=(("Location", "http://127.0.0.1:1/x"),)), "where no page may lead"),
    ],
)
def test_a_page_that_is_not_there_for_everybody_is_not_there(shell: Shell, site: Site, page: Answer, why: str) -> None:
    site.pages |= {"/v2": page, "/": Answer(status=200), "/login": Answer(status=200)}
    _approved(shell, f"{{url: {site.url}/v2}}")
    shell.run("post")
    assert _published(shell) == []
    assert why in shell.run("queue", "--json").out


def test_a_file_of_a_package_may_be_what_is_waited_for(shell: Shell, site: Site) -> None:
    site.pages["/pkg-2.0.0.whl"] = Answer(status=200, headers=(("Content-Type", "application/octet-stream"),))
    _approved(shell, f"{{url: {site.url}/pkg-2.0.0.whl}}")
    shell.run("post")
    assert _published(shell) == PARTS


def test_a_version_in_what_an_index_tells_programs_may_be_waited_for(shell: Shell, site: Site) -> None:
    site.put_up("/pypi/pkg/json", '{"info":{"version":"2.0.0"}}', "application/json")
    _approved(shell, f'{{url: {site.url}/pypi/pkg/json, contains: \'"version":"2.0.0"\'}}')
    shell.run("post")
    assert _published(shell) == PARTS


def test_an_address_of_the_own_network_is_never_asked(shell: Shell, site: Site) -> None:
    (shell.home / "config/contentkit/machine.toml").unlink()
    _approved(shell, f"{{url: {site.url}/launch}}")
    ran = shell.run("post")
    assert (ran.code, site.asked, _published(shell)) == (0, [], [])
    assert "waits for" in shell.run("queue", "--json").out


def test_a_changed_condition_voids_the_approval(shell: Shell, site: Site) -> None:
    site.put_up("/launch", "It is out")
    _approved(shell, f"{{url: {site.url}/launch, contains: It is out}}")
    calendar = (shell.project / "calendar.yaml").read_text()
    shell.write("calendar.yaml", calendar.replace("It is out", "It"))
    assert shell.run("post").code == 4
    assert _published(shell) == []


def test_a_dry_run_looks_at_nothing_and_says_what_is_waited_for(shell: Shell, site: Site) -> None:
    site.put_up("/launch", "It is out")
    _approved(shell, f"{{url: {site.url}/launch, contains: It is out}}")
    asked = len(site.asked)
    assert f"would not be sent: waits for {site.url}/launch to say 'It is out'" in shell.run("post", "--dry-run").err
    assert len(site.asked) == asked


def test_whoever_approves_is_told_what_the_page_says_now(shell: Shell, site: Site) -> None:
    site.put_up("/launch", "It Is Out")
    shell.enter(entry("launch", at=time_in(days=1), more=f"when: {{url: {site.url}/launch, contains: It is out}}"))
    ran = shell.run("approve", "launch", "--by", "Ana", "--yes")
    assert f"launch: waits for {site.url}/launch to say 'It is out'; now: says it with other capitals" in ran.err


def test_a_page_is_asked_once_for_all_that_is_wanted_of_it_and_anew_for_the_same(shell: Shell, site: Site) -> None:
    site.put_up("/post", "<p>Soon.</p>")
    pages = Pages(Project(shell.project, load_config(shell.project), shell.environment()))
    out, soon = (Condition(url=f"{site.url}/post", contains=words) for words in ("It is out.", "Soon."))
    assert (pages.why_not(out, 10), pages.why_not(soon, 10)) == ("does not say it yet", "")
    assert [request.path for request in site.asked] == ["/post"]
    site.put_up("/post", "<p>It is out.</p>")
    assert pages.why_not(out, 10) == ""
    assert [request.path for request in site.asked] == ["/post"] * 2
