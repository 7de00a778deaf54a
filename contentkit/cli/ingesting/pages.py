"""Reads addresses of the web, under the rules of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.cli.project import Project

if TYPE_CHECKING:
    from contentkit.web.reader import Reader


def reader(project: Project) -> Reader:
    """The one way to the web: public hosts, and those that the user of this machine allows."""
    from contentkit.machine import MACHINE_NAME, load_machine
    from contentkit.web.reader import Reader

    return Reader(hosts=load_machine(project.settings).web_hosts, allowed_in=str(project.settings / MACHINE_NAME))


def page(address: str, project: Project) -> tuple[bytes, str]:
    """What an address answers, and the address it has come from in the end. Raises ContentkitError."""
    from contentkit.sources.web_pages.encoding import with_charset

    fetched = reader(project)(address)
    return with_charset(fetched.body, fetched.charset, fetched.address), fetched.address
