"""Where the JSON of a release page is: on GitHub, GitLab, Codeberg and servers of their kinds."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from contentkit.patterns import regex

_GITHUB = regex(r"/(?P<project>[\w.-]{1,100}/[\w.-]{1,100})/releases(?:/tag/(?P<tag>[^?#]{1,250})|/latest)?/?")
_GITLAB = regex(
    r"/(?P<project>[\w.-]{1,100}(?:/[\w.-]{1,100}){1,20})/-/releases(?:/(?P<latest>permalink/latest)|/(?P<tag>[^/?#]{1,250}))?/?"
)
_FORGEJO_HOSTS = regex(r"codeberg\.org|(?:gitea|forgejo|git)\.[\w.-]+")


def api_address(address: str) -> str:
    """The address of the same release for programs; empty when this is no page of a release.

    A list of releases stands for its newest one. Servers of GitHub's own kind are known by a name that begins with
    ``github.``, those of GitLab by ``/-/`` in the path, whatever they are called.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    root = f"{parts.scheme}://{parts.netloc}"
    if gitlab := _GITLAB.fullmatch(parts.path):
        project = quote(gitlab["project"], safe="")
        last = quote(unquote(gitlab["tag"]), safe="") if gitlab["tag"] else "permalink/latest"
        return f"{root}/api/v4/projects/{project}/releases/{last}"
    github = _GITHUB.fullmatch(parts.path)
    if not github:
        return ""
    last = f"tags/{quote(unquote(github['tag']).rstrip('/'), safe='')}" if github["tag"] else "latest"
    if host in ("github.com", "www.github.com"):
        return f"https://api.github.com/repos/{github['project']}/releases/{last}"
    if host.startswith("github."):
        return f"{root}/api/v3/repos/{github['project']}/releases/{last}"
    if _FORGEJO_HOSTS.fullmatch(host):
        return f"{root}/api/v1/repos/{github['project']}/releases/{last}"
    return ""
