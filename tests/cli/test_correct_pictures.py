"""Pictures of what is out: alt texts can be corrected, the pictures themselves only be posted anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.published import MASTODON, SAID, Published
from tests.cli.shell import PARTS, Shell
from tests.publishing.pictures import png
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer


@pytest.fixture
def out(shell: Shell) -> Iterator[Published]:
    """A thread whose second part has a picture."""
    shell.write("drafts/lanes.png", png(20))
    draft = (shell.project / "drafts/launch.md").read_text()
    shell.write("drafts/launch.md", draft.replace(SAID, f"{SAID}\n\n![Three lanes](lanes.png)"))
    with CompatibleServer(speaks=MASTODON) as server, XServer() as x:
        out = Published(shell, server, x)
        out.publish("ours")
        yield out


def alts(out: Published) -> list[list[str]]:
    return [
        [picture.description or "" for picture in one.pictures] for one in out.server.statuses if one.id in there(out)
    ]


def there(out: Published) -> set[str]:
    return {one.id for one in out.server.statuses if not one.deleted}


def test_an_alt_text_is_corrected_and_the_picture_stays(out: Published) -> None:
    before, uploads = there(out), len(out.server.media)
    draft = out.shell.project / "drafts/launch.md"
    draft.write_text(draft.read_text().replace("Three lanes", "Three lanes, side by side"))
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, alts(out)) == (0, [[], ["Three lanes, side by side"], []]), ran
    assert "alt text of drafts/lanes.png: Three lanes{+, side by side+}" in ran.out
    assert (there(out), len(out.server.media), out.toots) == (before, uploads, [PARTS])


def test_another_picture_is_posted_anew_on_demand_only(out: Published) -> None:
    before = there(out)
    out.shell.write("drafts/lanes.png", png(21))
    ran = out.run("correct", "launch", "--yes")
    assert (ran.code, there(out)) == (4, before), ran
    assert "part 2 is published, and it has other pictures in the draft" in ran.out
    ran = out.run("correct", "launch", "--yes", "--replace")
    assert (ran.code, out.toots, alts(out)) == (0, [PARTS], [[], ["Three lanes"], []]), ran
    assert len(before & there(out)) == 1
