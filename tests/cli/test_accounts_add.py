"""A new account, from nothing but what the command says, and everything that can come between."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conversation import Conversation
from tests.cli.shell import COMMAND, CONFIG, DRAFT, PARTS, Shell, entry, time_in
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer

# Two networks of a stranger: one that signs in by a code, one with two secrets that are copied. Both know one file.
MEADOW = """
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from contentkit.errors import ContentError, Refused, Unavailable
from contentkit.models import Limits
from contentkit import platforms
from contentkit.platforms import Identity


class Connection(platforms.Connection):
    def __init__(self, secrets):
        self.secrets = secrets

    def identity(self):
        if "stale" in self.secrets.values():
            raise Unavailable("meadow: who is that (HTTP 401)", hint="the key is no longer accepted", pauses_account=True)
        told = json.loads(Path(__file__).with_name("identity.json").read_text())
        clock = datetime.now(UTC) + timedelta(hours=told["ahead"])
        return Identity(remote_id=told["id"], handle=told["handle"], server_time=clock)

    def limits(self):
        return Limits(characters=1000, media=4)

    def close(self):
        pass


class Meadow(platforms.Platform):
    name = "meadow"
    secrets = ("key", "seed")
    limits = Limits(characters=300, media=4)
    guidance = {"key": "Settings, then Keys", "seed": "printed on the gate"}

    def length(self, text, warning, limits):
        return len(text)

    def connect(self, account, secrets, state):
        return Connection(secrets)


class Orchard(Meadow):
    name = "orchard"
    secrets = ("token",)
    server_example = "https://orchard.example"

    def sign_in(self, server, tell, ask):
        tell(f"Open {server}/authorize and copy the code.")
        for _ in range(3):
            code = ask("Code")
            if code == "4711":
                return {"token": "token-of-4711"}
            tell("That is not the code. Copy it once more.")
        raise Refused(f"{server}: no code was right", hint="start again")
"""
POINTS = "[contentkit.platforms]\nmeadow = meadow:Meadow\norchard = meadow:Orchard\n"
KEYS = {"CONTENTKIT_OURS_KEY": "key-1", "CONTENTKIT_OURS_SEED": "seed-1"}
# A keyring in a file, so that a test can look into it.
KEYRING = """
import json
from pathlib import Path
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

FILE = Path(__file__).with_name("keyring.json")

