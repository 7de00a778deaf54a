"""What was taken back, and that it stays so: the journal's rows are sealed, and a file beside it knows how many there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from contentkit.cli.project import Project
from contentkit.errors import StateError
from contentkit.files import replace_file
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Publication
from contentkit.publishing.records import Revocation
from contentkit.publishing.seal import is_sealed, seal
from contentkit.settings.approval_rules import Trust

_COUNT_NAME = "revocations.json"


def revocations_of(project: Project, journal: Journal, entry_id: str) -> list[Revocation]:
    """Everything of this entry that was taken back. Raises StateError where the journal's list of it was changed by hand."""
    known = journal.approvals.revocations()
    if len(known) < _count(project.state, journal) or not all(_is_genuine(project, one) for one in known):
        raise StateError(
            f"{project.state}: the journal's list of revoked approvals was changed by hand",
            hint="put it back as it was, or 'contentkit takeover' and approve everything again",
        )
    return [one for one in known if one.entry == entry_id]


def revoke(
    project: Project,
    journal: Journal,
    entry_id: str,
    *,
    by: str,
    at: datetime,
    trust: Trust,
    digest: str,
    reason: str,
    rows: Sequence[Publication],
    upto: int | None = None,
) -> int:
    """Takes back what was approved of an entry, up to this approval of the journal or all of it, and skips these parts of it.

    Returns how many.
    The caller holds the publisher's lock.
    """
    revocations_of(project, journal, entry_id)
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    latest = journal.approvals.latest(entry_id) if upto is None else None
    bare = Revocation(
        id=0,
        entry=entry_id,
        digest=digest,
        upto=latest.id if latest else upto or 0,
        by=by,
        at=at,
        trust=trust,
        reason=reason,
        seal="",
    )
    sealed = seal(project.state, entry=entry_id, digest=f"revoked {digest}", manifest=_content(bare), by=by, at=at)
    journal.approvals.revoke(replace(bare, seal=sealed), rows)
    counted = {"journal": journal.known(Fact.ID), "count": len(journal.approvals.revocations())}
    replace_file(project.state / _COUNT_NAME, json.dumps(counted).encode(), None)
    return len(rows)


def _is_genuine(project: Project, one: Revocation) -> bool:
    return is_sealed(
        project.state,
        one.seal,
        entry=one.entry,
        digest=f"revoked {one.digest}",
        manifest=_content(one),
        by=one.by,
        at=one.at,
    )


def _content(one: Revocation) -> str:
    return json.dumps([one.upto, one.trust, one.reason])


def _count(folder: Path, journal: Journal) -> int:
    """How many revocations this very journal had when the last one was written; another journal's do not matter."""
    try:
        counted = json.loads((folder / _COUNT_NAME).read_bytes())
        return int(counted["count"]) if counted["journal"] == journal.known(Fact.ID) else 0
    except FileNotFoundError:
        return 0
    except (ValueError, TypeError, KeyError):
        raise StateError(f"{folder / _COUNT_NAME}: damaged", hint="contentkit takeover, and approve again") from None
