"""``contentkit scale status``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contentkit.publishing.postgres.figures import Figures, WorkspaceFigures

# Work that nobody has taken up for so many seconds is not being taken up.
_LATE = 120


def command(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show how all teams and workers stand; exit 4 while a person is needed.

    What is planned, due, in doubt and held in each workspace, how late the latest work is, which accounts workers hold, and
    which workers live. A person is needed where something is held, where a worker died, where publishing is stopped, and where
    due work is not taken up.

    \b
    contentkit scale status
    contentkit scale status --json
    """
    from contentkit.cli.main import PERSON_NEEDED
    from contentkit.cli.output import show_json
    from contentkit.cli.scale.reaching import database_here
    from contentkit.publishing.postgres.figures import figures_of

    with database_here() as database:
        figures = figures_of(database)
    needs = list(_needs(figures))
    if as_json:
        show_json(_plain(figures, needs))
    else:
        _show(figures, needs)
    if needs:
        raise typer.Exit(PERSON_NEEDED)


def _needs(figures: Figures) -> Iterator[dict[str, str]]:
    """What waits for a person, and what to do about each."""
    from contentkit.publishing.postgres.workers import missing
    from contentkit.publishing.postgres.workspaces import Standing
    from contentkit.views.workspaces import span_in_words

    for one in figures.workspaces:
        if one.held:
            yield _need(one.name, f"{one.held} held", "run 'contentkit status' in its folder")
        if one.stopped and one.state is Standing.OPEN:
            yield _need(one.name, f"stopped {one.stopped}", "run 'contentkit start' in its folder")
        if one.state is Standing.MOVING:
            yield _need(
                one.name, "its journal is on its way here", "run 'contentkit migrate' where it was published so far"
            )
        if one.lag > _LATE:
            late = span_in_words(one.lag)
            yield _need(
                one.name, f"due work has waited for {late}", "see that a worker runs on a host that may publish it"
            )
    for worker in missing(figures.workers):
        silence = span_in_words(worker.silence)
        yield _need(f"{worker.name} on {worker.host}", f"silent for {silence}", "start 'contentkit worker' there again")


def _need(what: str, why: str, step: str) -> dict[str, str]:
    return {"what": what, "why": why, "next": step}


def _show(figures: Figures, needs: list[dict[str, str]]) -> None:
    from contentkit.cli.output import say, show_lines, show_rows, show_sentences
    from contentkit.views.workspaces import STANDINGS, span_in_words, workspaces_table

    rows = [_cells(one) for one in figures.workspaces]
    if rows:
        show_rows([STANDINGS, *rows], lambda: workspaces_table(STANDINGS, rows))
    living = [one for one in figures.workers if one.is_alive]
    hosts = len({one.host for one in living})
    late = span_in_words(figures.lag) if figures.lag >= 1 else "nothing"
    say(
        f"{_number(len(living), 'worker')} on {_number(hosts, 'host')}; {_number(figures.of_all('accounts'), 'account')}, "
        f"{figures.of_all('leased')} held by workers, {figures.of_all('waiting')} made to wait by networks; late: {late}"
    )
    for one in needs:
        show_sentences(f"{one['what']}: {one['why']}")
        show_lines(f"    {one['next']}")


def _cells(one: WorkspaceFigures) -> tuple[str, ...]:
    from contentkit.publishing.postgres.workspaces import Standing
    from contentkit.views.workspaces import span_in_words

    counts = (one.accounts, one.planned, one.due)
    state = "stopped" if one.stopped and one.state is Standing.OPEN else one.state.value
    return (one.name, state, *map(str, counts), span_in_words(one.lag), str(one.unknown), str(one.held))


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _plain(figures: Figures, needs: list[dict[str, str]]) -> dict[str, object]:
    counts = ("planned", "due", "unknown", "held", "accounts", "leased", "waiting")
    return {
        "lag": figures.lag,
        **{name: figures.of_all(name) for name in counts},
        "workspaces": figures.workspaces,
        "workers": [
            {
                "name": one.name, "host": one.host, "version": one.version, "at_once": one.at_once, "sent": one.sent,
                "started_at": one.started_at, "silence": one.silence, "alive": one.is_alive,
            }
            for one in figures.workers
        ],
        "needs": needs,
    }  # fmt: skip