class Keyring(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        return json.loads(FILE.read_text()).get(f"{service} {username}") if FILE.exists() else None

    def set_password(self, service, username, password):
        kept = json.loads(FILE.read_text()) if FILE.exists() else {}
        FILE.write_text(json.dumps({**kept, f"{service} {username}": password}))

class Locked(Keyring):
    def get_password(self, service, username):
        raise KeyringLocked("locked")
"""


class Folder:
    """The shell with the stranger's networks installed, and what the user's own settings hold."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.plugins = shell.home / "plugins"
        info = self.plugins / "meadow-1.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: meadow\nVersion: 1\n")
        (info / "entry_points.txt").write_text(POINTS)
        (self.plugins / "meadow.py").write_text(MEADOW)
        (self.plugins / "filed_keyring.py").write_text(KEYRING)
        self.be("7", "us")

    def be(self, remote_id: str, handle: str, ahead: float = 0) -> None:
        """From now on the stranger's networks say that we are this one; their clock is so many hours ahead of ours."""
        told = {"id": remote_id, "handle": handle, "ahead": ahead}
        (self.plugins / "identity.json").write_text(json.dumps(told))

    def variables(self, **more: str) -> dict[str, str]:
        return {"PYTHONPATH": str(self.plugins), **more}

    def talk(self, *arguments: str, **more: str) -> Conversation:
        return Conversation(self.shell, "accounts", "add", *arguments, variables=self.variables(**more))

    @property
    def secrets(self) -> Path:
        return self.shell.home / "config/contentkit/secrets.toml"

    @property
    def accounts(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = tomllib.loads(self.settings)["accounts"]
        return found

    @property
    def settings(self) -> str:
        return (self.shell.project / "contentkit.toml").read_text()

    def keep(self, text: str, mode: int = 0o600) -> None:
        self.secrets.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.secrets.write_text(text)
        self.secrets.chmod(mode)


@pytest.fixture
def folder(shell: Shell) -> Folder:
    return Folder(shell)


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


# -- the conversation


def test_secrets_are_asked_for_one_by_one_and_never_shown(folder: Folder) -> None:
    with folder.talk("ours") as talk:
        talk.answer("Network (console, mastodon, meadow, orchard, x)", "medow")
        talk.wait_for("did you mean 'meadow'?")
        talk.answer("Network", "meadow")
        assert "Settings, then Keys" in talk.wait_for("Paste it here")
        talk.answer("", "  key-1 ")
        assert "printed on the gate" in talk.wait_for("Paste it here")
        talk.answer("", "seéd")
        talk.wait_for("characters that no seed has")
        talk.answer("Paste it here", "seed-1")
        talk.wait_for("@us on meadow (id 7)")
        talk.answer("Is this 'ours'? [Y/n]", "")
        ran = talk.end()
    assert ran.code == 0
    assert "key-1" not in ran.out
    assert "seed-1" not in ran.out
    assert folder.settings == CONFIG + (
        '\n[accounts.ours]\nplatform = "meadow"\nhandle = "us"\nid = "7"\nlimits = { characters = 1000 }\n'
    )
    assert folder.secrets.read_text() == '[ours]\nkey = "key-1"\nseed = "seed-1"\nserver = "meadow"\n'
    assert (mode_of(folder.secrets), mode_of(folder.secrets.parent)) == (0o600, 0o700)


def test_a_network_that_can_signs_in_by_conversation(folder: Folder) -> None:
    with folder.talk("ours", "--platform", "orchard") as talk:
        talk.answer("Server (such as https://orchard.example)", "@us@Orchard.example")
        talk.wait_for("Open https://orchard.example/authorize")
        talk.answer("Code", "4712")
        talk.wait_for("That is not the code")
        talk.answer("Code", "4711")
        talk.answer("Is this 'ours'?", "y")
        assert talk.end().code == 0
    assert folder.accounts["ours"] == {
        "platform": "orchard",
        "server": "https://orchard.example",
        "handle": "us",
        "id": "7",
        "limits": {"characters": 1000},
    }
    assert folder.secrets.read_text() == '[ours]\ntoken = "token-of-4711"\nserver = "https://orchard.example"\n'


def test_a_new_user_connects_mastodon_and_posts_with_nothing_but_what_the_commands_say(
    shell: Shell, server: CompatibleServer
) -> None:
    with Conversation(shell, "accounts", "add", "our-mastodon") as talk:
        talk.answer("Network", "mastodon")
        talk.answer("Server", server.url)
        page = f"{server.url}/oauth/authorize"
        talk.wait_for(page)
        address = page + talk.wait_for("\n").strip()
        talk.answer("code", server.approve(address))
        talk.wait_for(server.account_id)
        talk.answer("Is this 'our-mastodon'?", "y")
        assert talk.end().code == 0
    shell.write("drafts/launch.md", DRAFT.replace("title:", "language: en\ntitle:"))
    shell.enter(entry("launch", at=time_in(seconds=-60), accounts="our-mastodon"))
    assert shell.run("accounts", "check").code == 0
    assert shell.run("approve", "launch", "--yes").code == 0
    assert shell.run("post").code == 0
    assert server.threads() == [PARTS]


def test_a_new_user_connects_x_and_posts_with_nothing_but_what_the_commands_say(shell: Shell) -> None:
    with XServer() as x:
        with Conversation(shell, "accounts", "add", "on-x", "--server", x.url) as talk:
            talk.answer("Network", "x")
            for name, value in x.keys.as_secrets().items():
                talk.wait_for(f"{name}: ")
                talk.answer("Paste it here", value)
            talk.wait_for("@contentkit_x on ")
            talk.answer("Is this 'on-x'?", "y")
            assert talk.end().code == 0
        shell.enter(entry("launch", at=time_in(seconds=-60), accounts="on-x"))
        assert shell.run("approve", "launch", "--yes").code == 0
        assert shell.run("post").code == 0
        assert x.threads() == [PARTS]


# -- scripts


def test_a_script_gives_everything_by_options_and_variables(folder: Folder) -> None:
    arguments = ["accounts", "add", "ours", "--platform", "meadow", "--yes"]
    ran = folder.shell.run(*arguments, variables=folder.variables(**KEYS))
    assert (ran.code, ran.out.splitlines()[0]) == (0, "@us on meadow (id 7)")
    assert ran.err == "key: found in CONTENTKIT_OURS_KEY\nseed: found in CONTENTKIT_OURS_SEED\n"
    assert "key-1" not in ran.out + ran.err
    assert not folder.secrets.exists(), "what the environment has stays there alone"
    assert folder.accounts["ours"]["id"] == "7"


@pytest.mark.parametrize(
    ("arguments", "variables", "message", "hint"),
    [
        ("ours", KEYS, "a new account needs somebody to ask", "add --yes"),
        ("ours --yes", KEYS, "nobody can be asked for the network", "add --platform: console, mastodon"),
        ("ours --yes --platform orchard", {}, "nobody can be asked for the server", "add --server"),
        ("ours --yes --platform meadow", {}, "nobody can be asked for the secrets of 'ours'", "CONTENTKIT_OURS_SEED"),
        ("ours --yes --platform medow", KEYS, "no platform 'medow' is installed", "did you mean 'meadow'?"),
        ("Ours --yes --platform meadow", KEYS, "'Ours' is no name for an account", "small letters"),
        ("t.ry --yes --platform meadow", KEYS, "", "contentkit"),
        ("try --yes --platform meadow", KEYS, "'try' is a console account already", "contentkit accounts check try"),
        ("ours --yes --platform orchard --server http://social.example", {}, "is not encrypted", "use https"),
        ("ours --yes --platform orchard --server https://[x", {}, "is no server", "write its name"),
    ],
)
def test_what_a_script_leaves_out_or_gets_wrong_is_told_and_nothing_is_written(
    folder: Folder, arguments: str, variables: dict[str, str], message: str, hint: str
) -> None:
    ran = folder.shell.run("accounts", "add", *arguments.split(), variables=folder.variables(**variables))
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert hint in ran.err
    assert (folder.settings, folder.secrets.exists()) == (CONFIG, False)


def test_two_names_with_the_same_variables_are_refused(folder: Folder) -> None:
    arguments = ["--yes", "--platform", "console"]
    assert folder.shell.run("accounts", "add", "a.b", *arguments).code == 0
    ran = folder.shell.run("accounts", "add", "a-b", *arguments)
    assert ran.code == 2
    assert "'a.b' and 'a-b' would take their secrets from the same variables" in ran.err


# -- who it is


def test_the_same_account_under_another_name_is_refused(folder: Folder) -> None:
    arguments = ["--platform", "meadow", "--yes"]
    assert folder.shell.run("accounts", "add", "ours", *arguments, variables=folder.variables(**KEYS)).code == 0
    other = {name.replace("OURS", "THEIRS"): value for name, value in KEYS.items()}
    ran = folder.shell.run("accounts", "add", "theirs", *arguments, variables=folder.variables(**other))
    assert ran.code == 1
    assert "'ours' is this account already: @us on meadow (id 7)" in ran.err
    assert "theirs" not in folder.accounts


def test_a_handle_cannot_steer_the_terminal(folder: Folder) -> None:
    folder.be("7", "us\x1b[2J\nmeadow: all is well")
    arguments = ["accounts", "add", "ours", "--platform", "meadow", "--yes"]
    ran = folder.shell.run(*arguments, variables=folder.variables(**KEYS))
    assert ran.out.splitlines()[0] == "@us\\u{1b}[2J meadow: all is well on meadow (id 7)"
    assert "\x1b" not in ran.out + ran.err
    assert folder.shell.run("accounts", "--json", variables=folder.variables()).code == 0


@pytest.mark.parametrize(("ahead", "told"), [(1, "60 minutes behind"), (-0.5, "30 minutes ahead of")])
def test_clocks_that_disagree_are_told(folder: Folder, ahead: float, told: str) -> None:
    folder.be("7", "us", ahead)
    arguments = ["accounts", "add", "ours", "--platform", "meadow", "--yes"]
    ran = folder.shell.run(*arguments, variables=folder.variables(**KEYS))
    assert f"  this machine's clock is {told} the server's: set it\n" in ran.out


def test_the_wrong_account_is_not_written(folder: Folder) -> None:
    with folder.talk("ours", "--platform", "meadow", **KEYS) as talk:
        talk.answer("Is this 'ours'?", "n")
        ran = talk.end()
    assert ran.code == 4
    assert "nothing was written" in ran.out
    assert folder.settings == CONFIG


def test_signing_in_anew_replaces_the_secrets_and_nothing_else(folder: Folder) -> None:
    folder.keep('# mine\n[theirs]\ntoken = "x"  # keep\n[ours]\ntoken = "stale"\n')
    account = '\n[accounts.ours]\nplatform = "orchard"\nserver = "https://orchard.example"\nid = "7"\n'
    settings = CONFIG + account + "limits = { characters = 1000 }\n"
    folder.shell.write("contentkit.toml", settings)
    with folder.talk("ours") as talk:
        talk.wait_for("it gets new secrets")
        talk.answer("Code", "4711")
        talk.answer("Is this 'ours'?", "y")
        assert talk.end().code == 0
    assert (
        folder.secrets.read_text()
        == '# mine\n[theirs]\ntoken = "x"  # keep\n[ours]\ntoken = "token-of-4711"\nserver = "https://orchard.example"\n'
    )
    assert folder.settings == settings


def test_signing_in_anew_as_another_account_is_refused(folder: Folder) -> None:
    folder.shell.write("contentkit.toml", CONFIG + '\n[accounts.ours]\nplatform = "meadow"\nid = "6"\n')
    ran = folder.shell.run("accounts", "add", "ours", "--yes", variables=folder.variables(**KEYS))
    assert ran.code == 1
    assert "account 'ours': logged in as another account: @us on meadow (id 7), not id 6" in ran.err


def test_secrets_left_by_an_interrupted_run_are_used_unless_they_are_no_longer_taken(folder: Folder) -> None:
    folder.keep('[ours]\nkey = "key-1"\nseed = "seed-1"\nserver = "meadow"\n')
    arguments = ["--platform", "meadow"]
    ran = folder.shell.run("accounts", "add", "ours", *arguments, "--yes", variables=folder.variables())
    assert (ran.code, "key: found in secrets.toml" in ran.err) == (0, True)
    folder.keep('[others]\nkey = "stale"\nseed = "seed-1"\nserver = "meadow"\n')
    folder.be("8", "others")
    with folder.talk("others", *arguments, "--yes") as talk:
        talk.wait_for("no longer accepted")
        talk.answer("Paste it here", "key-2")
        talk.answer("Paste it here", "seed-2")
        assert talk.end().code == 0
    assert folder.secrets.read_text() == '[others]\nkey = "key-2"\nseed = "seed-2"\nserver = "meadow"\n'


# -- what comes between


QUESTIONS = ["Network", "Server", "Code", "Is this 'ours'?"]


@pytest.mark.parametrize("last", range(len(QUESTIONS)), ids=["network", "server", "code", "confirm"])
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_ctrl_c_at_a_question_leaves_nothing(folder: Folder, last: int, key: str) -> None:
    with folder.talk("ours") as talk:
        for question, answer in zip(QUESTIONS[:last], ["orchard", "orchard.example", "4711"], strict=False):
            talk.answer(question, answer)
        talk.wait_for(QUESTIONS[last])
        talk.wait_for(": ")
        talk.interrupt(key)
        ran = talk.end()
    assert ran.code == 130
    assert "Traceback" not in ran.out
    assert (folder.settings, folder.secrets.exists()) == (CONFIG, False)


def test_ctrl_c_at_a_hidden_question_leaves_nothing_and_the_terminal_as_it_was(folder: Folder) -> None:
    with folder.talk("ours", "--platform", "meadow") as talk:
        talk.wait_for("not shown): ")
        talk.interrupt()
        ran = talk.end()
    assert (ran.code, "Traceback" in ran.out) == (130, False)
    assert not folder.secrets.exists()


def test_wrong_codes_end_in_the_words_of_the_network(folder: Folder) -> None:
    with folder.talk("ours", "--platform", "orchard", "--server", "orchard.example") as talk:
        for _ in range(3):
            talk.answer("Code", "1")
        ran = talk.end()
    assert ran.code == 1
    assert "contentkit: https://orchard.example: no code was right\n  start again\n" in ran.out
    assert folder.settings == CONFIG


@pytest.mark.parametrize("mode", [0o644, 0o640])
def test_secrets_that_others_can_read_are_refused_before_anything_is_asked(folder: Folder, mode: int) -> None:
    folder.keep("", mode)
    with folder.talk("ours", "--platform", "orchard", "--server", "orchard.example") as talk:
        ran = talk.end()
    assert ran.code == 1
    assert ran.out.replace("\n", " ").startswith(f"contentkit: {folder.secrets}: others can read it   chmod 600 ")


def test_a_link_in_the_place_of_the_secrets_is_refused(folder: Folder) -> None:
    folder.keep("")
    folder.secrets.rename(folder.shell.home / "elsewhere.toml")
    folder.secrets.symlink_to(folder.shell.home / "elsewhere.toml")
    ran = folder.shell.run(
        "accounts", "add", "ours", "--platform", "meadow", "--yes", variables=folder.variables(**KEYS)
    )
    assert (ran.code, "secrets.toml: is a link" in ran.err) == (1, True)


def test_settings_that_cannot_be_written_to_are_told_and_leave_the_project_as_it_was(folder: Folder) -> None:
    (folder.shell.home / "config").write_text("a file where a folder should be")
    with folder.talk("ours", "--platform", "meadow", "--yes") as talk:
        talk.answer("Paste it here", "key-1")
        talk.answer("Paste it here", "seed-1")
        ran = talk.end()
    assert ran.code == 1
    assert "cannot be used: " in ran.out
    assert folder.settings == CONFIG


def test_what_is_written_meanwhile_into_the_settings_stays(folder: Folder) -> None:
    edited = CONFIG + "\n# a thought\n"
    with folder.talk("ours", "--platform", "meadow", **KEYS) as talk:
        talk.wait_for("Is this 'ours'?")
        folder.shell.write("contentkit.toml", edited)
        talk.type("y\n")
        assert talk.end().code == 0
    assert folder.settings.startswith(edited)
    assert folder.accounts["ours"]["id"] == "7"


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (CONFIG + '\n[accounts.ours]\nplatform = "console"\n', "somebody added 'ours' meanwhile"),
        ("version = 1\n[accounts\n", "contentkit.toml:2"),
    ],
    ids=["added", "broken"],
)
def test_settings_that_cannot_take_the_account_any_more_leave_its_secrets_and_say_so(
    folder: Folder, meanwhile: str, told: str
) -> None:
    with folder.talk("ours", "--platform", "orchard", "--server", "orchard.example") as talk:
        talk.answer("Code", "4711")
        talk.wait_for("Is this 'ours'?")
        folder.shell.write("contentkit.toml", meanwhile)
        talk.type("y\n")
        ran = talk.end()
    assert ran.code == 1
    assert told in ran.out
    assert "The secrets of 'ours' are kept" in ran.out
    assert folder.settings == meanwhile
    assert 'token = "token-of-4711"' in folder.secrets.read_text()


