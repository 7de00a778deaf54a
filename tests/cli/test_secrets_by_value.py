"""No secret comes out anywhere, by value: whatever servers make of it, whoever is told, in whatever file.

Every secret that commands use is one of a kind. Servers send back all that they were told, in errors, headers and addresses, as
it is and encoded. Then every output and file, and what the alert command was told, is searched for each secret in many forms.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest

from contentkit.testing.loopback import Answer, LoopbackServer, Reply, Request
from tests.canary_notes import base64_forms_of
from tests.cli.alerting import alert_program, write_machine
from tests.cli.shell import CONFIG, Ran, Shell, entry, time_in

TOKEN = "tkn+Qz7/vB3xR9wL2pYk8sHd"
KEYS = {
    "api_key": "apk-Wm4tZc8rN1vXq6bJ",
    "api_secret": "aps-Hy9/Kd2+Pf5gTs7uL",
    "access_token": "774411-Rj3nBw8qVz5mCx1k",
    "access_secret": "acs-Gt6yDp0hSf4lMe2o",
}
FILED = "fld-Uo5iXa9eQr3tYc7z"
PING = "png-Zk2jVh8gNw4b"
SECRETS = {"token": TOKEN, **KEYS, "keyring": FILED, "ping": PING}
KEYRING = """
from keyring.backend import KeyringBackend

