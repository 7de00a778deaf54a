"""Signing in to Mastodon by conversation: a person allows it in the browser and brings back a code.

The application is registered anew each time, so that nothing has to be kept but the token. It asks for the narrowest scopes
that contentkit works with. The application's secret, the code and the token are in no message.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from contentkit.addresses import server_address
from contentkit.errors import ContentError, Refused, Unavailable
from contentkit.patterns import regex
from contentkit.platforms.mastodon_rights import SCOPES, lacking, without
from contentkit.text import one_line

if TYPE_CHECKING:
    from contentkit.platforms.session import Exchange, WatchedSession

# Without these nothing works: a status is created, and read back to see that it is there and whose it is.
_NEEDED = frozenset(SCOPES) - {"write:media", "read:notifications"}
_OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
_TRIES = 3
_LONGEST_WORDS = 200
# A shorter code is a slip of the keyboard: taken out of the server's answers as a secret it would break them.
_SHORTEST_CODE = 8

_SECRET = regex(r"[!-~]{1,4096}")

Tell = Callable[[str], None]
Ask = Callable[[str], str]


def sign_in(server: str, tell: Tell, ask: Ask, *, proxy: str = "") -> dict[str, str]:
    """The token of whoever allows it in the browser, as ``{"token": …}``.

    With it goes ``expires_in`` where the server says in how many seconds the token expires.
    ``server`` is written as people write it. Raises ContentError for what is no server or none that speaks Mastodon's API,
    Unavailable when it cannot be reached, Refused when it, or the person, says no.
    """
    from contentkit.platforms.session import WatchedSession

    with WatchedSession(server_address(server), proxy=proxy) as session:
        try:
            return _talk(session, tell, ask)
        except Unavailable as failure:
            raise _explained(failure, session) from failure


def _talk(session: WatchedSession, tell: Tell, ask: Ask) -> dict[str, str]:
    verifier = secrets.token_urlsafe(48) if _checks_proofs(session) else ""
    app = _register(session)
    tell("Open this page, logged in as the account that posts, and allow contentkit:")
    tell(_page_for(session, app, verifier))
    answer = _exchange(session, app, verifier, tell, ask)
    session.keep_secret(str(answer["access_token"]))
    _check_scopes(session, answer, tell)
    return {"token": str(answer["access_token"]), **_life(answer)}


def _life(answer: Mapping[str, Any]) -> dict[str, str]:
    """How many seconds a token lives, where that is said (RFC 6749, 5.1).

    The application is new, so the token is: when it was made (``created_at``) is now, whatever the server's clock says.
    """
    seconds = answer.get("expires_in")
    return {"expires_in": str(seconds)} if type(seconds) is int else {}


def _checks_proofs(session: WatchedSession) -> bool:
    """Whether the server says that it checks PKCE's proofs (RFC 8414; Mastodon since 4.3)."""
    answer = session.read("/.well-known/oauth-authorization-server").json()
    methods = answer.get("code_challenge_methods_supported") if isinstance(answer, dict) else None
    return isinstance(methods, list) and "S256" in methods


def _register(session: WatchedSession) -> dict[str, str]:
    """The id and the secret of an application made for this sign-in."""
    asked = {"client_name": "contentkit", "redirect_uris": _OUT_OF_BAND, "scopes": " ".join(SCOPES)}
    exchange = session.hand_over("/api/v1/apps", data=asked)
    answer = exchange.json()
    keys = {name: _secret_in(answer, name) for name in ("client_id", "client_secret")}
    if exchange.status not in (200, 201) or not all(keys.values()):
        raise _no_application(session, exchange)
    session.keep_secret(keys["client_secret"])
    return keys


def _no_application(session: WatchedSession, exchange: Exchange) -> ContentError | Refused | Unavailable:
    """Why a server gives no application: it is another kind of server, says no, or is in trouble."""
    if exchange.status == 429 or exchange.status >= 500:
        return _in_trouble(session, exchange)
    if exchange.error and exchange.status in (400, 401, 403, 422):
        return Refused(f"{session.host}: {_words(exchange)}")
    return _no_mastodon(session.host, f"HTTP {exchange.status}")


def _no_mastodon(host: str, why: str) -> ContentError:
    return ContentError(
        f"{host}: does not answer as a Mastodon server does ({why})",
        hint="write the name that your browser shows when you are logged in there",
    )


