"""The words that preview shows, that an approval is bound to and that a network gets are the same, byte for byte."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from contentkit.manifests import digest
from contentkit.testing.faulty_proxy import FaultyProxy
from contentkit.testing.loopback import Request
from tests.publishing.pictures import png
from tests.publishing.project import ProjectOnDisk
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer, creates_a_post

# Decomposed letters, emoji of several characters, right to left, spaces at the ends of lines, what HTML and forms would change.
NASTY = (
    "Our cafe\u0301 is back, nai\u0308ve 👩\u200d🌾🍎, and 5 > 3 & 2 < 4 + 1 = 100%.  \n"
    "Two  spaces,\u00a0a hard one. גינה קטנה מאחורי הבית.\n\n"
    "We moved the whole of the orchard into one long row of trees behind the house, because the old rows were too far from the "
    "well for anybody. #Orchard https://orchard.example.org/blog?row=1&tree=2#well"
)
FENCED = "Water it so:\n\n```\nwell --open < row & wait\n---\n```\n\n---\n\nThat is all, says @{mara}."
POSTS = (NASTY, FENCED)
PEOPLE = """version: 1
people:
  mara: {name: Mara Quist, consent: mention, handles: {mastodon: "@mara@grove.example", x: maraquist}}
"""
ALT = "@{mara} at the well, café on the table"
SETTINGS = """
[link_tags]
hosts = ["orchard.example.org"]
"""


@dataclass(frozen=True)
class Networks:
    """A project with an account on each of two networks; ``entries`` are its entries by the network they are for."""

    project: ProjectOnDisk
    mastodon: CompatibleServer
    x: XServer

    def approved(self, network: str, *more: str) -> str:
        """Schedules the draft there with these lines in its entry, and approves it; returns the digest that was shown."""
        self.project.run(
            "schedule", "drafts/launch.md", "--at", "now", "--account", network, "--late", "post within 6h"
        )
        calendar = self.project.root / "calendar.yaml"
        text = calendar.read_text()
        entry = re.findall(r"- id: (\S+)", text)[-1]
        calendar.write_text(
            text.replace(f"- id: {entry}\n", "".join((f"- id: {entry}\n", *(f"    {one}\n" for one in more))))
        )
        told = self.project.run("approve", entry, "--yes", "--by", "Ana").stdout
        return told.split()[-1]

    def previewed(self, entry: str) -> dict[str, Any]:
        (rendition,) = json.loads(self.project.run("preview", entry, "--json").stdout)
        return dict(rendition)

    def manifest(self) -> str:
        journal = sqlite3.connect(self.project.state / "journal.db")
        (words,) = journal.execute("SELECT manifest FROM approvals ORDER BY id DESC LIMIT 1").fetchone()
        journal.close()
        return str(words)


@pytest.fixture
def networks(tmp_path: Path) -> Iterator[Networks]:
    with ExitStack() as stack:
        mastodon, x = stack.enter_context(CompatibleServer()), stack.enter_context(XServer())
        secrets = {"mastodon_token": mastodon.token, **{f"x_{name}": key for name, key in x.keys.as_secrets().items()}}
        accounts = {"mastodon": ("mastodon", mastodon.url), "x": ("x", x.url)}
        project = ProjectOnDisk.with_accounts(tmp_path / "project", accounts, secrets, settle="0s")
        config = project.root / "contentkit.toml"
        platform = re.compile(r"^platform = .*$", re.M)
        config.write_text(platform.sub(r'\g<0>\nnumbering = "1/5"', config.read_text()) + SETTINGS)
        (project.root / "people.yaml").write_text(PEOPLE)
        (project.root / "drafts/well.png").write_bytes(png(20))
        note = "\n\n".join(POSTS).replace("@{mara}", "Mara Quist")
        (project.root / "notes/call.md").write_text(note)
        posts = [post.replace("\n```\n\n---", "\n```\n\n\\---") for post in POSTS]
        posts[1] += f"\n\n![{ALT}](well.png)"
        front = "---\nversion: 1\ntitle: Launch\nsources: [notes/call.md]\nlanguage: en\ntags: [Orchard]\n---\n"
        body = "\n\n---\n\n".join(
            f"{post}\n<!-- evidence: notes/call.md#L1-L{len(note.splitlines())} -->" for post in posts
        )
        (project.root / "drafts/launch.md").write_bytes((front + body).replace("\n", "\r\n").encode())
        yield Networks(project, mastodon, x)


def texts_of(requests: Sequence[Request]) -> list[bytes]:
    """The words in the bodies of these requests, as they stood on the wire, decoded from JSON or a form."""
    texts = []
    for request in requests:
        if "json" in request.header("Content-Type"):
            body = json.loads(request.body)
            texts.append(str(body.get("status", body.get("text"))).encode())
        else:
            (text,) = parse_qs(request.body.decode("ascii"), strict_parsing=True, keep_blank_values=True)["status"]
            texts.append(text.encode())
    return texts


def created_on(networks: Networks, network: str) -> list[Request]:
    if network == "x":
        return [request for request in networks.x.history if creates_a_post(request)]
    return [one for one in networks.mastodon.history if (one.method, one.path) == ("POST", "/api/v1/statuses")]


@pytest.mark.parametrize("network", ["mastodon", "x"])
def test_preview_approval_and_request_have_the_same_bytes(networks: Networks, network: str) -> None:
    shown = networks.approved(network)
    previewed = networks.previewed("launch")
    words = networks.manifest()
    (approved,) = json.loads(words)["renditions"]
    networks.project.run("post")
    created = created_on(networks, network)

    texts = [part["text"].encode() for part in previewed["parts"]]
    assert len(texts) == (2 if network == "mastodon" else 3)
    assert texts == [part["text"].encode() for part in approved["parts"]] == texts_of(created)
    assert digest(words) == shown
    assert f'digest: "{shown}"' in (networks.project.root / "calendar.yaml").read_text()
    whole = b"\n".join(texts).decode()
    kept = [
        "cafe\u0301 is back, nai\u0308ve",
        "👩\u200d🌾",
        "%.  \nTwo  spaces,\u00a0a",
        "גינה",
        "\n---\n```\n\n---\n\n",
    ]
    assert [word for word in kept if word not in whole] == []
    assert f"?row=1&tree=2&utm_source={network}&utm_medium=social&utm_campaign=launch#well" in whole
    assert [text.split()[-1] for text in texts] == [f"{n}/{len(texts)}".encode() for n in range(1, len(texts) + 1)]


@pytest.mark.parametrize("network", ["mastodon", "x"])
def test_alt_texts_are_approved_and_sent_as_they_are_shown(networks: Networks, network: str) -> None:
    networks.approved(network)
    (shown,) = [media["alt"] for part in networks.previewed("launch")["parts"] for media in part["media"]]
    (approved,) = json.loads(networks.manifest())["renditions"]
    networks.project.run("post")
    assert shown == "Mara Quist at the well, café on the table"
    assert [media["alt"] for part in approved["parts"] for media in part["media"]] == [shown]
    if network == "mastodon":
        sent = [picture.description for status in networks.mastodon.statuses for picture in status.pictures]
    else:
        sent = [upload.alt_text for upload in networks.x.uploads]
    assert sent == [shown]


def test_people_are_mentioned_on_mastodon_and_named_on_x(networks: Networks) -> None:
    networks.approved("mastodon")
    networks.approved("x")
    networks.project.run("post")
    assert networks.mastodon.statuses[-1].text.endswith("That is all, says @mara@grove.example. 2/2")
    assert networks.x.statuses[-1].text.endswith("That is all, says Mara Quist. 3/3")


@pytest.mark.parametrize(
    ("more", "visibilities"),
    [
        ([], ["public", "unlisted"]),
        (["visibility: unlisted"], ["unlisted", "unlisted"]),
        (["visibility: private"], ["private", "private"]),
    ],
)
def test_each_part_has_its_visibility_the_warning_and_the_language(
    networks: Networks, more: list[str], visibilities: list[str]
) -> None:
    networks.approved("mastodon", "warning: fruit & <water>", *more)
    networks.project.run("post")
    sent = networks.mastodon.statuses
    assert [status.visibility for status in sent] == visibilities
    assert {(status.spoiler_text, status.language) for status in sent} == {("fruit & <water>", "en")}
    parts = networks.previewed("launch")["parts"]
    assert [part["visibility"] for part in parts] == visibilities


@pytest.mark.nightly
def test_a_thread_that_is_resumed_goes_on_unlisted_behind_its_warning(networks: Networks) -> None:
    config = networks.project.root / "contentkit.toml"
    with FaultyProxy(networks.mastodon.url, ["pass", "pass", "drop"]) as proxy:
        config.write_text(config.read_text().replace(networks.mastodon.url, proxy.url))
        networks.approved("mastodon", "warning: fruit")
        networks.project.run("post", code=None)
        assert len(networks.mastodon.statuses) == 1
        for _ in range(3):
            networks.project.run("post", code=None)
        networks.project.run("resolve", "launch", "--again", "--by", "Ana", code=None)
        networks.project.run("post", code=None)
    sent = [(status.visibility, status.spoiler_text) for status in networks.mastodon.statuses]
    assert sent == [("public", "fruit"), ("unlisted", "fruit")]
