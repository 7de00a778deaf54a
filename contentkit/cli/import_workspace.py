"""``contentkit import-workspace``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.project import Project
    from contentkit.publishing.postgres.workspaces import Workspace
    from contentkit.publishing.statements import Database


def command(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The team's folder, with contentkit.toml.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="What people call the workspace.")],
    host: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="Only this host may publish it, as its 'hostname' says; may be repeated."),
    ] = None,
) -> None:
    """Enter a team's folder into the database of many teams, and note where it lies on this host.

    Its accounts, approvals and journal are its own: no other workspace sees them. Run it on each host that is to publish
    the workspace; all of them need the same seal.key. Run again with --host, it changes who may. A project that was
    published from this machine before waits for 'contentkit migrate'.

    \b
    contentkit import-workspace ~/teams/nixtla --name nixtla
    contentkit import-workspace ~/teams/nixtla --name nixtla --host pub1
    """
    from contentkit.cli.output import say, show_lines
    from contentkit.cli.scale.homes import home_of, settle_in
    from contentkit.cli.scale.reaching import database_here

    project = _project_in(folder)
    with database_here() as database:
        workspace = _entered(database, project, name, host)
        before = home_of(project.config.project, project.environment)
        settle_in(project.config.project, project.root, project.environment)
    if before not in (None, project.root.resolve()):
        say(f"Until now it lay in {before}.")
    show_lines(*_told(workspace))


def _project_in(folder: Path) -> Project:
    """The project in just this folder. Raises UsageError where there is none."""
    import os

    from contentkit.cli.project import Project
    from contentkit.config import CONFIG_NAME, load_config
    from contentkit.errors import UsageError

    root = folder.resolve()
    if not (root / CONFIG_NAME).is_file():
        raise UsageError(f"{folder}: holds no {CONFIG_NAME}", hint="start a project there with 'contentkit init'")
    return Project(root, load_config(root), os.environ)


def _entered(database: Database, project: Project, name: str, hosts: Sequence[str] | None) -> Workspace:
    """The workspace of this project, made or changed. Raises UsageError for another name, StateError for another seal,
    and where a journal lies here that is not the workspace's."""
    from contentkit.cli.scale.migrating import refuse_two_journals
    from contentkit.places import make_private_folder
    from contentkit.publishing.postgres.workspaces import Standing, enter, let_run_on, set_standing, workspace_of
    from contentkit.publishing.seal import mark_of_key
    from contentkit.publishing.setting_aside import has_journal_to_move

    seal = mark_of_key(make_private_folder(project.state))
    known = workspace_of(database, project.config.project)
    if known is None:
        state = Standing.MOVING if has_journal_to_move(project.state) else Standing.OPEN
        return enter(database, name=name, project=project.config.project, hosts=hosts or (), seal=seal, state=state)
    _refuse_another(project, known, name, seal)
    refuse_two_journals(project.state, known)
    if hosts is not None:
        known = let_run_on(database, known, hosts)
    return set_standing(database, known, Standing.OPEN) if known.state is Standing.CLOSED else known


def _refuse_another(project: Project, known: Workspace, name: str, seal: str) -> None:
    from contentkit.errors import StateError, UsageError
    from contentkit.publishing.seal import KEY_NAME

    if known.name != name:
        raise UsageError(
            f"the project '{known.project}' is the workspace '{known.name}' already",
            hint=f"to call it otherwise: contentkit scale rename {known.name} {name}",
        )
    if known.seal != seal:
        raise StateError(
            f"{project.state / KEY_NAME}: is another key than that of the workspace's other hosts: none of its approvals"
            " would count here",
            hint=f"copy {KEY_NAME} from a host that publishes '{known.name}' into {project.state}, for you only (chmod 600)",
        )


def _told(workspace: Workspace) -> tuple[str, ...]:
    from contentkit.publishing.postgres.workspaces import Standing

    where = f"Only {', '.join(workspace.hosts)} may publish it." if workspace.hosts else "Any host may that imports it."
    if workspace.state is Standing.MOVING:
        return (
            f"Workspace '{workspace.name}' waits for its journal. {where}",
            "Next: contentkit migrate, in the folder from which it was published so far",
        )
    return (f"Workspace '{workspace.name}' is open. {where}",)
