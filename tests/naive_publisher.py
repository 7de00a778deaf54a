"""The control: a publisher as most people would write it, trusting the Idempotency-Key.

One key per post, a retry with the same key after any exception, and a journal written after the answer. It is right
as long as every answer arrives or the server honours the key. The crash matrix must find it wrong otherwise; if it
does not, the matrix proves nothing.

    python -m tests.naive_publisher http://127.0.0.1:3000 TOKEN KEY-PREFIX journal.json "first post" "second post"
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mastodon import Mastodon

RETRIES = 3


def publish(texts: Sequence[str], server_url: str, token: str, key_prefix: str, journal_path: Path) -> list[str]:
    """The ids of the thread, in order. Posts that the journal knows are not sent again.

    Raises what Mastodon.py raises when a post failed once and then ``RETRIES`` times more.
    """
    from mastodon import Mastodon

    client = Mastodon(access_token=token, api_base_url=server_url, request_timeout=5)
    with client.session:
        # Not the environment's proxies: the server is on this machine.
        client.session.trust_env = False
        sent: list[str] = json.loads(journal_path.read_text("utf-8")) if journal_path.exists() else []
        for position in range(len(sent), len(texts)):
            parent = sent[-1] if sent else None
            sent.append(_posted(client, texts[position], parent, f"{key_prefix}-{position}"))
            journal_path.write_text(json.dumps(sent), encoding="utf-8")
    return sent


def _posted(client: Mastodon, text: str, parent: str | None, key: str) -> str:
    from mastodon import MastodonError

    for retries_left in range(RETRIES, -1, -1):
        try:
            return str(client.status_post(text, in_reply_to_id=parent, idempotency_key=key).id)
        except MastodonError:
            if not retries_left:
                raise
    raise AssertionError("the last try returns or raises")


if __name__ == "__main__":
    url, access_token, prefix, journal, *thread = sys.argv[1:]
    publish(thread, url, access_token, prefix, Path(journal))
