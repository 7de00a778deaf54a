"""The control for X: a publisher as most people would write it with tweepy, with a retry after whatever went wrong.

A post that X calls a duplicate is taken for sent, which most tutorials do. It is right as long as every answer arrives.

    python -m tests.naive_x_publisher http://127.0.0.1:3000 journal.json "first post" "second post"
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tests.servers.x_client import tweepy_client
from tests.servers.x_oauth import Keys

if TYPE_CHECKING:
    import tweepy

RETRIES = 3


def publish(texts: Sequence[str], server_url: str, keys: Keys, journal_path: Path) -> list[str]:
    """The ids of the thread, in order; empty for one that X called a duplicate. What the journal knows is not sent again.

    Raises what requests and tweepy raise when a post failed once and then ``RETRIES`` times more.
    """
    client = tweepy_client(server_url, keys)
    with client.session:
        sent: list[str] = json.loads(journal_path.read_text("utf-8")) if journal_path.exists() else []
        for position in range(len(sent), len(texts)):
            sent.append(_posted(client, texts[position], sent[-1] if sent else None))
            journal_path.write_text(json.dumps(sent), encoding="utf-8")
    return sent


def _posted(client: tweepy.Client, text: str, parent: str | None) -> str:
    from requests import RequestException
    from tweepy import Forbidden, HTTPException

    for retries_left in range(RETRIES, -1, -1):
        try:
            return str(client.create_tweet(text=text, in_reply_to_tweet_id=parent or None).data["id"])
        except Forbidden:
            return ""  # "duplicate content": it is there already
        except (RequestException, HTTPException):
            if not retries_left:
                raise
    raise AssertionError("the last try returns or raises")


if __name__ == "__main__":
    url, journal, *thread = sys.argv[1:]
    publish(thread, url, Keys(), Path(journal))