@pytest.mark.parametrize("blocks", [0, 1])
def test_without_room_nothing_is_written_and_the_command_can_be_run_again(folder: Folder, blocks: int) -> None:
    folder.shell.write("contentkit.toml", CONFIG + "# filling\n" * 60)
    before = folder.settings
    arguments = ["accounts", "add", "ours", "--platform", "meadow", "--yes"]
    ran = folder.shell.run_without_room(blocks, *arguments, variables=folder.variables(**KEYS))
    assert (ran.code, folder.settings) == (1, before)
    assert "cannot be written: File too large" in ran.err
    assert folder.shell.run(*arguments, variables=folder.variables(**KEYS)).code == 0


def test_secrets_without_room_are_not_written(folder: Folder) -> None:
    folder.keep('[theirs]\ntoken = "x"\n')
    script = f"ulimit -f 0; exec {' '.join(COMMAND)} accounts add ours --platform meadow --yes"
    variables = folder.variables(PYTHONDONTWRITEBYTECODE="1")
    with Conversation(folder.shell, variables=variables, command=("/bin/sh", "-c", script)) as talk:
        talk.answer("Paste it here", "key-1")
        talk.answer("Paste it here", "seed-1")
        ran = talk.end()
    assert (ran.code, "cannot be written" in ran.out) == (1, True)
    assert folder.secrets.read_text() == '[theirs]\ntoken = "x"\n'
    assert folder.settings == CONFIG