class Keyring(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        return SECRET if username.endswith("token") else None

    def set_password(self, service, username, password):
        raise NotImplementedError
"""
Encoding = Callable[[bytes], str]
ENCODINGS: dict[str, Encoding] = {
    "plain": lambda told: told.decode("latin-1"),
    "percent": lambda told: quote(told, safe=""),
    "base64": lambda told: base64.b64encode(told).decode(),
    "urlsafe": lambda told: base64.urlsafe_b64encode(told).decode(),
    "shifted": lambda told: base64.b64encode(b"x:" + told).decode(),
    "hex": lambda told: told.hex(),
    "escaped": lambda told: "".join(f"\\u{one:04x}" for one in told),
}


@dataclass
class Echo:
    """A server that says all that it was told: with this status, in this encoding."""

    status: int = 401
    encoding: str = "plain"
    heard: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> Reply:
        self.heard.append(request)
        secret = request.header("Authorization").removeprefix("Bearer ").encode("latin-1")
        encode = ENCODINGS[self.encoding]
        said = encode(secret)
        whole = encode(f"{request.method} {request.target} {request.headers}".encode() + request.body)[:2000]
        quoted = said if self.encoding == "escaped" else json.dumps(said)[1:-1]
        body = f'{{"error": "{quoted}", "detail": "{quoted}", "errors": [{{"message": "{quoted}"}}]}}'
        headers = (
            ("Content-Type", "application/json"),
            ("X-Echo", quote(said, safe="%/+=-_ ")[:500]),
            ("Location", f"/elsewhere?{quote(whole)[:500]}"),
            ("Retry-After", quote(said)[:100]),
            ("X-Request-Id", quote(said, safe="%/+=-_ ")[:200]),
        )
        return Answer(status=self.status, headers=headers, body=body.encode())


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def world(shell: Shell, echo: Echo) -> Iterator[Shell]:
    """A project with an account on each network and one whose token is in the keyring; alerts, ping and log, all of them on."""
    with LoopbackServer(echo.answer) as server:
        mastodon = f'platform = "mastodon"\nserver = "{server.url}"\nlanguage = "en"\n'
        x = f'[accounts.on-x]\nplatform = "x"\nserver = "{server.url}"\n'
        accounts = f"[accounts.ours]\n{mastodon}[accounts.filed]\n{mastodon}{x}"
        shell.write("contentkit.toml", f"{CONFIG}{accounts}[budget]\nreads = 100\n")
        program = alert_program(shell.home / "alerts")
        write_machine(
            shell,
            f'[alerts]\ncommand = ["{program.path}"]\nping = "{server.url}/{PING}"\n[log]\nfile = "{shell.home}/log.jsonl"\n',
        )
        secrets = shell.home / "config/contentkit/secrets.toml"
        secrets.touch(0o600)
        secrets.write_text("[on-x]\n" + "".join(f'{name} = "{value}"\n' for name, value in KEYS.items()))
        (shell.home / "plugins").mkdir()
        (shell.home / "plugins/filed_keyring.py").write_text(KEYRING.replace("SECRET", repr(FILED)))
        at = time_in(seconds=-60)
        shell.enter(*(entry(f"on-{name}", at=at, accounts=name) for name in ("ours", "filed", "on-x")))
        yield shell


# Where the account `filed` has its token from.
VARIABLE = {"CONTENTKIT_FILED_TOKEN": FILED}


def in_keyring(shell: Shell) -> dict[str, str]:
    return {"PYTHON_KEYRING_BACKEND": "filed_keyring.Keyring", "PYTHONPATH": str(shell.home / "plugins")}


def forms_of(secret: str) -> Iterator[bytes]:
    """A secret in the forms in which it may come out; of each half, too, that it came out at all."""
    yield secret.encode()
    yield secret[::-1].encode()
    yield quote(secret, safe="").encode()
    yield secret.encode().hex().encode()
    yield secret.encode().hex().upper().encode()
    yield "".join(f"\\u{ord(one):04x}" for one in secret).encode()
    yield from (form for form in base64_forms_of(secret) if len(form) > 12)
    half = len(secret) // 2
    yield (secret[half:] + secret[:half]).encode()


def leaks_in(content: bytes) -> set[str]:
    """The names of the secrets that stand in it, in any form."""
    return {name for name, secret in SECRETS.items() if any(form in content for form in forms_of(secret))}


def kept(shell: Shell) -> dict[str, bytes]:
    """All that lies about, but for the places where secrets belong."""
    own = {shell.home / "config/contentkit" / name for name in ("secrets.toml", "machine.toml")}
    files = (path for path in shell.home.rglob("*") if path.is_file() and path not in own)
    return {
        str(path.relative_to(shell.home)): path.read_bytes()
        for path in files
        if "plugins" not in path.parts and path.suffix != ".pyc"
    }


def test_the_search_finds_what_it_is_to_find() -> None:
    for name, secret in SECRETS.items():
        for encode in ENCODINGS.values():
            assert leaks_in(f"words {encode(secret.encode())} words".encode()) == {name}
    assert leaks_in(b"nothing of the kind") == set()


STEPS = (
    ("post",),
    ("post", "--json"),
    ("status",),
    ("queue", "--json"),
    ("explain", "on-ours"),
    ("explain", "on-on-x"),
    ("accounts", "check"),
    ("doctor", "--online"),
    ("sync",),
    ("post", "--dry-run"),
)


def look_everywhere(world: Shell, echo: Echo, cases: list[tuple[int, str]], filed: Mapping[str, str]) -> set[str]:
    given = {"CONTENTKIT_OURS_TOKEN": TOKEN, **filed}
    names = ("on-ours", "on-filed", "on-on-x")
    assert world.run("approve", *names, "--yes", "--by", "Ana", variables=given).code == 0
    ran: dict[str, Ran] = {}
    for echo.status, echo.encoding in cases:
        for step in STEPS:
            ran[f"{echo.status} {echo.encoding} {' '.join(step)}"] = world.run(*step, variables=given)
    told = {name: f"{one.out}\n{one.err}".encode() for name, one in ran.items()}
    heard = "".join(f"{request.target} {request.headers}" for request in echo.heard)
    assert TOKEN in heard, "the servers were told"
    assert FILED in heard
    assert KEYS["access_token"] in heard
    assert PING in heard
    return {f"{name} in {place}" for place, content in {**told, **kept(world)}.items() for name in leaks_in(content)}


def test_no_secret_comes_out_of_what_servers_send_back(world: Shell, echo: Echo) -> None:
    cases = [(401, "plain"), (422, "shifted"), (500, "hex")]
    assert look_everywhere(world, echo, cases, VARIABLE) == set()


@pytest.mark.nightly
@pytest.mark.timeout(900)
@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_nor_with_any_status_in_any_encoding(world: Shell, echo: Echo, encoding: str) -> None:
    cases = [(status, encoding) for status in (200, 302, 400, 401, 402, 403, 404, 422, 429, 500, 503)]
    assert look_everywhere(world, echo, cases, VARIABLE) == set()


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_nor_one_that_the_keyring_keeps(world: Shell, echo: Echo) -> None:
    assert look_everywhere(world, echo, [(401, "plain"), (403, "base64")], in_keyring(world)) == set()


def test_what_lies_about_is_searched(world: Shell) -> None:
    (world.state).mkdir(parents=True)
    (Path(world.state) / "heartbeat.json").write_text(TOKEN)
    assert {name for name, content in kept(world).items() if leaks_in(content)} == {
        "state/contentkit/our-posts/heartbeat.json"
    }
