"""What docs/approvals.md says can be done by hand, and that it leaves nothing out."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contentkit.manifests import canonical
from tests.approvals.orchard import Orchard, planted
from tests.cli.shell import Shell
from tests.servers.compatible_server import CompatibleServer

PAGE = (Path(__file__).parents[2] / "docs/approvals.md").read_text("utf-8")


def block(kind: str, number: int = 0) -> str:
    return str(re.findall(rf"```{kind}\n(.*?)```", PAGE, re.S)[number])


@pytest.fixture
def orchard(tmp_path: Path) -> Iterator[Orchard]:
    with CompatibleServer() as server:
        yield planted(Shell(home=tmp_path, here=tmp_path / "project"), server)


def run_by_hand(orchard: Orchard, command: str) -> str:
    """What a line of the page prints in a shell; the entry is called otherwise there."""
    programs = orchard.shell.home / "bin"
    programs.mkdir(exist_ok=True)
    script = f'#!/bin/sh\nexec "{sys.executable}" -m contentkit "$@"\n'
    (programs / "contentkit").write_text(script)
    (programs / "contentkit").chmod(0o755)
    ran = orchard.shell.ran(
        ["/bin/sh", "-c", command.replace("harvest", "pears")], {"PATH": f"{programs}:/usr/bin:/bin"}
    )
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_the_commands_of_the_page_give_the_digest_that_approve_tells(orchard: Orchard) -> None:
    told = orchard.approve().out.split()[-1].removeprefix("sha256:")
    text, digest = block("sh", 0).splitlines()
    assert run_by_hand(orchard, digest).split()[0] == told
    assert hashlib.sha256(run_by_hand(orchard, text).encode()).hexdigest() == told
    again = block("sh", 1).strip().replace("python3", f'"{sys.executable}"')
    assert run_by_hand(orchard, again).split()[0] == told


def test_the_example_is_in_canonical_form_with_the_digest_that_is_told() -> None:
    example = block("json")
    assert canonical(example) == example
    assert f"`sha256:{hashlib.sha256(example.encode()).hexdigest()}`" in PAGE


def keys_of(content: Any) -> set[str]:
    if isinstance(content, list):
        return set().union(*map(keys_of, content))
    if isinstance(content, dict):
        return {*content, *keys_of(list(content.values()))}
    return set()


def test_the_example_has_every_key_of_the_form_and_each_is_explained(orchard: Orchard) -> None:
    orchard.replace(
        "calendar.yaml", "    slot: morning\n", "    when: {url: https://orchard.example.org/, contains: Pears}\n"
    )
    text = run_by_hand(orchard, "contentkit approvals pears --manifest")
    table = PAGE.partition("## Field by field")[2].partition("## What is left out")[0]
    explained = set(re.findall(r"`(\w+)`", table))
    assert keys_of(json.loads(text)) == keys_of(json.loads(block("json")))
    assert keys_of(json.loads(text)) <= explained
