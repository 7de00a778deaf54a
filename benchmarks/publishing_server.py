"""A Mastodon server in a process of its own, for as many accounts as there are tokens: it answers after a while, as one far away.

    .venv/bin/python -m benchmarks.publishing_server SECONDS

Prints its port. ``/told`` answers at once with how often which kind of request was made, and with the texts of each account
in the order in which they came.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qs, urlsplit

_PAGE = 40


class Server:
    """``statuses`` by token, oldest first."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.statuses: dict[str, list[dict[str, Any]]] = {}
        self.asked: Counter[str] = Counter()
        self._made = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await head(reader):
                method, target, headers = request
                body = await body_of(reader, headers)
                status, answer = self.answer(method, target, headers.get("authorization", ""), body)
                if target != "/told":
                    await asyncio.sleep(self._seconds)
                ends = headers.get("connection", "").lower() == "close"
                writer.write(written(status, answer, ends=ends))
                await writer.drain()
                if ends:
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def answer(self, method: str, target: str, token: str, body: bytes) -> tuple[int, Any]:
        parts = urlsplit(target)
        mine = self.statuses.setdefault(token, [])
        if target == "/told":
            texts = {one: [status["text"] for status in made] for one, made in self.statuses.items() if made}
            return 200, {"asked": self.asked, "texts": texts}
        kind = next(
            (one for one in ("verify_credentials", "instance", "accounts", "statuses") if one in parts.path), "?"
        )
        self.asked[f"{method} {kind}"] += 1
        if kind == "verify_credentials":
            return 200, {"id": token[-8:], "acct": token[-8:], "username": token[-8:]}
        if kind == "instance":
            return 200, {"configuration": {"statuses": {"max_characters": 500, "characters_reserved_per_url": 23}}}
        if kind == "accounts":
            return 200, [_without_text(one) for one in reversed(mine[-_PAGE:])]
        if method == "POST":
            return 200, self._made_of(token, body)
        number = parts.path.rsplit("/", 1)[1]
        found = next((one for one in reversed(mine) if one["id"] == number), None)
        return (200, _without_text(found)) if found else (404, {"error": "Record not found"})

    def _made_of(self, token: str, body: bytes) -> dict[str, Any]:
        form = (
            json.loads(body) if body.startswith(b"{") else {key: one[0] for key, one in parse_qs(body.decode()).items()}
        )
        self._made += 1
        status = _status(str(self._made), token[-8:], form)
        self.statuses[token].append({**status, "text": form["status"]})
        return status


def _status(number: str, author: str, form: dict[str, Any]) -> dict[str, Any]:
    """A status with about as much besides its words as a server sends."""
    account = {"id": author, **{f"field_{one}": "https://social.example/somewhere" for one in range(24)}}
    return {
        "id": number,
        "url": f"https://social.example/@us/{number}",
        "created_at": "2026-11-23T09:00:00.000Z",
        "in_reply_to_id": form.get("in_reply_to_id"),
        "visibility": form.get("visibility", "public"),
        "spoiler_text": form.get("spoiler_text", ""),
        "language": form.get("language"),
        "content": f"<p>{form['status']}</p>",
        "account": account,
        "media_attachments": [],
        "replies_count": 0,
        "favourites_count": 0,
        "reblogs_count": 0,
    }


def _without_text(status: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in status.items() if key != "text"}


async def head(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str]] | None:
    first = (await reader.readline()).decode()
    if not first.strip():
        return None
    headers: dict[str, str] = {}
    while line := (await reader.readline()).decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    method, target, _ = first.split(" ")
    return method, target, headers


async def body_of(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body


def written(status: int, answer: Any, *, ends: bool) -> bytes:
    body = json.dumps(answer).encode()
    head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    head += f"Date: {formatdate(usegmt=True)}\r\n"
    return (head + ("Connection: close\r\n\r\n" if ends else "\r\n")).encode() + body


async def _main(seconds: float) -> None:
    server = await asyncio.start_server(Server(seconds).serve, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(float(sys.argv[1])))
