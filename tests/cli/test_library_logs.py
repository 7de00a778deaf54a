"""The libraries under contentkit log for whoever turns that on: no token is in it. contentkit itself turns nothing on."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from tests.cli.shell import COMMAND, CONFIG, Shell, entry, time_in
from tests.publishing.project import UNDER_TEST
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer

# Python runs this module at its start, as a company's own would be run.
TALKATIVE = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, format="LOG %(name)s %(message)s")
logging.getLogger("somebody").debug("is heard")
"""


def test_no_log_of_a_library_tells_a_token(shell: Shell) -> None:
    (shell.home / "site").mkdir()
    (shell.home / "site/sitecustomize.py").write_text(TALKATIVE)
    with CompatibleServer() as mastodon, XServer() as x:
        accounts = f'[accounts.ours]\nplatform = "mastodon"\nserver = "{mastodon.url}"\nlanguage = "en"\n'
        accounts += f'[accounts.on-x]\nplatform = "x"\nserver = "{x.url}"\n'
        shell.write("contentkit.toml", CONFIG + accounts)
        keys = x.keys.as_secrets()
        given = {f"CONTENTKIT_ON_X_{name.upper()}": value for name, value in keys.items()}
        given |= {"CONTENTKIT_OURS_TOKEN": mastodon.token}
        shell.enter(*(entry(f"to-{name}", at=time_in(seconds=-60), accounts=name) for name in ("ours", "on-x")))
        assert shell.run("approve", "to-ours", "to-on-x", "--yes", variables=given).code == 0
        ran = shell.ran([*COMMAND, "post"], {**given, "PYTHONPATH": str(shell.home / "site")})
    assert (ran.code, ran.out.count(": sent: ")) == (0, 6)
    assert "LOG somebody is heard" in ran.err
    assert not [secret for secret in (mastodon.token, *keys.values()) if secret in ran.err + ran.out]
    talked = {line.split()[1].partition(".")[0] for line in ran.err.splitlines() if line.startswith("LOG ")}
    assert not talked & {"tweepy", "oauthlib", "requests_oauthlib"}, "they tell whole posts"


def test_contentkit_turns_on_no_log_of_its_own(tmp_path: Path) -> None:
    code = "import logging, pkgutil, importlib, contentkit\n"
    code += "[importlib.import_module(m.name) for m in pkgutil.walk_packages(contentkit.__path__, 'contentkit.')"
    code += " if '.testing' not in m.name and '__main__' not in m.name]\n"
    code += "print(logging.root.handlers, logging.root.level)"
    environment = {"PYTHONPATH": str(UNDER_TEST), "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"[] {logging.WARNING}\n"
