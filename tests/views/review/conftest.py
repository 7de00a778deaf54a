from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import CONFIG, NOTE, Shell, entry

LAUNCH = """---
version: 1
title: The scheduler
sources: [notes/call.md]
---
Every team we talked to had written the same scheduler.
<!-- evidence: notes/call.md#L3 -->

---

We threw the queue away, and made each account a lane of its own.
<!-- evidence: notes/call.md#L5 -->
"""
TROUBLE = """---
version: 1
title: Trouble
sources: [notes/call.md]
---
Nothing waits for 40 strangers' trouble any more.
<!-- evidence: notes/call.md#L7 -->
"""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A home with a project: two accounts, one draft that can be approved at once, one with an error."""
    shell = Shell(home=tmp_path, here=tmp_path / "project")
    shell.write("contentkit.toml", CONFIG + '\n[accounts.other]\nplatform = "console"\n')
    shell.write("people.yaml", "version: 1\npeople: {}\n")
    shell.write("notes/call.md", NOTE)
    shell.write("drafts/launch.md", LAUNCH)
    shell.write("drafts/trouble.md", TROUBLE)
    shell.enter(
        entry("launch", at="2099-11-24 09:30", accounts="try, other", more="campaign: winter"),
        entry("trouble", at="2099-11-25 10:00", draft="drafts/trouble.md"),
    )
    return shell
