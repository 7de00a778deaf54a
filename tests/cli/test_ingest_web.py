"""Pages and feeds on a server of this machine, which its user allows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from contentkit.testing.loopback import LoopbackServer
from tests.cli.ingesting import allow, holders, site
from tests.cli.shell import Shell

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lanes instead of a queue</title>
<meta property="article:published_time" content="2026-11-03T09:00:00Z"></head><body><nav>Home About</nav>
<article><h1>Lanes instead of a queue</h1>
<p>Every team we talked to had written the same scheduler, and each of them had thrown it away after a year.</p>
<p>We threw the queue away, and made each account a lane of its own, so that nothing waits for a stranger's trouble.</p>
<p>In the first month 40 teams moved over, and none of them has asked for the queue since then.</p>
</article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lanes</title><link>{url}/</link>{items}</channel></rss>"""
ITEM = """<item><title>Post {number}</title><link>{url}/post/{number}</link><guid>{url}/post/{number}</guid>
<pubDate>Mon, 0{number} Jun 2026 09:00:00 GMT</pubDate><description>&lt;p&gt;{words}&lt;/p&gt;</description></item>"""
WORDS = f"Post {{number}} says that we grew. {'It tells at length how we came to that number of teams. ' * 25}"


@pytest.fixture
def pages() -> dict[str, tuple[str, str]]:
    return {"/lanes": ("text/html; charset=utf-8", PAGE)}


@pytest.fixture
def server(shell: Shell, pages: dict[str, tuple[str, str]]) -> Iterator[LoopbackServer]:
    with LoopbackServer(site(pages)) as server:
        allow(shell, server.url)
        yield server


def publish(pages: dict[str, tuple[str, str]], url: str, *numbers: int) -> str:
    """Puts these posts into the feed, the newest first, and returns its address."""
    items = [ITEM.format(url=url, number=one, words=WORDS.format(number=one)) for one in sorted(numbers, reverse=True)]
    pages["/feed"] = ("application/rss+xml", FEED.format(url=url, items="".join(items)))
    return f"{url}/feed"


def test_a_page_becomes_a_note_of_its_day_that_says_where_it_came_from(shell: Shell, server: LoopbackServer) -> None:
    address = f"{server.url}/lanes"
    [source] = shell.run("ingest", address, "--json").json
    assert source["path"] == "notes/2026-11-03-lanes-instead-of-a-queue.md"
    assert (source["original"], source["kind"], source["title"]) == (address, "post", "Lanes instead of a queue")
    copy = (shell.project / source["path"]).read_text()
    assert re.search(rf"<!-- contentkit: copy of {re.escape(address)}, read \d{{4}}-\S+Z, sha:\w+ -->\n$", copy)
    assert "Home About" not in copy


