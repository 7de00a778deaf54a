from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.shell import CONFIG, DRAFT, NOTE, Ran, Shell, entry, time_in
from tests.cli.test_approve import texts_at
from tests.cli.test_doctor import only, told

# A journal in memory is something to be told.
pytestmark = pytest.mark.on_disk

MASTODON = CONFIG + '[accounts.ours]\nplatform = "mastodon"\nserver = "http://127.0.0.1:9"\nlanguage = "en"\n'


class Cron:
    """Runs the command of a crontab line as cron does: /bin/sh, few variables, in the home folder, no terminal."""

    def __init__(self, shell: Shell) -> None:
        self.shell = replace(shell, here=shell.home)

    def run(self, line: str) -> Ran:
        time, command = line.split("  ", 1)
        assert time == "* * * * *"
        assert not re.search(r"(?<!\\)%", command), "to cron, a bare percent sign ends the command"
        bare = ["env", "-i", f"HOME={self.shell.home}", "SHELL=/bin/sh", "PATH=/usr/bin:/bin", "LOGNAME=ana"]
        return self.shell.ran([*bare, "/bin/sh", "-c", command.replace(r"\%", "%")])


@pytest.fixture
def plain(shell: Shell) -> dict[str, str]:
    """The variables of a user who has moved nothing; the keyring of the machine stays out of it, in cron too."""
    folder = shell.home / ".config/python_keyring"
    folder.mkdir(parents=True)
    (folder / "keyringrc.cfg").write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    return {"XDG_STATE_HOME": "", "XDG_CONFIG_HOME": ""}


def line_of(ran: Ran) -> str:
    """The crontab line that publishes."""
    [line] = [line for line in ran.out.splitlines() if line.endswith(" post")]
    return line


def findings(ran: Ran) -> Ran:
    """The same without the empty line and the crontab lines."""
    return replace(ran, out=ran.out.partition("\n\n")[0])


def test_nothing_is_wrong_where_nothing_was_moved(shell: Shell, plain: dict[str, str]) -> None:
    ran = shell.run("doctor", "--cron", variables=plain)
    assert (ran.code, told(findings(ran))) == (0, [])
    assert line_of(ran) == f"* * * * *  {line_command()} -C {shell.project} post"
    assert "crontab -e" in ran.err
    assert not (shell.home / ".local").exists()


def line_command() -> str:
    import sys

    return str(Path(sys.executable).with_name("contentkit"))


def test_the_line_publishes_what_was_approved_here_whatever_was_moved_and_however_folders_are_called(
    shell: Shell, plain: dict[str, str]
) -> None:
    odd = replace(shell, home=shell.home / "Ana's 100% home")
    odd = odd.at(odd.project)
    for name, content in (("contentkit.toml", CONFIG), ("notes/call.md", NOTE), ("drafts/launch.md", DRAFT)):
        odd.write(name, content)
    odd.enter(entry("launch", at=time_in(seconds=-60)))
    assert odd.run("approve", "launch", "--yes").code == 0
    ran = odd.run("doctor", "--cron")
    assert ran.code == 0
    ran = Cron(odd).run(line_of(ran))
    assert (ran.code, ran.err) == (0, "")
    assert len(texts_at(odd)) == 3


def test_a_state_folder_that_only_the_line_finds_is_told_with_both_places_and_no_fault(shell: Shell) -> None:
    ran = shell.run("doctor", "--cron")
    found = dict(told(findings(ran), "ok"))
    assert (ran.code, told(findings(ran))) == (0, [])
    assert "the line below sets XDG_CONFIG_HOME" in found["settings"]
    assert (
        f"cron would look in {shell.home}/.local/state/contentkit/our-posts; here it is {shell.state}"
        in found["journal"]
    )
    assert f"XDG_STATE_HOME={shell.home}/state XDG_CONFIG_HOME={shell.home}/config " in line_of(ran)


def test_a_relative_xdg_folder_is_none_of_anybody(shell: Shell, plain: dict[str, str]) -> None:
    ran = shell.run("doctor", "--cron", variables={**plain, "XDG_STATE_HOME": "state"})
    assert (ran.code, "XDG" in line_of(ran)) == (0, False)


def test_a_secret_that_only_this_shell_has_is_told(shell: Shell, plain: dict[str, str]) -> None:
    shell.write("contentkit.toml", MASTODON)
    ran = shell.run("doctor", "--cron", variables={**plain, "CONTENTKIT_OURS_TOKEN": "horse-battery"})
    assert (ran.code, only(findings(ran))[0]) == (1, "account ours")
    assert "cron does not find its token: only this shell has it in its environment" in only(findings(ran))[1]
    assert "horse" not in ran.out + ran.err


