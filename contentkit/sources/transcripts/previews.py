"""What a chat shows of a page that somebody linked to: the name of the site, its title, the beginning of its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, urlsplit

from contentkit.patterns import regex
from contentkit.text import urls_in
from contentkit.values import dataclass

# Slack copies a picture's name and the words beside it: "Windmill blogWindmill blog", "YouTubeYouTube | Windmill".
_TWICE = regex(r"(?=[^\n]*[A-Z0-9.])(?P<site>\S.{2,80})(?P=site)(?:[ ]?[|·–—-][ ].{1,100})?")
_LONGEST = 200
_WORD = regex(r"[^\W_]+")
# A title is like the end of its address: "/why-we-moved-to-duckdb".
_FEWEST_WORDS = 3
_SHARE = 0.75
_LONGEST_SITE = 40
_SHORTEST_LABEL = 4
_MOST_LINKS = 8


@dataclass(frozen=True)
class _Link:
    """What a preview of this page would say: host, the host's labels, the words at the end of its address, ``owner/project``."""

    host: str
    labels: frozenset[str]
    slug: frozenset[str]
    project: str

    def names_site(self, line: str) -> bool:
        return line.removeprefix("www.") == self.host or "".join(line.split()).casefold() in self.labels

    def names_page(self, line: str) -> bool:
        said = frozenset(word.casefold() for word in _WORD.findall(line))
        if len(self.slug) >= _FEWEST_WORDS and len(said & self.slug) >= _SHARE * max(len(self.slug), len(said) / 2):
            return True
        title = line.removeprefix("GitHub - ").casefold()
        return bool(self.project) and (title.startswith(self.project) or title.endswith(f"· {self.project}"))


def preview_row(lines: Sequence[str], first: int, end: int) -> int:
    """The row among ``first`` up to ``end`` from which on nobody speaks, because a linked page does; ``end`` without one."""
    links: list[_Link] = []
    linked = end
    for row in range(first, end):
        line = lines[row].strip()
        if links and len(line) <= _LONGEST and "://" not in line:
            if _TWICE.fullmatch(line) or any(link.names_site(line) for link in links):
                return row
            if any(link.names_page(line) for link in links):
                # Its site stands above it.
                return row - 1 if row == linked + 2 and _may_be_site(lines[row - 1]) else row
        if found := list(_links_in(line)):
            links, linked = [*links, *found][-_MOST_LINKS:], row
    return end


def _may_be_site(line: str) -> bool:
    words = line.strip()
    return 0 < len(words) <= _LONGEST_SITE and words[-1] not in ".!?:,"


def _links_in(line: str) -> Iterator[_Link]:
    if "://" not in line:
        return
    for start, stop in urls_in(line):
        try:
            address = urlsplit(line[start:stop])
            yield _link(address, (address.hostname or "").removeprefix("www."))
        except ValueError:
            continue


def _link(address: SplitResult, host: str) -> _Link:
    parts = [part for part in address.path.casefold().split("/") if part]
    return _Link(
        host=host,
        labels=frozenset(label for label in host.split(".") if len(label) >= _SHORTEST_LABEL),
        slug=frozenset(_WORD.findall(parts[-1])) if parts else frozenset(),
        project="/".join(parts[:2]) if len(parts) > 1 else "",
    )
