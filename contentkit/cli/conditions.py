"""Looks at the pages that entries wait for, under the rules of this machine; nothing of them is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from contentkit.errors import ContentkitError
from contentkit.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contentkit.cli.project import Project
    from contentkit.models import Condition, Entry
    from contentkit.web.reader import Reader

# Somebody sits and waits.
_SECONDS = 5.0


class Pages:
    """What pages say, each asked once for all that is wanted of it: two entries may wait for other words of the same page.

    Who wants the same again wants to know what it says now.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: dict[str, str] = {}
        self._answered: set[Condition] = set()

    def why_not(self, condition: Condition, seconds: float) -> str:
        """Why a page does not meet a condition, or nothing when it does. Raises nothing: whatever happens is an answer."""
        try:
            return self._why_not(condition, seconds)
        except ContentkitError as error:
            host = urlsplit(condition.url).netloc
            return error.message.removeprefix(f"{host}: ")
        except Exception as error:  # a fault with one page must not stop what waits for another
            return f"looking failed ({type(error).__name__})"

    def _why_not(self, condition: Condition, seconds: float) -> str:
        if not condition.contains.strip():
            return _why_not_there(_reader(self._project, seconds / 2), condition.url)
        from contentkit.web.page_words import says, words_of

        if condition.url not in self._texts or condition in self._answered:
            page = _reader(self._project, seconds)(condition.url)
            if why := _why_elsewhere(condition.url, page.address):
                return why
            self._texts[condition.url] = words_of(page)
        self._answered.add(condition)
        text = self._texts[condition.url]
        if says(text, condition.contains):
            return ""
        other = says(text.casefold(), condition.contains.casefold())
        return "says it with other capitals" if other else "does not say it yet"


def told_of_page(project: Project, entry: Entry) -> Iterator[str]:
    """What the page that an entry waits for says now: whoever approves sees a wrong address, or words that nobody will write."""
    from contentkit.publishing.conditions import awaited

    if entry.when:
        why = one_line(Pages(project).why_not(entry.when, _SECONDS), 200)
        yield f"{entry.id}: {awaited(entry.when)}; now: {why or 'it does'}"


def _reader(project: Project, seconds: float) -> Reader:
    from contentkit.settings.machine import MACHINE_NAME, load_machine
    from contentkit.web.reader import Reader

    hosts = load_machine(project.settings).web_hosts
    return Reader(hosts=hosts, allowed_in=str(project.settings / MACHINE_NAME), seconds=seconds)


def _why_not_there(reader: Reader, address: str) -> str:
    """Asks for the page without reading it: it may be of any kind."""
    from contentkit.web.knocking import knock

    answer = knock(reader, address)
    if not 200 <= answer.status < 300:
        return f"has no such page (HTTP {answer.status})" if answer.status in (404, 410) else f"HTTP {answer.status}"
    return _why_elsewhere(address, answer.address)


def _why_elsewhere(asked: str, came_to: str) -> str:
    """Where somebody is sent who asks for a page that is not there, or not for everybody: to sign in, to the front page."""
    from contentkit.cli.checking.pages import signs_in

    if signs_in(came_to) and not signs_in(asked):
        return "asks to sign in"
    if urlsplit(came_to).path in ("", "/") and urlsplit(asked).path not in ("", "/"):
        return "leads to the front page"
    return ""
