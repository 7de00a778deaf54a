"""The machine's own programs, as they are found on PATH: crontab, systemctl, launchctl."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence

from contentkit.errors import StateError
from contentkit.text import one_line

# What they need to find this user and the user's session. Tokens in our environment are not for them.
_KEPT = ("PATH", "HOME", "USER", "LOGNAME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS")
_PATIENCE = 30


def has_program(name: str, environment: Mapping[str, str]) -> bool:
    """Whether this environment's PATH has a program."""
    return shutil.which(name, path=environment.get("PATH", "")) is not None


def ask_program(
    words: Sequence[str], environment: Mapping[str, str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """What a program answers, in English; ``given`` is its standard input. Raises StateError when it cannot be run."""
    kept = {name: value for name, value in environment.items() if name in _KEPT}
    program = shutil.which(words[0], path=kept.get("PATH", ""))
    if program is None:
        raise StateError(f"this machine has no '{words[0]}'", hint="choose another with --with")
    try:
        return subprocess.run(  # noqa: S603 - no shell; whichever the user has
            [program, *words[1:]],
            env={**kept, "LC_ALL": "C"},
            input=given,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as problem:
        raise StateError(f"'{words[0]}' does not answer ({type(problem).__name__})", hint="run it by hand") from None


def run_program(words: Sequence[str], environment: Mapping[str, str], given: bytes = b"") -> bytes:
    """What a program prints. Raises StateError, with its own words, when it fails."""
    done = ask_program(words, environment, given)
    if done.returncode:
        raise failed(words, done)
    return done.stdout


def failed(words: Sequence[str], done: subprocess.CompletedProcess[bytes]) -> StateError:
    """What to say of a program that did not do what it was asked for."""
    said = one_line((done.stderr or done.stdout).decode(errors="replace"), 200) or f"exit {done.returncode}"
    return StateError(f"'{' '.join(words)}' failed: {said}", hint="run it by hand to see why")