def _explained(failure: Unavailable, session: WatchedSession) -> ContentError | Unavailable:
    """What a failure means for somebody who is about to sign in. Redirects are never followed: they are told."""
    from contentkit.platforms.session import Redirected

    if isinstance(failure.__cause__, Redirected):
        return _no_mastodon(session.host, f"it sends us on to {one_line(failure.__cause__.location, 80)}")
    hint = "see whether the server's name is right and you are online, and begin again"
    return Unavailable(failure.message, hint=hint, wait=failure.wait)


def _page_for(session: WatchedSession, app: Mapping[str, str], verifier: str) -> str:
    """The address of the page on which a person allows the application."""
    asked = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": _OUT_OF_BAND,
        "scope": " ".join(SCOPES),
    }
    if verifier:
        digest = hashlib.sha256(verifier.encode()).digest()
        asked["code_challenge"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        asked["code_challenge_method"] = "S256"
    return f"{session.server}/oauth/authorize?{urlencode(asked)}"


def _exchange(session: WatchedSession, app: Mapping[str, str], verifier: str, tell: Tell, ask: Ask) -> dict[str, Any]:
    """The answer that holds the token. A code that does not work is asked for again, a few times."""
    form = {**app, "grant_type": "authorization_code", "redirect_uri": _OUT_OF_BAND, "scope": " ".join(SCOPES)}
    if verifier:
        form["code_verifier"] = verifier
        session.keep_secret(verifier)
    for _ in range(_TRIES):
        code = _code_in(ask("The code that the page then shows"))
        if code and (answer := _token_for(session, {**form, "code": code})):
            return answer
        tell(f"{session.host} does not take this code. Copy it once more, the whole of it.")
    raise Refused(
        f"{session.host}: took none of {_TRIES} codes", hint="begin again: a code works once, and not for long"
    )


def _token_for(session: WatchedSession, form: dict[str, str]) -> dict[str, Any] | None:
    """The answer that holds the token; None when it was the wrong code."""
    if len(form["code"]) >= _SHORTEST_CODE:
        session.keep_secret(form["code"])
    exchange = session.hand_over("/oauth/token", data=form)
    answer = exchange.json()
    if exchange.status == 200 and isinstance(answer, dict) and _secret_in(answer, "access_token"):
        return answer
    if exchange.status == 429 or exchange.status >= 500 or not exchange.error:
        raise _in_trouble(session, exchange)
    if exchange.error == "invalid_grant":
        return None
    raise Refused(f"{session.host}: {_words(exchange)}")


def _check_scopes(session: WatchedSession, answer: Mapping[str, Any], tell: Tell) -> None:
    """Raises Refused when the token may do too little; says so when it may do more than was asked for."""
    told = answer.get("scope")
    granted = set(told.split()) if isinstance(told, str) and told.strip() else set(SCOPES)
    missing = lacking(granted)
    if _NEEDED.intersection(missing):
        raise Refused(f"{session.host}: {'; '.join(map(without, missing))}", hint="begin again and allow all of it")
    for scope in missing:
        tell(f"Warning: {without(scope)}.")
    if wider := granted - set(SCOPES):
        words = one_line(session.redacted(" ".join(sorted(wider))), _LONGEST_WORDS)
        tell(f"Warning: the token allows more than contentkit asked for: {words}. Keep it all the safer.")


def _in_trouble(session: WatchedSession, exchange: Exchange) -> Unavailable:
    from contentkit.platforms.session import wait_of

    wait = wait_of(exchange) if exchange.status == 429 else None
    return Unavailable(f"{session.host}: {_words(exchange)}", wait=wait)


def _words(exchange: Exchange) -> str:
    """What the server says, fit for a terminal."""
    return f"{one_line(exchange.error, _LONGEST_WORDS) or 'no reason given'} (HTTP {exchange.status})"


def _secret_in(answer: object, name: str) -> str:
    """A key or token of an answer; empty when it is none that could stand in a header or an address."""
    value = answer.get(name) if isinstance(answer, dict) else None
    return value if isinstance(value, str) and _SECRET.fullmatch(value) else ""


def _code_in(typed: str) -> str:
    """The code as it was typed; also out of the address of the page that shows it."""
    words = typed.strip()
    found = re.search(r"://.*[?&]code=([^&#]+)", words)
    return unquote(found[1]) if found else words