def test_a_reader_who_leaves_is_no_error(folder: Folder) -> None:
    added = ["accounts", "add", "two", "--platform", "console", "--yes"]
    ran = folder.shell.ran(["/bin/sh", "-c", '"$@" | true', "sh", *COMMAND, *added])
    assert "Traceback" not in ran.err
    assert folder.accounts["two"]["platform"] == "console"


# -- the keyring


def test_the_keyring_keeps_the_secrets_and_gives_them_back(folder: Folder) -> None:
    keyring = {"PYTHON_KEYRING_BACKEND": "filed_keyring.Keyring"}
    with folder.talk("ours", "--platform", "meadow", "--keyring", "--yes", **keyring) as talk:
        talk.answer("Paste it here", "key-1")
        talk.answer("Paste it here", "seed-1")
        assert talk.end().code == 0
    assert (folder.plugins / "keyring.json").read_text() == (
        '{"contentkit ours/key": "key-1", "contentkit ours/seed": "seed-1"}'
    )
    assert not folder.secrets.exists()
    listed = folder.shell.run("accounts", "--json", variables=folder.variables(**keyring)).json
    assert listed[1]["secrets"] == {"key": "keyring", "seed": "keyring"}
    assert folder.shell.run("accounts", "check", "ours", variables=folder.variables(**keyring)).code == 0


