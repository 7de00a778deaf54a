"""The readable copy of an approval in ``calendar.yaml``: written and taken out again, and never authority by itself."""

from __future__ import annotations

from collections.abc import Callable

from contentkit.calendar.edit import remove_key, set_key
from contentkit.calendar.entries import parse_calendar
from contentkit.cli.project import Project
from contentkit.config import CALENDAR_NAME
from contentkit.errors import ContentkitError
from contentkit.files import decoded, read_bytes, replace_file
from contentkit.places import clone_id
from contentkit.publishing.records import Approval
from contentkit.stamps import stamped
from contentkit.strict_yaml import flow_scalar


def write_copy(project: Project, approval: Approval) -> str:
    """Writes the copy beside its entry. Returns why it could not, which is only told: the approval holds without it."""
    digest, clone = f'"{approval.digest}"', f'"{clone_id(project.root)}"'
    copy = f"{{by: {flow_scalar(approval.by)}, at: {stamped(approval.at)}, digest: {digest}, clone: {clone}}}"
    return _edited(project, lambda text: set_key(text, CALENDAR_NAME, approval.entry, "approved", copy))


def remove_copy(project: Project, entry_id: str) -> str:
    """Takes the copy of this entry out, if there is one. Returns why it could not."""

    def without(text: str) -> str:
        calendar = parse_calendar(text, CALENDAR_NAME, project.config.accounts)
        found = next((one for one in calendar.entries if one.id == entry_id), None)
        return remove_key(text, CALENDAR_NAME, entry_id, "approved") if found and found.approved else text

    return _edited(project, without)


def _edited(project: Project, change: Callable[[str], str]) -> str:
    path = project.root / CALENDAR_NAME
    try:
        before = read_bytes(path, CALENDAR_NAME)
        after = change(decoded(before, CALENDAR_NAME)).encode()
        if after != before:
            replace_file(path, after, before)
    except ContentkitError as error:
        return error.message
    return ""
