"""A signed client for the X server: requests with OAuth 1.0a, and tweepy on a session that goes where it is told."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
import tweepy
from requests_oauthlib import OAuth1

from tests.servers.x_oauth import Keys
from tests.servers.x_server import XServer


class XClient:
    """One request for one answer, signed with the keys of a server or with others."""

    def __init__(self, server: XServer, keys: Keys | None = None) -> None:
        self.url = server.url
        self.account_id = server.account_id
        keys = keys or server.keys
        self.auth = OAuth1(keys.api_key, keys.api_secret, keys.access_token, keys.access_secret)
        self.session = requests.Session()
        self.session.trust_env = False

    def __enter__(self) -> XClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def get(self, path: str, **query: str) -> requests.Response:
        """A parameter's dot is written as ``__``: ``tweet__fields``."""
        params = {name.replace("__", "."): value for name, value in query.items()}
        return self.session.get(self.url + path, params=params, auth=self.auth, timeout=5)

    def post(self, path: str, **body: Any) -> requests.Response:
        """``body`` is what requests takes: ``json``, ``files``, ``data``."""
        return self.session.post(self.url + path, auth=self.auth, timeout=5, **body)

    def create(self, text: str = "one", parent: str = "", **more: Any) -> requests.Response:
        reply = {"reply": {"in_reply_to_tweet_id": parent}} if parent else {}
        return self.post("/2/tweets", json={"text": text, **reply, **more})

    def created(self, text: str = "one", parent: str = "", **more: Any) -> str:
        """The id of a post that the server took."""
        answer = self.create(text, parent, **more)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["data"]["id"])

    def remove(self, post_id: str) -> requests.Response:
        return self.session.delete(f"{self.url}/2/tweets/{post_id}", auth=self.auth, timeout=5)

    def read(self, post_id: str, *fields: str, **query: str) -> dict[str, Any]:
        """``data`` of a post with these fields."""
        asked = {"tweet__fields": ",".join(fields)} if fields else {}
        data = self.get(f"/2/tweets/{post_id}", **asked, **query).json()["data"]
        assert isinstance(data, dict)
        return data

    def listed(self, **query: str) -> dict[str, Any]:
        answer = self.get(f"/2/users/{self.account_id}/tweets", **query).json()
        assert isinstance(answer, dict)
        return answer


class _Redirected(requests.Session):
    """Sends what is meant for one host to another, before it is signed; the library knows no other way."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.trust_env = False
        self._url = url

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        parts = urlsplit(str(url))
        kwargs.setdefault("timeout", 5)
        return super().request(method, f"{self._url}{parts.path}", *args, **kwargs)


def tweepy_client(url: str, keys: Keys) -> tweepy.Client:
    """A tweepy client as the library makes it, whose requests go to ``url``."""
    client = tweepy.Client(
        consumer_key=keys.api_key,
        consumer_secret=keys.api_secret,
        access_token=keys.access_token,
        access_token_secret=keys.access_secret,
    )
    client.session = _Redirected(url)
    return client