@pytest.mark.parametrize("moved", [False, True])
def test_a_secret_in_the_settings_folder_is_found_by_the_line(shell: Shell, plain: dict[str, str], moved: bool) -> None:
    shell.write("contentkit.toml", MASTODON)
    folder = shell.home / ("config" if moved else ".config") / "contentkit"
    folder.mkdir(parents=True)
    (folder / "secrets.toml").write_text('[ours]\ntoken = "horse-battery"\n')
    (folder / "secrets.toml").chmod(0o600)
    ran = shell.run(
        "doctor", "--cron", variables={**plain, **({"XDG_CONFIG_HOME": str(folder.parent)} if moved else {})}
    )
    assert "cron finds its secrets" in ran.out
    assert told(findings(ran)) == []


KEYRING = """
from keyring.backend import KeyringBackend
class Desktop(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        return "horse-battery" if (service, username) == ("contentkit", "ours/token") else None
    def set_password(self, service, username, password): ...
    def delete_password(self, service, username): ...
"""


def test_a_keyring_that_needs_the_desktop_is_told(shell: Shell, plain: dict[str, str]) -> None:
    pytest.importorskip("keyring")
    shell.write("contentkit.toml", MASTODON)
    (shell.home / "modules").mkdir()
    (shell.home / "modules/desktop_keyring.py").write_text(KEYRING)
    session = {"PYTHONPATH": str(shell.home / "modules"), "PYTHON_KEYRING_BACKEND": "desktop_keyring.Desktop"}
    ran = shell.run("doctor", "--cron", variables={**plain, **session})
    assert (ran.code, "the keyring needs your desktop session" in only(findings(ran))[1]) == (1, True)


def test_a_secrets_file_that_is_refused_is_told(shell: Shell, plain: dict[str, str]) -> None:
    shell.write("contentkit.toml", MASTODON)
    folder = shell.home / ".config/contentkit"
    folder.mkdir()
    (folder / "secrets.toml").write_text("")
    (folder / "secrets.toml").chmod(0o644)
    ran = shell.run("doctor", "--cron", variables=plain)
    assert (ran.code, "others can read it" in only(findings(ran))[1]) == (1, True)


def test_a_file_in_the_home_folder_stands_in_for_no_module(shell: Shell, plain: dict[str, str]) -> None:
    (shell.home / "json.py").write_text("raise SystemExit('not this one')")
    assert shell.run("doctor", "--cron", variables=plain).code == 0


def test_a_home_that_is_not_there_is_told(shell: Shell) -> None:
    ran = shell.run("doctor", "--cron", variables={"HOME": str(shell.home / "nowhere")})
    assert (ran.code, told(findings(ran))[0][0]) == (1, "cron")
    assert "does not start in cron's environment" in ran.out


def test_letters_that_a_bare_locale_lacks_end_no_command(shell: Shell, plain: dict[str, str]) -> None:
    shell.write("contentkit.toml", CONFIG + '[accounts.ours]\nplatform = "mastodón"\n')
    bare = {**plain, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ran = shell.run("doctor", variables=bare)
    assert (ran.code, r"mastod\xf3n" in ran.out) == (1, True)
    assert shell.run("doctor", "--cron", variables=bare).code == 1


def test_where_figures_can_be_asked_for_a_second_line_does(shell: Shell, plain: dict[str, str]) -> None:
    shell.write("contentkit.toml", MASTODON)
    last = shell.run("doctor", "--cron", variables=plain).out.splitlines()[-1]
    assert last == f"17 * * * *  {line_command()} -C {shell.project} sync"
    billed = CONFIG + '[accounts.bird]\nplatform = "x"\n'
    for settings, asked in ((billed, False), (billed + "[budget]\nreads = 600\n", True)):
        shell.write("contentkit.toml", settings)
        assert shell.run("doctor", "--cron", variables=plain).out.endswith(" sync\n") is asked


def test_the_line_is_a_value_for_a_program(shell: Shell, plain: dict[str, str]) -> None:
    *found, last = shell.run("doctor", "--cron", "--json", variables=plain).json
    assert {one["level"] for one in found} == {"ok"}
    assert (last["about"], last["what"].startswith("* * * * *  /")) == ("crontab line", True)


def test_a_terminal_shows_the_line_unbroken(shell: Shell) -> None:
    ran = shell.run_in_terminal("doctor", "--cron")
    assert ran.out.splitlines()[-1].endswith(f" -C {shell.project} post")


def test_at_a_desk_the_line_is_said_to_be_of_no_use(shell: Shell, plain: dict[str, str]) -> None:
    copy = 'approved: {by: Ana, at: 2026-11-22T18:04:00Z, digest: "sha256:0", clone: "0123"}'
    shell.enter(entry("launch", at=time_in(hours=1), more=copy))
    ran = shell.run("doctor", "--cron", variables=plain)
    assert (ran.code, "another machine publishes this project" in ran.out) == (0, True)


def test_cron_and_online_are_not_asked_for_together(shell: Shell) -> None:
    ran = shell.run("doctor", "--cron", "--online")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("contentkit: --cron, --online and --alert look for different things")