def test_secrets_that_are_in_the_keyring_are_renewed_there(folder: Folder) -> None:
    keyring = {"PYTHON_KEYRING_BACKEND": "filed_keyring.Keyring"}
    folder.shell.write("contentkit.toml", CONFIG + '\n[accounts.ours]\nplatform = "meadow"\n')
    (folder.plugins / "keyring.json").write_text('{"contentkit ours/key": "stale", "contentkit ours/seed": "stale"}')
    with folder.talk("ours", "--yes", **keyring) as talk:
        talk.answer("Paste it here", "key-2")
        talk.answer("Paste it here", "seed-2")
        assert talk.end().code == 0
    assert '"contentkit ours/key": "key-2"' in (folder.plugins / "keyring.json").read_text()
    assert not folder.secrets.exists()


@pytest.mark.parametrize(
    ("backend", "told"),
    [
        ("filed_keyring.Locked", "the keyring cannot be read: it is locked"),
        ("keyring.backends.fail.Keyring", "the keyring cannot be read: there is none on this machine"),
        ("no_such_module.Keyring", "the keyring cannot be read: it fails (ModuleNotFoundError)"),
    ],
)
def test_a_keyring_that_cannot_be_used_is_told_before_anything_is_asked(
    folder: Folder, backend: str, told: str
) -> None:
    with folder.talk("ours", "--platform", "meadow", "--keyring", PYTHON_KEYRING_BACKEND=backend) as talk:
        ran = talk.end()
    assert ran.code == 1
    assert ran.out.startswith(f"contentkit: {told}\n")
    assert folder.settings == CONFIG


def test_a_keyring_that_keeps_nothing_is_found_out(folder: Folder) -> None:
    with folder.talk("ours", "--platform", "meadow", "--keyring", "--yes") as talk:
        talk.answer("Paste it here", "key-1")
        talk.answer("Paste it here", "seed-1")
        ran = talk.end()
    assert (ran.code, "does not keep what it is given" in ran.out) == (1, True)
    assert folder.settings == CONFIG


def test_the_keyring_is_refused_while_the_file_that_comes_before_it_has_the_secrets(folder: Folder) -> None:
    folder.keep('[ours]\nkey = "key-1"\n')
    keyring = {"PYTHON_KEYRING_BACKEND": "filed_keyring.Keyring"}
    with folder.talk("ours", "--platform", "meadow", "--keyring", **keyring) as talk:
        ran = talk.end()
    assert (ran.code, "comes before the keyring" in ran.out) == (1, True)
