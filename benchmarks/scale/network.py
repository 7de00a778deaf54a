"""A Mastodon server that loses answers and keeps count: what was published twice, out of order, or by two at one time.

    .venv/bin/python -m benchmarks.scale.network SECONDS LOST

Prints its port. Of so many thousandths of the posts the answer is lost, the post is not. ``/told`` as in ``publishing_server``,
with ``faults``, each one a sentence.
"""

from __future__ import annotations

import asyncio
import random
import sys
from typing import Any

from benchmarks.publishing_server import Server, body_of, head, written

# The latency of an instant answer to a look does not have to be that of a post.
_LOOK = 0.005


class Network(Server):
    """A post takes effect in the middle of its time, whether or not anybody waits for the answer."""

    def __init__(self, seconds: float, lost: int) -> None:
        super().__init__(seconds)
        self._posting = seconds
        self._lost = lost
        self._random = random.Random(12)
        self._at_work: set[str] = set()
        self.faults: list[str] = []
        self.answers_lost = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await head(reader):
                method, target, headers = request
                body = await body_of(reader, headers)
                token = headers.get("authorization", "")
                if method == "POST":
                    told = await asyncio.shield(asyncio.ensure_future(self._post(target, token, body)))
                    if told is None:
                        break
                else:
                    told = self._told() if target == "/told" else self.answer(method, target, token, body)
                    await asyncio.sleep(_LOOK)
                writer.write(written(*told, ends=False))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _post(self, target: str, token: str, body: bytes) -> tuple[int, Any] | None:
        if token in self._at_work:
            self.faults.append(f"{token}: two at one time")
        self._at_work.add(token)
        await asyncio.sleep(self._posting / 2)
        told = self.answer("POST", target, token, body)
        self._judge(token)
        await asyncio.sleep(self._posting / 2)
        self._at_work.discard(token)
        if self._random.randrange(1000) < self._lost:
            self.answers_lost += 1
            return None
        return told

    def _judge(self, token: str) -> None:
        texts = [status["text"] for status in self.statuses[token]]
        if texts[-1] in texts[:-1]:
            self.faults.append(f"{token}: twice: {texts[-1]}")
        elif len(texts) > 1 and texts[-1] < texts[-2]:
            self.faults.append(f"{token}: out of order: {texts[-1]}")

    def _told(self) -> tuple[int, Any]:
        texts = {token: [status["text"] for status in made] for token, made in self.statuses.items() if made}
        return 200, {"texts": texts, "faults": self.faults, "lost": self.answers_lost, "asked": self.asked}


async def _main(seconds: float, lost: int) -> None:
    server = await asyncio.start_server(Network(seconds, lost).serve, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1]), int(sys.argv[2])))
