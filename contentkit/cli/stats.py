"""``contentkit stats``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contentkit.cli.measuring.questions import Look
    from contentkit.stats.groups import Kind

# What is fresh changes from day to day; to compare it takes more.
_DAYS, _DAYS_COMPARED = 30, 90


def command(
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="This entry, or the post with this address.")] = "",
    parts: Annotated[bool, typer.Option("--parts", help="One line for each part of a thread.")] = False,
    by: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help="Compare by campaign, slot, weekday, hour, source, drafter, hook, language, account, founder or origin.",
        ),
    ] = "",
    best_time: Annotated[bool, typer.Option("--best-time", help="Compare the hours of the week.")] = False,
    visits: Annotated[bool, typer.Option("--visits", help="Visits of the website by the threads' links.")] = False,
    followers: Annotated[bool, typer.Option("--followers", help="The accounts alone.")] = False,
    account: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this account. May be repeated.")
    ] = None,
    age: Annotated[str, typer.Option(metavar="AGE", help="Compare at this age: 1h, 6h, 24h, 3d, 7d, 30d or 90d.")] = "",
    days: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=36_500, help="Threads of the last N days; 30, or 90 to compare them."),
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, max=100_000, help="At most N threads, the newest, and N accounts.")
    ] = 30,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print the first table as CSV, always the same columns.")
    ] = False,
) -> None:
    """Show the figures of posts and accounts, and how they compare with the usual.

    Engagement is likes, shares, quotes and the replies of others. The usual is the median of the 100 threads before on the
    same account, at the same age. '2.1x (1.4–3.3, n 34)': 2.1 times the usual, which 34 threads tell well enough to say
    between 1.4 and 3.3. A dash is what the network does not tell, which is not 0. 'seen' are impressions.

    \b
    contentkit stats
    contentkit stats launch
    contentkit stats --by hook --age 7d --days 365
    contentkit stats --best-time
    contentkit stats --visits --csv > visits.csv
    contentkit stats --json | jq '.posts[] | select(.likes > 10)'
    """
    from contentkit.cli.measuring.answers import answer_to
    from contentkit.cli.measuring.asking import age_asked, figures_of
    from contentkit.cli.measuring.collecting import without_collecting
    from contentkit.cli.measuring.questions import Question
    from contentkit.cli.measuring.telling import tell, tell_csv, tell_json
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock

    kind = _kind(by)
    ways = {"--by": bool(by), "--best-time": best_time, "--parts": parts, "--visits": visits, "--followers": followers}
    _refuse_contradictions({"ENTRY": bool(entry), **ways})
    _refuse_contradictions({"--json": as_json, "--csv": as_csv})
    looks: dict[Look, bool] = {"parts": parts, "visits": visits, "followers": followers, "best time": best_time}
    question = Question(
        project=open_project(),
        now=SystemClock().now(),
        days=days or (_DAYS_COMPARED if by or best_time else _DAYS),
        limit=limit,
        age=age_asked(age),
        accounts=tuple(account or ()),
        entry=entry,
        wanted=next((way for way, is_asked in looks.items() if is_asked), kind or ""),
    )
    with figures_of(question.project) as database, without_collecting():
        answer = answer_to(question, database)
        (tell_json if as_json else tell_csv if as_csv else tell)(answer)


def _kind(words: str) -> Kind | None:
    """The kind of group that is asked for. Raises UsageError that names the nearest one."""
    if not words:
        return None
    from contentkit.errors import UsageError
    from contentkit.stats.groups import KINDS
    from contentkit.strict_yaml import nearest

    found = next((kind for kind in KINDS if kind == words.lower()), None)
    if found is None:
        hint = nearest(words.lower(), list(KINDS)) or f"say one of {', '.join(KINDS)}"
        raise UsageError(f"nothing is compared by '{words}'", hint=hint)
    return found


def _refuse_contradictions(given: dict[str, bool]) -> None:
    """Raises UsageError when more than one of these is asked for; an entry has parts and visits."""
    from contentkit.errors import UsageError

    asked = [name for name, is_given in given.items() if is_given]
    if len(asked) > 1 and asked not in (["ENTRY", "--parts"], ["ENTRY", "--visits"]):
        raise UsageError(f"stats: {' and '.join(asked)} are two questions", hint="ask one of them")
