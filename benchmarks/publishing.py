"""What publishing costs: one post that is due, beside other programs, and a thousand on a hundred accounts of a far server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.due import SECONDS, FarServer, approve, far_server, write_entry, write_project
from benchmarks.rounds import INSTALLED, Case, Used, bare, measure, ratios, run, spread
from benchmarks.topics import Bench, Curve, Figure, Size, Topic

_WORKERS = 32
_POSTS, _ACCOUNTS = 1_000, 100
# In seconds: ten times as many posts take ten times as long.
_PATIENCE = 30
_MASTODON = """
import sys
from mastodon import Mastodon
Mastodon(access_token="token-of-another", api_base_url=sys.argv[1], version_check_mode="none").status_post(sys.argv[2])
"""


@dataclass
class _OneByOne:
    """A project in which one entry more is due before each run."""

    root: Path
    environment: Mapping[str, str]
    numbers: Iterator[int] = field(default_factory=lambda: count())

    def make_due(self) -> None:
        number = next(self.numbers)
        with (self.root / "calendar.yaml").open("a") as calendar:
            calendar.write(write_entry(self.root, number, "account-000"))
        approve(self.root, self.environment, first=number)


def topic(bench: Bench) -> Topic:
    """The goals, and how long more and more posts take."""
    if bench.size is Size.TINY:
        return Topic(title="Publishing", figures=[])
    posts, accounts = bench.size.of(1, 50, _POSTS), bench.size.of(1, 10, _ACCOUNTS)
    notes = [
        "One post: a server on this machine that answers at once; `toot` and Mastodon.py keep no record of what they sent. Over"
        " HTTPS each of them also reads whom to trust, once in a run.",
        "Ours were approved on this machine, and their sources are as they were then: else each is compared with them anew.",
        f"{posts:,} posts: each answer takes {1000 * SECONDS:.0f} ms, so {_WORKERS} workers that did nothing else would take"
        f" {posts * SECONDS / _WORKERS:.2f} s by the clock, start of the program not counted. Ours records each on disk before"
        " it is sent, and after.",
    ]
    figures = [_one_post(bench), *_many_posts(bench, posts, accounts)]
    curves = [_growth(bench)] if bench.size is Size.WHOLE else []
    return Topic(title="Publishing", figures=figures, curves=curves, notes=notes)


def _one_post(bench: Bench) -> Figure:
    with far_server(0) as server:
        root, environment = write_project(bench.folder("publishing-one"), server.url, 0, 1)
        due = _OneByOne(root, environment)
        ours = Case(
            name="contentkit post",
            command=[INSTALLED, "post"],
            folder=root,
            environment=environment,
            before=due.make_due,
        )
        others = list(_others(bench, root, server))
        measured = measure([bare(root, environment), ours, *others], bench.rounds)
        sent = len(server.told()["texts"]["Bearer token-of-account-000"])
        if sent != bench.rounds + 1:
            raise RuntimeError(f"contentkit post: {sent} posts are out after {bench.rounds + 1} runs")
    return Figure(
        what="`post` with one post due, recorded and sent",
        measured=ratios(measured, ours.name),
        at_most=15,
        peers={one.name: ratios(measured, one.name) for one in others},
    )


def _others(bench: Bench, folder: Path, server: FarServer) -> Iterator[Case]:
    words = "We moved the queue to Postgres, and nobody had to wait."
    toot, python = bench.peers.program("toot", "toot"), bench.peers.python("Mastodon.py")
    if toot:
        environment = {**bench.environment, "XDG_CONFIG_HOME": str(_settings_of_toot(bench, server))}
        yield Case(name="`toot post`", command=[toot, "post", words], folder=folder, environment=environment)
    if python:
        command = [python, "-c", _MASTODON, server.url, words]
        yield Case(name="a script with Mastodon.py", command=command, folder=folder, environment=bench.environment)


def _settings_of_toot(bench: Bench, server: FarServer) -> Path:
    folder, host = bench.folder("settings-of-toot"), urlsplit(server.url).netloc
    app = {"instance": host, "base_url": server.url, "client_id": "an-id", "client_secret": "a-secret"}
    user = {"instance": host, "username": "us", "access_token": "token-of-toot"}
    settings = {"active_user": f"us@{host}", "apps": {host: app}, "users": {f"us@{host}": user}}
    (folder / "toot").mkdir()
    (folder / "toot/config.json").write_text(json.dumps(settings))
    return folder


def _many_posts(bench: Bench, posts: int, accounts: int) -> Iterator[Figure]:
    rounds = [_published(bench, posts, accounts, number) for number in range(max(1, bench.rounds // 4))]
    what = f"`post` with {posts:,} posts due on {accounts} accounts, {1000 * SECONDS:.0f} ms away"
    least = posts * SECONDS / _WORKERS
    yield Figure(
        what=what,
        unit=f"of the pace that {_WORKERS} workers can have",
        measured=spread([least / used.wall for used in rounds]),
        at_least=0.8,
    )
    yield Figure(what=what, unit="MB of memory", measured=spread([used.memory / 1e6 for used in rounds]), at_most=150)
    yield Figure(what=what, unit="ms of CPU a post", measured=spread([1000 * used.cpu / posts for used in rounds]))


def _published(bench: Bench, posts: int, accounts: int, number: int) -> Used:
    """Publishes so many posts. Raises RuntimeError where one is missing, twice, or out of order on its account."""
    with far_server() as server:
        root, environment = write_project(bench.folder(f"publishing-{posts}-{number}"), server.url, posts, accounts)
        used = run(Case(name=f"{posts} posts", command=[INSTALLED, "post"], folder=root, environment=environment))
        told = server.told()["texts"]
    out = [text for texts in told.values() for text in texts]
    if len(out) != posts or len(set(out)) != posts or any(texts != sorted(texts) for texts in told.values()):
        raise RuntimeError(f"{posts} posts: {len(out)} are out, {len(set(out))} different")
    return used


def _growth(bench: Bench) -> Curve:
    """1 to 10,000 posts on as many accounts, a hundred at most; fewer where they would take many minutes."""
    ours, least = [], []
    for posts in (1, 10, 100, 1_000, 10_000):
        used = _published(bench, posts, min(posts, _ACCOUNTS), number=9)
        ours.append((float(posts), used.wall))
        least.append((float(posts), max(SECONDS, posts * SECONDS / _WORKERS)))
        if used.wall > _PATIENCE:
            break
    lines = {"contentkit post": ours, f"nothing but {_WORKERS} workers": least}
    return Curve(name="Publishing, as posts are due", many="posts", unit="s by the clock", lines=lines)
