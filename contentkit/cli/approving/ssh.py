"""Signatures by SSH keys, as founders have them anyway: made and verified by ``ssh-keygen -Y``."""

from __future__ import annotations

import base64
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from contentkit.cli.approving.signers import Signers
from contentkit.errors import NeedsPerson, StateError
from contentkit.text import one_line

# A signature for anything else than this must not count: people sign commits and files with the same keys.
NAMESPACE = "contentkit-approval@v1"
LONGEST_SIGNATURE = 16 * 1024
_BEGINS = b"-----BEGIN SSH SIGNATURE-----"
_TO_VERIFY = ("PATH",)
# An agent, and what asks for a passphrase.
_TO_SIGN = ("PATH", "HOME", "USER", "LOGNAME", "TERM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK",
            "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE", "SSH_SK_PROVIDER")  # fmt: skip


def sign(statement: bytes, key: str) -> bytes:
    """The signature of these bytes by a key: a file's path, or a public key whose other half an agent has.

    Raises NeedsPerson where it cannot be made: the key is missing, its passphrase is wrong.
    """
    with ExitStack() as stack:
        if _is_literal(key):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="contentkit-")))
            path = folder / "key.pub"
            path.write_text(key.removeprefix("key::") + "\n")
            words: Sequence[str] = ("-U", "-f", str(path))
        else:
            path = Path(key).expanduser()
            words = ("-f", str(path))
        if not path.is_file():
            raise NeedsPerson(f"{path}: there is no such key", hint="name another with --key")
        told = _run(("-Y", "sign", "-n", NAMESPACE, *words), statement, _environment(_TO_SIGN), patience=300)
    if told.returncode or not told.stdout.startswith(_BEGINS):
        why = one_line(told.stderr.decode(errors="replace").strip(), 200) or "ssh-keygen said nothing"
        raise NeedsPerson(f"{path.name}: nothing was signed: {why}", hint="is the key yours, and your agent running?")
    return told.stdout


def why_not_signed(statement: bytes, signature: bytes, principal: str, signers: Signers) -> str:
    """Why these bytes are not signed by a key that counts here as this person's; empty when they are, now."""
    if principal not in signers.principals:
        return f"no key of {principal} is in {signers.path}"
    if not signature.startswith(_BEGINS) or len(signature) > LONGEST_SIGNATURE:
        return "its signature is none of ssh-keygen's"
    with tempfile.TemporaryDirectory(prefix="contentkit-") as folder:
        files = {"allowed": signers.allowed, "signature": signature, "revoked": signers.revoked}
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        words = [
            "-Y",
            "verify",
            "-f",
            f"{folder}/allowed",
            "-I",
            principal,
            "-n",
            NAMESPACE,
            "-s",
            f"{folder}/signature",
        ]
        if signers.revoked:
            words += ["-r", f"{folder}/revoked"]
        told = _run(words, statement, _environment(_TO_VERIFY), patience=20)
    if told.returncode == 0:
        return ""
    why = one_line((told.stderr or told.stdout).decode(errors="replace").strip().split("\n")[0], 120)
    return f"not signed by a key of {principal} in {signers.path} that is valid now ({why})"


def key_in(signature: bytes) -> bytes:
    """The public key that a signature names, empty where it is damaged: what tells one signer's key from another's."""
    lines = [line for line in signature.split(b"\n") if not line.startswith(b"-----")]
    try:
        blob = base64.b64decode(b"".join(lines))
    except ValueError:
        return b""
    # "SSHSIG", a version of four bytes, then the key with its length before it.
    length = int.from_bytes(blob[10:14])
    return blob[14 : 14 + length] if blob.startswith(b"SSHSIG") else b""


def _is_literal(key: str) -> bool:
    """Whether git's setting holds a public key itself, as it may: ``key::ssh-ed25519 AAAA…``."""
    return key.startswith(("key::", "ssh-", "ecdsa-", "sk-")) and " " in key


def _environment(names: Sequence[str]) -> dict[str, str]:
    kept: Mapping[str, str] = {name: value for name, value in os.environ.items() if name in names}
    return {**kept, "LC_ALL": "C"}


def _run(
    words: Sequence[str], given: bytes, environment: Mapping[str, str], *, patience: float
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - no shell; names of files and people only
            ["ssh-keygen", *words],  # noqa: S607 - whichever the user has
            input=given,
            env=environment,
            capture_output=True,
            timeout=patience,
            check=False,
        )
    except FileNotFoundError:
        raise StateError("ssh-keygen is not installed", hint="install OpenSSH") from None
    except (OSError, subprocess.SubprocessError) as problem:
        raise StateError(f"ssh-keygen does not answer ({type(problem).__name__})", hint="try again") from None
