"""The system's keyring, where the extra ``contentkit[keyring]`` is installed. Imported only when it is asked."""

from __future__ import annotations

from contentkit.errors import StateError

SERVICE = "contentkit"


def from_keyring(account: str, name: str) -> str:
    """What the keyring holds for this secret; nothing where it has none, or where there is no keyring.

    Raises StateError when there is one that cannot be read now.
    """
    try:
        import keyring
        from keyring.errors import NoKeyringError
    except ImportError:
        return ""
    try:
        found = keyring.get_password(SERVICE, _user(account, name))
    except NoKeyringError:
        return ""
    except Exception as error:
        raise _failed("read", error) from None
    return found.strip() if isinstance(found, str) else ""


def need_keyring() -> None:
    """Raises StateError where no keyring can be asked."""
    try:
        import keyring
    except ImportError:
        hint = "install contentkit[keyring], or leave --keyring out"
        raise StateError("the keyring needs an extra", hint=hint) from None
    try:
        keyring.get_password(SERVICE, "")
    except Exception as error:
        raise _failed("read", error) from None


def into_keyring(account: str, name: str, value: str) -> None:
    """Keeps a secret in the keyring. Raises StateError where that cannot be done; nothing was kept then."""
    need_keyring()
    import keyring

    try:
        keyring.set_password(SERVICE, _user(account, name), value)
        kept = keyring.get_password(SERVICE, _user(account, name))
    except Exception as error:
        raise _failed("written", error) from None
    if kept != value:  # the null backend takes everything and keeps nothing
        raise StateError("the keyring does not keep what it is given", hint="leave --keyring out")


def _user(account: str, name: str) -> str:
    return f"{account}/{name}"


def _failed(done: str, error: Exception) -> StateError:
    """Backends raise what their desktop raises; its words may repeat a secret, so only its kind is told."""
    from keyring.errors import KeyringLocked, NoKeyringError

    if isinstance(error, KeyringLocked):
        why = "it is locked"
    elif isinstance(error, NoKeyringError):
        why = "there is none on this machine"
    else:
        why = f"it fails ({type(error).__name__})"
    hint = "unlock it, or keep the secret in secrets.toml or in the environment"
    return StateError(f"the keyring cannot be {done}: {why}", hint=hint)
