"""Signing in to the compatible server: applications, codes that work once, and tokens with scopes."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from tests.servers.api_input import Wrong

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
SCOPES = (
    "read",
    "read:accounts",
    "read:notifications",
    "read:statuses",
    "write",
    "write:media",
    "write:statuses",
    "profile",
    "follow",
    "push",
)
Values = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class App:
    """An application as it was registered."""

    name: str
    website: str
    redirect_uri: str
    scopes: frozenset[str]
    client_id: str
    client_secret: str


@dataclass(frozen=True, kw_only=True)
class _Code:
    """What a person allowed; ``challenge`` is that of PKCE, empty when the client does not use it."""

    client_id: str
    scopes: frozenset[str]
    challenge: str


class SignInDesk:
    """Who may do what on one account. Thread-safe. ``grants`` overrules the scopes of new tokens when it is not None.

    ``life`` is what it says of how long they live, in ``expires_in``; None: nothing.
    """

    def __init__(self) -> None:
        self.grants: str | None = None
        self.life: object = None
        self._lock = threading.Lock()
        self._apps: dict[str, App] = {}
        self._codes: dict[str, _Code] = {}
        self._tokens: dict[str, frozenset[str]] = {}

    @property
    def apps(self) -> list[App]:
        with self._lock:
            return list(self._apps.values())

    @property
    def tokens(self) -> dict[str, frozenset[str]]:
        """The scopes of each token that was made here."""
        with self._lock:
            return dict(self._tokens)

    def register(self, values: Mapping[str, str]) -> Values:
        """The answer to ``POST /api/v1/apps``. Raises Wrong."""
        if not values.get("client_name", "").strip():
            raise Wrong(422, "Validation failed: Application name can't be blank")
        if values.get("redirect_uris") != OUT_OF_BAND:
            raise Wrong(422, "Validation failed: Redirect URI must be out of band here")
        app = App(
            name=values["client_name"],
            website=values.get("website", ""),
            redirect_uri=OUT_OF_BAND,
            scopes=_scopes(values.get("scopes") or "read", frozenset(SCOPES)),
            client_id=secrets.token_urlsafe(24),
            client_secret=secrets.token_urlsafe(24),
        )
        with self._lock:
            self._apps[app.client_id] = app
            number = len(self._apps)
        shown = {"name": app.name, "website": app.website or None, "redirect_uri": app.redirect_uri}
        keys = {"client_id": app.client_id, "client_secret": app.client_secret}
        return {"id": str(number), **shown, "scopes": sorted(app.scopes), **keys}

    def approve(self, query: Mapping[str, str]) -> str:
        """The code for what ``GET /oauth/authorize`` asks, as the person who is logged in allows it. Raises Wrong."""
        app = self._app(query.get("client_id", ""))
        if query.get("response_type") != "code" or query.get("redirect_uri") != app.redirect_uri:
            raise Wrong(400, "The redirect uri included is not valid.")
        if ("code_challenge" in query) != ("code_challenge_method" in query):
            raise Wrong(400, "The code challenge is not complete.")
        if query.get("code_challenge_method", "S256") != "S256":
            raise Wrong(400, "The code challenge method must be S256.")
        scopes = _scopes(query.get("scope") or "read", app.scopes)
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._codes[code] = _Code(client_id=app.client_id, scopes=scopes, challenge=query.get("code_challenge", ""))
        return code

    def exchange(self, values: Mapping[str, str]) -> Values:
        """The answer to ``POST /oauth/token``. Raises Wrong: 401 for an unknown client, 400 for a code that is none."""
        app = self._app(values.get("client_id", ""))
        if not secrets.compare_digest(app.client_secret, values.get("client_secret", "")):
            raise Wrong(401, "invalid_client")
        if values.get("grant_type") != "authorization_code" or values.get("redirect_uri") != app.redirect_uri:
            raise Wrong(400, "invalid_request")
        with self._lock:
            code = self._codes.pop(values.get("code", ""), None)
        if code is None or code.client_id != app.client_id or not _proves(values.get("code_verifier", ""), code):
            raise Wrong(400, "invalid_grant")
        scopes = code.scopes if self.grants is None else frozenset(self.grants.split())
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._tokens[token] = scopes
        return {
            "access_token": token,
            "token_type": "Bearer",
            "scope": " ".join(sorted(scopes)),
            "created_at": int(time.time()),
            **({} if self.life is None else {"expires_in": self.life}),
        }

    def _app(self, client_id: str) -> App:
        with self._lock:
            app = self._apps.get(client_id)
        if app is None:
            raise Wrong(401, "invalid_client")
        return app


def allows(granted: frozenset[str], scope: str) -> bool:
    """Whether a token with these scopes may do what needs ``scope``: ``write`` covers ``write:media``, as in Mastodon."""
    return bool(granted & {scope, scope.partition(":")[0]})


def _scopes(told: str, allowed: frozenset[str]) -> frozenset[str]:
    scopes = frozenset(told.split())
    if not scopes or not all(allows(allowed, scope) and scope in SCOPES for scope in scopes):
        raise Wrong(400, "invalid_scope")
    return scopes


def _proves(verifier: str, code: _Code) -> bool:
    """PKCE (RFC 7636, S256): whoever exchanges the code is who asked for it."""
    if not code.challenge:
        return True
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == code.challenge
