"""What ``contentkit sync`` asks of the networks for many posts, and what that costs of this machine, beside Mastodon.py.

The posts are out on one account of each network, in threads of four, the newest an hour old and the oldest 80 days. A loopback
server in this process answers as Mastodon and as X do; ``sync`` runs in processes of its own, so that the server's time is
not in theirs. First everything is due, then nothing is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.rounds import INSTALLED, Case, bare, measure, ratios, run, spread
from benchmarks.topics import BARE, Bench, Figure, Size, Topic
from contentkit.testing.loopback import Answer, LoopbackServer, Request

_PER_BATCH, _PER_PAGE, _PER_X = 20, 40, 100
_OLDEST = timedelta(days=80)
_YOUNG = timedelta(days=30)
_SECRETS = """[mastodon]
token = "a-token-of-mastodon"
[x]
api_key = "an-api-key-of-x"
api_secret = "an-api-secret-of-x"
access_token = "1-an-access-token-of-x"
access_secret = "an-access-secret-of-x"
"""
_SETTINGS = """version = 1
project = "many-figures"
[accounts.{network}]
platform = "{network}"
server = "{server}"
id = "1"
[budget]
reads = {reads}
"""
_EACH_ID = f"""
import sys
from mastodon import Mastodon
api = Mastodon(access_token="a-token-of-mastodon", api_base_url=sys.argv[1], version_check_mode="none")
wanted = open(sys.argv[2]).read().split()
for first in range(0, len(wanted), {_PER_BATCH}):
    api.statuses(wanted[first : first + {_PER_BATCH}])
"""


def snowflake(made: datetime) -> str:
    return str((int(made.timestamp() * 1000) - 1_288_834_974_657) << 22)


class Networks:
    """Both of them, with the same posts, newest first. ``calls`` counts how often figures were asked for."""

    def __init__(self, posts: list[str]) -> None:
        self._posts = posts
        self._place = {one: place for place, one in enumerate(posts)}
        self.calls = 0

    def answer(self, request: Request) -> Answer:
        return self._x(request) if request.path.startswith("/2/") else self._mastodon(request)

    def _mastodon(self, request: Request) -> Answer:
        query = request.query
        if request.path == "/api/v1/statuses":
            self.calls += 1
            return _json([_toot(one) for one in query["id[]"][:_PER_BATCH]])
        if request.path.endswith("/accounts/1/statuses"):
            self.calls += 1
            start = self._place[query["max_id"][0]] + 1 if "max_id" in query else 0
            return _json([_toot(one) for one in self._posts[start : start + _PER_PAGE]])
        if request.path.endswith("/verify_credentials"):
            return _json({"id": "1", "username": "us", "followers_count": 5})
        return _json([])

    def _x(self, request: Request) -> Answer:
        if request.path == "/2/tweets":
            self.calls += 1
            return _json({"data": [_tweet(one) for one in request.query["ids"][0].split(",")[:_PER_X]]})
        if request.path == "/2/users/me":
            return _json({"data": {"id": "1", "username": "us", "public_metrics": {"followers_count": 5}}})
        return _json({"meta": {"result_count": 0}})


def _json(value: object) -> Answer:
    return Answer(status=200, headers=(("Content-Type", "application/json"),), body=json.dumps(value).encode())


def _toot(remote_id: str) -> dict[str, object]:
    """A status with what a server tells of it, as the documentation of Mastodon's API names it."""
    counts = {"replies_count": 1, "favourites_count": 5, "reblogs_count": 2, "quotes_count": 0}
    lists: dict[str, object] = {name: [] for name in ("media_attachments", "mentions", "tags", "emojis")}
    nothing = dict.fromkeys(("in_reply_to_id", "in_reply_to_account_id", "reblog", "card", "poll", "edited_at"))
    status = {
        "id": remote_id,
        "created_at": "2026-11-23T09:00:00.000Z",
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "en",
        "uri": f"https://social.example/users/us/statuses/{remote_id}",
        "url": f"https://social.example/@us/{remote_id}",
        "content": "<p>" + "Words of it. " * 20 + "</p>",
        "application": {"name": "contentkit", "website": None},
        "account": _US,
    }
    return {**status, **counts, **lists, **nothing}


_PICTURE = "https://files.social.example/accounts/avatars/000/000/001/original/a.png"
_US: dict[str, object] = {
    "id": "1",
    "username": "us",
    "acct": "us",
    "display_name": "Us",
    "locked": False,
    "bot": False,
    "discoverable": True,
    "group": False,
    "created_at": "2022-04-01T00:00:00.000Z",
    "note": "<p>We write a scheduler.</p>",
    "url": "https://social.example/@us",
    "uri": "https://social.example/users/us",
    **dict.fromkeys(("avatar", "avatar_static", "header", "header_static"), _PICTURE),
    "followers_count": 5,
    "following_count": 7,
    "statuses_count": 10_000,
    "last_status_at": "2026-11-23",
    "emojis": [],
    "fields": [{"name": "Pages", "value": "https://example.org", "verified_at": None}],
}


def _tweet(remote_id: str) -> dict[str, object]:
    names = ("reply_count", "like_count", "retweet_count", "quote_count", "bookmark_count", "impression_count")
    clicks = {"url_link_clicks": 1, "user_profile_clicks": 1}
    counts = dict.fromkeys(names, 3)
    return {"id": remote_id, "text": "Words of it.", "public_metrics": counts, "non_public_metrics": clicks}


