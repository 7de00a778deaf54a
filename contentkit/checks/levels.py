"""How bad a finding is in this project and on an account: what the settings say, else what is usual.

Some findings stay as bad as they are: what nobody can take responsibility for, and whatever the first promise rests on
("nothing they did not say"). A person may waive such a finding for one post, by name; no setting may for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from contentkit.checks.catalogue import Check, catalogue
from contentkit.config import CONFIG_NAME
from contentkit.errors import ContentError
from contentkit.models import Problem
from contentkit.settings.check_settings import LEVELS, CheckSettings, Level, Leveling
from contentkit.strict_yaml import nearest
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Levels:
    """How bad the findings of checks are, by their ids: in the project, and on single accounts."""

    here: Mapping[str, Leveling]
    on: Mapping[str, Mapping[str, Leveling]]

    def of(self, problem: Problem, account: str) -> Level:
        """How bad this is on an account (empty: on none)."""
        said = self.on.get(account, {}).get(problem.check) or self.here.get(problem.check)
        return said.level if said else problem.severity


def levels_of(settings: CheckSettings) -> Levels:
    """What the settings say. Raises ContentError for a check that there is not, and for one that may not be lowered."""
    for named in (settings.levels, *settings.levels_on.values()):
        for check, said in named.items():
            _require_allowed(check, said)
    return Levels(here=settings.levels, on=settings.levels_on)


def _require_allowed(check: str, said: Leveling) -> None:
    place = f"{CONFIG_NAME}:{said.line}"
    known = catalogue().get(check)
    if known is None:
        raise ContentError(f"{place}: there is no check {check}", hint=nearest(check, catalogue()))
    if known.is_firm and LEVELS.index(said.level) < LEVELS.index(known.severity):
        message = (
            f"{place}: {check} cannot be made {said.level if said.level != 'off' else 'silent'}: it finds {known.finds}"
        )
        raise ContentError(message, hint=_way_out(known))


def _way_out(check: Check) -> str:
    if not check.waivable:
        return "take the line out; nobody can waive this check"
    return f"take the line out; where it is wrong, waive it in that post: <!-- waive: {check.id} by NAME: REASON -->"


def levelled(
    problems: Iterable[Problem], levels: Levels, accounts_of: Callable[[Problem], Collection[str]]
) -> list[Problem]:
    """The problems, each as bad as it is here, without those that are off.

    ``accounts_of`` tells on which accounts it would be published. Where it is not as bad on each of them, it is told once for
    each, with the account's name.
    """
    return [one for problem in problems for one in _on_each(problem, levels, accounts_of(problem))]


def _on_each(problem: Problem, levels: Levels, accounts: Collection[str]) -> Iterator[Problem]:
    by_account = {name: levels.of(problem, name) for name in ([problem.account] if problem.account else accounts)}
    told = set(by_account.values()) or {levels.of(problem, "")}
    if len(told) == 1:
        yield from _as_bad_as(problem, told.pop())
        return
    for name, level in by_account.items():
        yield from _as_bad_as(replace(problem, account=name, message=f"{problem.message} (on {name})"), level)


def _as_bad_as(problem: Problem, level: Level) -> Iterator[Problem]:
    if level != "off":
        yield problem if level == problem.severity else replace(problem, severity=level)
