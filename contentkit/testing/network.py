"""What the author of a platform says about the network that its contract is tested on."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from contentkit.models import Account
from contentkit.platforms import Attachment, Connection, Platform, Status
from contentkit.testing.loopback import Request


@dataclass(frozen=True, kw_only=True)
class Network:
    """A network of the author's own to test on, and what it really has, looked up past the platform.

    ``statuses`` gives every status of the account that stands, oldest first, its text as it was sent. ``server`` and
    ``secrets`` are what a project would say. ``creates`` tells the requests that create a status: it lets the contract
    break the wire there; without it nothing is said about broken wires.
    """

    statuses: Callable[[], Sequence[Status]]
    server: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    creates: Callable[[Request], bool] | None = None

    def reached_by(self, url: str) -> str:
        """The server's address with the host of ``url`` in place of its own."""
        return urlsplit(self.server)._replace(netloc=urlsplit(url).netloc).geturl()


# The smallest PNG: one pixel.
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = Attachment(
    path="images/a.png",
    data=_PIXEL,
    digest=hashlib.sha256(_PIXEL).hexdigest(),
    mime="image/png",
    kind="image",
    alt="One pixel & <no more>",
)
# Texts that networks are known to garble, each short enough for all of them.
TEXTS = {
    "plain": "Plain words",
    "markup": "Rust & Go: 1 < 2, 3 > 2, <b>not bold</b>, &amp; as it stands",
    "markdown": "*stars*, _lines_, `code`, [no](link), ~~here~~",
    "links": "Read https://example.org/a?b=c&d=e#f and then (https://example.org/path).",
    "emoji": "A family 👩‍👩‍👧‍👦, a flag 🇲🇽, a keycap 1️⃣, a hand 👋🏽",
    "right to left": "שלום עולם, مرحبا بالعالم, and back",
    "scripts": "日本語のテキスト, Ελληνικά, кириллица, cafe\u0301",
    "lines": "First line\nsecond line\n\nafter a gap\n- an item",
    "quotes": "\"double\" 'single' “curly” \\ \\n %20 {braces} <!-- no note -->",
    "spaces": "two  spaces, a\u00a0hard one, a line's\u2028separator",
}


class OnANetwork:
    """What both parts of the contract stand on: the author's platform, connected to the author's network."""

    platform: Platform

    @pytest.fixture
    def network(self) -> Network:
        raise NotImplementedError("give a fixture 'network' that makes a contentkit.testing.Network")

    @pytest.fixture
    def connection(self, network: Network, tmp_path: Path) -> Iterator[Connection]:
        connection = self.connect(network, tmp_path)
        yield connection
        connection.close()

    @pytest.fixture
    def attachment(self) -> Attachment:
        if not self.platform.limits.media:
            pytest.skip("takes no pictures")
        return PICTURE

    def connect(self, network: Network, state: Path, server: str = "") -> Connection:
        """A fresh connection as the publisher makes it, to this server instead of the network's own."""
        account = Account(name="contract", platform=self.platform.name, server=server or network.server)
        return self.platform.connect(account.where_usual(self.platform.limits), network.secrets, state)
