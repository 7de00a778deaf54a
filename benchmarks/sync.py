"""What ``contentkit sync`` asks of the networks for many posts, and what that costs of this machine.

    .venv/bin/python -m benchmarks.sync [POSTS]

10,000 posts unless told otherwise on each of two accounts, in threads of four, the newest an hour old and the oldest 80 days. Two
loopback servers in this process answer as Mastodon and X do; ``sync`` runs in processes of its own, whose CPU time is taken,
so that the servers' is not in it. First everything is due, then nothing is.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.startup import REPOSITORY, cpu_seconds
from contentkit.testing.loopback import Answer, LoopbackServer, Request

_PER_BATCH, _PER_PAGE, _PER_X = 20, 40, 100
_OLDEST = timedelta(days=80)
_YOUNG = timedelta(days=30)
_SECRETS = """[ours]
token = "a-token-of-mastodon"
[ours-x]
api_key = "an-api-key-of-x"
api_secret = "an-api-secret-of-x"
access_token = "1-an-access-token-of-x"
access_secret = "an-access-secret-of-x"
"""
_SETTINGS = """version = 1
project = "many-figures"
[accounts.ours]
platform = "mastodon"
server = "{mastodon}"
id = "1"
[accounts.ours-x]
platform = "x"
server = "{x}"
id = "1"
[budget]
reads = {reads}
"""


def snowflake(made: datetime) -> str:
    return str((int(made.timestamp() * 1000) - 1_288_834_974_657) << 22)


class Networks:
    """Both of them, with the same posts, newest first. ``calls`` counts what was asked for figures."""

    def __init__(self, posts: list[str]) -> None:
        self._posts = posts
        self._place = {one: place for place, one in enumerate(posts)}
        self.calls = {"mastodon": 0, "x": 0}

    def mastodon(self, request: Request) -> Answer:
        query = request.query
        if request.path == "/api/v1/statuses":
            self.calls["mastodon"] += 1
            return _json([_toot(one) for one in query["id[]"][:_PER_BATCH]])
        if request.path.endswith("/accounts/1/statuses"):
            self.calls["mastodon"] += 1
            start = self._place[query["max_id"][0]] + 1 if "max_id" in query else 0
            return _json([_toot(one) for one in self._posts[start : start + _PER_PAGE]])
        if request.path.endswith("/verify_credentials"):
            return _json({"id": "1", "username": "us", "followers_count": 5})
        return _json([])

    def x(self, request: Request) -> Answer:
        if request.path == "/2/tweets":
            self.calls["x"] += 1
            return _json({"data": [_tweet(one) for one in request.query["ids"][0].split(",")[:_PER_X]]})
        if request.path == "/2/users/me":
            return _json({"data": {"id": "1", "username": "us", "public_metrics": {"followers_count": 5}}})
        return _json({"meta": {"result_count": 0}})


def _json(value: object) -> Answer:
    return Answer(status=200, headers=(("Content-Type", "application/json"),), body=json.dumps(value).encode())


def _toot(remote_id: str) -> dict[str, object]:
    """A status with about as much besides its figures as a server sends."""
    account = {f"field_{number}": "https://social.example/somewhere" for number in range(24)}
    counts = {"replies_count": 1, "favourites_count": 5, "reblogs_count": 2, "quotes_count": 0}
    return {"id": remote_id, "content": "<p>" + "Words of it. " * 20 + "</p>", "account": account, **counts}


def _tweet(remote_id: str) -> dict[str, object]:
    names = ("reply_count", "like_count", "retweet_count", "quote_count", "bookmark_count", "impression_count")
    clicks = {"url_link_clicks": 1, "user_profile_clicks": 1}
    counts = dict.fromkeys(names, 3)
    return {"id": remote_id, "text": "Words of it.", "public_metrics": counts, "non_public_metrics": clicks}


def write_receipts(folder: Path, posts: dict[str, datetime]) -> None:
    """Each post, newest first, on both accounts, as another machine published it."""
    with (folder / "receipts.jsonl").open("w") as file:
        for number, (remote_id, made) in enumerate(posts.items()):
            for account in ("ours", "ours-x"):
                one = {"entry": f"e{number // 4}", "account": account, "part": 3 - number % 4, "parts": 4}
                more = {"fingerprint": "", "url": "", "remote_id": remote_id, "at": f"{made:%Y-%m-%dT%H:%M:%SZ}"}
                file.write(json.dumps({**one, **more}) + "\n")


def minimum(posts: dict[str, datetime], now: datetime) -> dict[str, int]:
    """The fewest calls by what each network allows in one: X has figures of young posts that it has not of others."""
    young = sum(now - made < _YOUNG for made in posts.values())
    return {"mastodon": -(-len(posts) // _PER_PAGE), "x": -(-young // _PER_X) - (young - len(posts)) // _PER_X}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    now = datetime.now(UTC)
    step = (_OLDEST - timedelta(hours=1)) / count
    posts = {
        snowflake(made): made for made in (now - timedelta(hours=1, minutes=1) - step * one for one in range(count))
    }
    networks = Networks(list(posts))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "project"
        folder.mkdir()
        secrets = Path(scratch) / ".config/contentkit/secrets.toml"
        secrets.parent.mkdir(parents=True)
        secrets.write_text(_SECRETS)
        secrets.chmod(0o600)
        (folder / "calendar.yaml").write_text("version: 1\ntimezone: UTC\nentries: []\n")
        write_receipts(folder, posts)
        environment = {"PATH": "/usr/bin:/bin", "HOME": scratch, "PYTHONPATH": str(REPOSITORY)}
        run = [sys.executable, "-m", "contentkit", "sync"]
        with LoopbackServer(networks.mastodon) as mastodon, LoopbackServer(networks.x) as x:
            settings = _SETTINGS.format(mastodon=mastodon.url, x=x.url, reads=100 * count)
            (folder / "contentkit.toml").write_text(settings)
            _tell("everything due", lambda: cpu_seconds([*run, "--all"], folder, environment), networks, 2 * count)
            print(f"the fewest there could be: {minimum(posts, now)}")
            _tell("nothing due", lambda: cpu_seconds(run, folder, environment), networks, 2 * count)


def _tell(name: str, measured: Callable[[], float], networks: Networks, readings: int) -> None:
    networks.calls = dict.fromkeys(networks.calls, 0)
    seconds = measured()
    print(f"{name:16} {seconds:6.2f} s CPU, {1000 * seconds / readings:.3f} ms for a reading, calls {networks.calls}")


if __name__ == "__main__":
    main()
