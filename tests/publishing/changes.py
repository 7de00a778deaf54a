"""Deciding on a stage what becomes of parts that are out, as the commands do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contentkit.publishing.amendments import Amendment, AmendmentKind, DecidedChange
from contentkit.publishing.publications import PlannedPart, State
from contentkit.publishing.records import Approval
from tests.publishing.stage import Stage


def published(stage: Stage, *texts: str, media: Mapping[int, str] | None = None) -> None:
    """A thread that is out. ``media`` are alt texts of a picture, by the number of their part."""
    pictures = {part: (stage.picture(f"{part}.png", part, alt),) for part, alt in (media or {}).items()}
    stage.approve(texts=texts, media=pictures)
    stage.run()
    assert stage.states() == [State.SENT] * len(texts)


def corrected(
    stage: Stage, texts: Mapping[int, str], *, warning: str = "", language: str = "en", digest: str = "sha256:2"
) -> None:
    """Other words for some parts, by their numbers, approved and to be edited."""
    _approved(stage, texts, AmendmentKind.EDIT, warning, language, digest)


def replaced(stage: Stage, texts: Mapping[int, str], digest: str = "sha256:2") -> None:
    """Other words for some parts, by their numbers, approved; these parts are to be deleted and posted anew."""
    _approved(stage, texts, AmendmentKind.REPLACE, "", "en", digest)


def described(stage: Stage, part: int, alt: str) -> None:
    """Another alt text for the picture of a part, approved and to be edited."""
    row = stage.rows()[part]
    change = DecidedChange(
        row=row,
        kind=AmendmentKind.EDIT,
        text=row.text,
        media=tuple(replace(one, alt=alt) for one in row.media),
        language=row.language,
    )
    _approve(stage, [change], "sha256:2")


def retracted(stage: Stage, first: int = 0) -> list[Amendment]:
    """Every part from this one on that is out is to be deleted."""
    rows = [row for row in stage.rows() if row.part >= first and row.state is State.SENT]
    changes = [DecidedChange(row=row, kind=AmendmentKind.DELETE) for row in rows]
    return stage.journal.amendments.decide(changes, by="Ana", why="wrong figures")


def open_changes(stage: Stage) -> list[tuple[int, State]]:
    """The parts that are to be changed, and how far that is."""
    return [(one.part, one.state) for one in stage.journal.amendments.open()]


def _approved(
    stage: Stage, texts: Mapping[int, str], kind: AmendmentKind, warning: str, language: str, digest: str
) -> None:
    rows = {row.part: row for row in stage.rows()}
    changes = [
        DecidedChange(
            row=rows[part],
            kind=kind,
            text=text,
            media=rows[part].media,
            warning=warning,
            language=language,
        )
        for part, text in texts.items()
    ]
    _approve(stage, changes, digest)


def _approve(stage: Stage, changes: list[DecidedChange], digest: str) -> None:
    stage.digests["launch"] = digest
    approval = Approval(
        id=0, entry="launch", digest=digest, manifest="{}", by="Ana", at=stage.clock.now(), trust="local", seal="seal"
    )
    planned = [
        PlannedPart(
            account=row.account,
            part=row.part,
            parts=row.parts,
            post=row.post,
            text=row.text,
            warning=row.warning,
            visibility=row.visibility,
            language=row.language,
            media=row.media,
            sent=(row.remote_id, row.url) if row.state is State.SENT else None,
        )
        for row in stage.rows()
    ]
    stage.journal.approvals.plan("project", approval, stage.rows()[0].due, planned, changes=changes)