def topic(bench: Bench) -> Topic:
    """Everything due and nothing due, on each network."""
    title = "Asking the networks for figures"
    if bench.size is Size.TINY:
        return Topic(title=title, figures=[])
    posts = posts_until(datetime.now(UTC), bench.size.of(40, 400, 10_000))
    networks = Networks(list(posts))
    with LoopbackServer(networks.answer) as server:
        figures = [
            *_on_mastodon(bench, posts, networks, server.url),
            *_on_x(bench, posts, networks, server.url),
        ]
    notes = [
        "`sync` reads the receipts, asks, stores every figure and asks who answered; `statuses()` of Mastodon.py only asks, by"
        f" {_PER_BATCH} ids in a call.",
        f"The fewest calls are those of full pages: {_PER_PAGE} statuses on Mastodon, {_PER_X} posts on X, young and old apart,"
        " because only of young ones X tells clicks.",
    ]
    return Topic(title=title, figures=figures, notes=notes)


def posts_until(now: datetime, count: int) -> Mapping[str, datetime]:
    """So many posts by their ids, newest first."""
    step = (_OLDEST - timedelta(hours=1)) / count
    made = (now - timedelta(hours=1, minutes=1) - step * one for one in range(count))
    return {snowflake(moment): moment for moment in made}


def fewest_calls(network: str, posts: Mapping[str, datetime]) -> int:
    """By what each network allows in one call: X has figures of young posts that it has not of others."""
    now = datetime.now(UTC)
    young = sum(now - made < _YOUNG for made in posts.values())
    return (
        -(-len(posts) // _PER_PAGE) if network == "mastodon" else -(-young // _PER_X) - (young - len(posts)) // _PER_X
    )


def _on_mastodon(bench: Bench, posts: Mapping[str, datetime], networks: Networks, server: str) -> Iterator[Figure]:
    everything, nothing = _cases(bench, "mastodon", posts, server)
    others, what = list(_others(bench, everything.folder, posts, server)), f"`sync` of {len(posts):,} posts on Mastodon"
    measured = measure([everything, *others], _few(bench))
    a_post = {name: spread([1000 * one.cpu / len(posts) for one in used]) for name, used in measured.items()}
    ours = a_post.pop(everything.name)
    yield Figure(what=what, unit="ms of CPU a post", measured=ours, peers=a_post)
    for one in others:
        share = ratios(measured, everything.name, one.name)
        yield Figure(what=what, unit=f"of {one.name}", measured=share, at_most=1 / 20)
    yield _calls(what, everything, networks, fewest_calls("mastodon", posts))
    quiet = measure([bare(nothing.folder, nothing.environment), nothing], bench.rounds)
    yield Figure(what="`sync` with nothing due", unit=BARE, measured=ratios(quiet, nothing.name))


def _on_x(bench: Bench, posts: Mapping[str, datetime], networks: Networks, server: str) -> Iterator[Figure]:
    everything, _ = _cases(bench, "x", posts, server)
    what = f"`sync` of {len(posts):,} posts on X"
    taken = [1000 * run(everything).cpu / len(posts) for _ in range(_few(bench))]
    yield Figure(what=what, unit="ms of CPU a post", measured=spread(taken))
    yield _calls(what, everything, networks, fewest_calls("x", posts))


def _few(bench: Bench) -> int:
    return max(1, bench.rounds // 4)


def _calls(what: str, case: Case, networks: Networks, fewest: int) -> Figure:
    networks.calls = 0
    run(case)
    return Figure(what=what, unit="calls for figures", measured=spread([networks.calls]), at_most=fewest)


def _cases(bench: Bench, network: str, posts: Mapping[str, datetime], server: str) -> Sequence[Case]:
    """Everything asked for, and nothing due, in a project on one network."""
    home = bench.folder(f"sync-{network}")
    folder, secrets = home / "project", home / ".config/contentkit/secrets.toml"
    folder.mkdir()
    secrets.parent.mkdir(parents=True)
    secrets.touch(mode=0o600)
    secrets.write_text(_SECRETS)
    (folder / "calendar.yaml").write_text("version: 1\ntimezone: UTC\nentries: []\n")
    settings = _SETTINGS.format(network=network, server=server, reads=100 * len(posts))
    (folder / "contentkit.toml").write_text(settings)
    (folder / "receipts.jsonl").write_text("".join(_receipts(network, posts)))
    environment = {**bench.environment, "HOME": str(home)}
    sync = [INSTALLED, "sync"]
    return [
        Case(name="sync --all", command=[*sync, "--all"], folder=folder, environment=environment),
        Case(name="sync", command=sync, folder=folder, environment=environment),
    ]


def _receipts(account: str, posts: Mapping[str, datetime]) -> Iterator[str]:
    """Each post, newest first, as another machine published it."""
    for number, (remote_id, made) in enumerate(posts.items()):
        one = {"entry": f"e{number // 4}", "account": account, "part": 3 - number % 4, "parts": 4}
        more = {"fingerprint": "", "url": "", "remote_id": remote_id, "at": f"{made:%Y-%m-%dT%H:%M:%SZ}"}
        yield json.dumps({**one, **more}) + "\n"


def _others(bench: Bench, folder: Path, posts: Mapping[str, datetime], server: str) -> Iterator[Case]:
    python, wanted = bench.peers.python("Mastodon.py"), folder / "wanted.txt"
    wanted.write_text("\n".join(posts))
    if python:
        command = [python, "-c", _EACH_ID, server, str(wanted)]
        yield Case(name="`statuses()` of Mastodon.py", command=command, folder=folder, environment=bench.environment)