def test_a_page_that_changed_replaces_its_note_and_one_that_did_not_is_known(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    address = f"{server.url}/lanes"
    first, second = (shell.run("ingest", address, "--json").json[0] for _ in range(2))
    assert (first["state"], second["state"]) == ("new", "known")
    pages["/lanes"] = (
        pages["/lanes"][0],
        PAGE.replace("40 teams", "60 teams").replace("Lanes instead", "Ways instead"),
    )
    third = shell.run("ingest", address, "--json").json[0]
    assert (third["state"], third["path"]) == ("changed", first["path"])
    assert "60 teams" in (shell.project / first["path"]).read_text()


def test_a_page_is_known_by_the_address_that_others_lead_to(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    moved = f"{server.url}/moved"
    first = shell.run("ingest", moved, "--json").json[0]
    second = shell.run("ingest", f"{server.url}/lanes", "--json").json[0]
    assert (second["path"], second["state"]) == (first["path"], "known")
    assert f"copy of {server.url}/lanes, read" in (shell.project / first["path"]).read_text()
    assert first["original"] == moved


def test_the_key_to_a_page_stands_in_no_file_and_no_message(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    pages["/lanes?p=4&X-Amz-Signature=h4x0r"] = pages["/lanes"]
    [source] = shell.run("ingest", f"{server.url}/lanes?p=4&X-Amz-Signature=h4x0r", "--json").json
    assert (source["original"], source["link"]) == (f"{server.url}/lanes?p=4",) * 2
    ran = shell.run("ingest", f"{server.url}/gone?token=h4x0r")
    assert (ran.code, f"{server.url}/gone: has no such page" in ran.err) == (1, True)
    assert "h4x0r" not in ran.err
    assert holders(shell.project, "h4x0r") == []


def test_an_address_that_nobody_allowed_is_refused_before_anything_is_asked(shell: Shell) -> None:
    asked = []

    def respond(request: object) -> object:
        asked.append(request)
        raise AssertionError

    with LoopbackServer(respond) as server:  # type: ignore[arg-type]
        ran = shell.run("ingest", f"{server.url}/lanes", "notes/call.md")
    assert (ran.code, [row[0] for row in ran.rows[1:]], asked) == (1, ["notes/call.md"], [])
    assert "machine.toml" in ran.err


def test_an_address_that_is_not_believed_is_told_apart_from_what_nobody_sees(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    canonical = "<link rel='canonical' href='https://elsewhere.example.org/lanes'></head>"
    hidden = "<p hidden>Nobody sees this line of the article, which says that we shrank.</p></article>"
    pages["/lanes"] = ("text/html", PAGE.replace("</head>", canonical).replace("</article>", hidden))
    err = shell.run("ingest", f"{server.url}/lanes").err
    assert "/lanes: left out, because readers cannot see it: 1 hidden element\n" in err
    assert (
        "/lanes: not believed: its canonical address, which is on another host: https://elsewhere.example.org/l" in err
    )


def test_of_a_page_with_words_off_the_record_it_is_said_that_nothing_can_be_compared(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    pages["/lanes"] = ("text/html", PAGE.replace("40 teams", "40 teams [off the record: all of Quennell]"))
    err = shell.run("ingest", f"{server.url}/lanes").err
    assert f"{server.url}/lanes: what was cut out is kept nowhere, so no draft can be compared with it" in err


def test_a_draft_is_made_of_an_address_and_rests_on_its_copy(shell: Shell, server: LoopbackServer) -> None:
    ran = shell.run("draft", f"{server.url}/lanes", "--slug", "lanes", "--json")
    assert ran.code == 0
    assert f"{server.url}/lanes: copied to notes/2026-11-03-lanes-instead-of-a-queue.md\n" in ran.err
    assert ran.json["sources"] == ["notes/2026-11-03-lanes-instead-of-a-queue.md"]
    assert shell.run("check", "lanes").code == 0


def test_the_first_run_takes_nothing_of_a_feed_and_the_next_one_what_is_new(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    feed = publish(pages, server.url, 1, 2)
    ran = shell.run("ingest", "--feed", feed)
    assert (ran.code, ran.out) == (0, "")
    assert (
        f"{feed} (Lanes): takes what is new from now on; ask for the 2 that are there with --latest NUMBER" in ran.err
    )
    publish(pages, server.url, 1, 2, 3)
    ran = shell.run("ingest", "--feed", feed)
    assert [row[0] for row in ran.rows[1:]] == ["notes/2026-06-03-post-3.md"]
    assert shell.run("ingest", "--feed", feed).out == ""


def test_old_items_are_taken_when_asked_for_and_each_once(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    feed = publish(pages, server.url, 1, 2, 3)
    ran = shell.run("ingest", "--feed", feed, "--latest", "1")
    assert [row[0] for row in ran.rows[1:]] == ["notes/2026-06-03-post-3.md"]
    assert shell.run("ingest", "--feed", feed, "--latest", "1").out == ""
    ran = shell.run("ingest", "--feed", feed, "--since", "2026-06-02")
    assert [row[0] for row in ran.rows[1:]] == ["notes/2026-06-02-post-2.md"]


def test_a_feed_never_takes_over_what_was_read_from_a_page(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    feed = publish(pages, server.url, 1)
    pages["/post/1"] = ("text/html", PAGE)
    [page] = shell.run("ingest", f"{server.url}/post/1", "--json").json
    before = (shell.project / page["path"]).read_bytes()
    [item] = shell.run("ingest", "--feed", feed, "--latest", "1", "--json").json
    assert (shell.project / page["path"]).read_bytes() == before
    copy = (shell.project / item["path"]).read_text()
    assert f"copy of {feed}#{server.url}/post/1, read" in copy
    assert (item["original"], item["link"]) == (f"{server.url}/post/1", f"{server.url}/post/1")


def test_what_another_host_says_is_read_there_whatever_a_feed_says_of_it(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    publish(pages, server.url.replace("127.0.0.1", "localhost"), 1)
    ran = shell.run("ingest", "--feed", f"{server.url}/feed", "--latest", "1")
    assert (ran.code, ran.out) == (1, "")
    assert "localhost" in ran.err


def test_the_key_of_a_feed_stands_in_no_file_and_no_message(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    publish(pages, server.url, 1)
    content = re.sub(r"<link>[^<]*/post[^<]*</link>", "", pages["/feed"][1]).replace(f"<guid>{server.url}", "<guid>tag")
    pages["/feed?key=h4x0r"] = ("application/rss+xml", content)
    ran = shell.run("ingest", "--feed", f"{server.url}/feed?key=h4x0r", "--latest", "1")
    assert (ran.code, [row[0] for row in ran.rows[1:]]) == (0, ["notes/2026-06-01-post-1.md"])
    assert "h4x0r" not in ran.out + ran.err
    assert holders(shell.project, "h4x0r") == []


def test_an_item_whose_copy_could_not_be_written_is_taken_the_next_time(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    feed = publish(pages, server.url, 1)
    notes, aside = shell.project / "notes", shell.project / "aside"
    notes.rename(aside)
    notes.write_text("no folder")
    assert shell.run("ingest", "--feed", feed, "--latest", "1").code == 1
    notes.unlink()
    aside.rename(notes)
    assert [row[0] for row in shell.run("ingest", "--feed", feed).rows[1:]] == ["notes/2026-06-01-post-1.md"]


def test_an_item_that_is_gone_for_good_is_told_once_and_the_feed_is_asked_as_before(
    shell: Shell, server: LoopbackServer, pages: dict[str, tuple[str, str]]
) -> None:
    feed = publish(pages, server.url, 1, 2)
    teasers = re.sub(r"&lt;p&gt;.*?&lt;/p&gt;", "We grew …", pages["/feed"][1])
    pages["/feed"], pages["/post/2"] = (pages["/feed"][0], teasers), ("text/html", PAGE)
    ran = shell.run("ingest", "--feed", feed, "--latest", "2")
    assert (ran.code, [row[0] for row in ran.rows[1:]]) == (1, ["notes/2026-11-03-lanes-instead-of-a-queue.md"])
    assert f"{server.url}/post/1: " in ran.err
    assert "later runs pass it over" in ran.err
    ran = shell.run("ingest", "--feed", feed)
    assert (ran.code, ran.err) == (0, f"{feed} (Lanes): nothing new\n")


def test_a_feed_that_is_away_does_not_keep_the_rest_out(shell: Shell, server: LoopbackServer) -> None:
    ran = shell.run("ingest", "notes/call.md", "--feed", f"{server.url}/nowhere")
    assert (ran.code, [row[0] for row in ran.rows[1:]]) == (1, ["notes/call.md"])
    assert f"{server.url}/nowhere" in ran.err
