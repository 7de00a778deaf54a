"""Whose approval counts on this machine: which proof is asked for, and whose for what. Read from ``machine.toml`` only.

A project's files come with git. Whoever may send a pull request could else decide that their own word is enough.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from contentkit.patterns import regex
from contentkit.settings import strict_toml
from contentkit.settings.strict_toml import Table
from contentkit.values import dataclass

Trust = Literal["local", "signed", "branch"]
TRUSTS: tuple[Trust, ...] = ("local", "signed", "branch")
_KEYS = ("trust", "allowed_signers", "revoked_keys", "branch", "rules")
_RULE_KEYS = ("project", "accounts", "founder", "campaign", "by", "count")
_BRANCH = regex(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)+")
_RULES_HEADER = regex(r"\s*\[\[\s*approval\s*\.\s*rules\s*\]\]")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What rules are about: an entry by its project, its accounts, its campaign and its draft's founder."""

    project: str
    accounts: tuple[str, ...]
    founder: str = ""
    campaign: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``count`` of those in ``by``, of anybody where that is empty, have to approve what the rule is about.

    It is about everything that has its project, one of its accounts, its founder and its campaign; empty ones do not narrow it.
    """

    project: str = ""
    accounts: tuple[str, ...] = ()
    founder: str = ""
    campaign: str = ""
    by: tuple[str, ...] = ()
    count: int = 1

    def is_about(self, matter: Matter) -> bool:
        return (
            self.project in ("", matter.project)
            and (not self.accounts or not set(self.accounts).isdisjoint(matter.accounts))
            and (not self.founder or same_name(self.founder) == same_name(matter.founder))
            and self.campaign in ("", matter.campaign)
        )

    def lacks(self, people: Collection[str]) -> str:
        """Who has still to approve, in words, when these people have; empty when that is enough."""
        given = {same_name(person) for person in people}
        if not self.by:
            missing = self.count - len(given)
            return f"{missing} more {'person' if missing == 1 else 'people'}" if missing > 0 else ""
        open_names = [name for name in self.by if same_name(name) not in given]
        missing = self.count - (len(self.by) - len(open_names))
        if missing <= 0:
            return ""
        if missing == len(open_names):
            return " and ".join(open_names)
        return f"{missing} of {', '.join(open_names)}" if missing > 1 else " or ".join(open_names)


@dataclass(frozen=True, kw_only=True)
class ApprovalPolicy:
    """Which proof of an approval this machine asks for, and whose. ``line`` is where ``machine.toml`` says so.

    ``allowed_signers`` and ``revoked_keys`` are files of ssh-keygen's; ``branch`` is a remote and its branch.
    """

    trust: Trust = "local"
    allowed_signers: Path = Path("allowed_signers")
    revoked_keys: Path | None = None
    branch: str = "origin/main"
    rules: tuple[Rule, ...] = ()
    line: int = 0

    def lacking(self, matter: Matter, people: Collection[str]) -> tuple[str, ...]:
        """Who has still to approve this, one piece of words for each rule that is not met: all that apply have to be."""
        lacks = (rule.lacks(people) for rule in self.rules if rule.is_about(matter))
        return tuple(dict.fromkeys(words for words in lacks if words))


def same_name(name: str) -> str:
    """What tells one person's name from another's: case, spaces around it and forms of the same letter do not."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def read_policy(top: Table, text: str, folder: Path) -> ApprovalPolicy:
    """The policy of a ``machine.toml`` with this text; paths in it are from its folder. Raises ContentError with its line."""
    table = top.table("approval")
    table.refuse_others(_KEYS)
    trust = table.choice("trust", TRUSTS) or "local"
    rules = tuple(_rule(one) for one in _rule_tables(table, text))
    if trust == "branch" and rules:
        raise table.error(
            "rules",
            'rules say who must approve, and under trust = "branch" nobody can know who did',
            'leave the rules to the protection of the branch, or take trust = "signed"',
        )
    return ApprovalPolicy(
        trust=trust,  # type: ignore[arg-type]  # one of the known words
        allowed_signers=_path(table, "allowed_signers", folder) or folder / "allowed_signers",
        revoked_keys=_path(table, "revoked_keys", folder),
        branch=_branch(table),
        rules=rules,
        line=table.line("trust"),
    )


def _path(table: Table, key: str, folder: Path) -> Path | None:
    words = table.text(key)
    if not words:
        return None
    try:
        return folder / Path(words).expanduser()
    except RuntimeError:
        raise table.error(key, f"'{words}' leads to no home folder", "write the whole path") from None


def _branch(table: Table) -> str:
    words = table.text("branch", "origin/main")
    if not _BRANCH.fullmatch(words) or ".." in words or words.endswith(".lock"):
        raise table.error("branch", f"'{words}' is no branch of a remote", 'as in branch = "origin/main"')
    return words


def _rule_tables(table: Table, text: str) -> Iterator[Table]:
    """Each rule as a table that knows its own lines."""
    values = table.values.get("rules", [])
    if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
        raise table.error("rules", "'rules' must be tables", "write each below a line [[approval.rules]]")
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _RULES_HEADER.match(line)]
    path = ("approval", "rules")
    for number, one in enumerate(values):
        places: Mapping[tuple[str, ...], int] = table.places
        if len(starts) == len(values):
            end = starts[number + 1] if number + 1 < len(starts) else len(lines)
            places = strict_toml.places_in("\n" * starts[number] + "\n".join(lines[starts[number] : end]))
        yield Table(name=table.name, path=path, values=one, places=places)


def _rule(table: Table) -> Rule:
    table.refuse_others(_RULE_KEYS)
    by, count = _names(table, "by"), table.number("count", 1, least=1)
    if not by and "count" not in table.values:
        raise table.error(
            "by", "a rule says whose approval it asks for", 'as in by = ["ana@example.org"], or count = 2'
        )
    if len({same_name(name) for name in by}) != len(by):
        raise table.error("by", "'by' names somebody twice", "name each person once")
    if by and count > len(by):
        raise table.error("count", f"{count} of {len(by)} can never approve", "name more people, or lower 'count'")
    return Rule(
        project=table.text("project"),
        accounts=_names(table, "accounts"),
        founder=table.text("founder"),
        campaign=table.text("campaign"),
        by=by,
        count=count,
    )


def _names(table: Table, key: str) -> tuple[str, ...]:
    values: Sequence[object] = table.values.get(key, [])
    if not isinstance(values, list) or (key in table.values and not values):
        raise table.error(key, f"'{key}' must be a list of names", f'as in {key} = ["ana@example.org"]')
    names = tuple(one.strip() for one in values if isinstance(one, str))
    if len(names) != len(values) or not all(name and name.isprintable() for name in names):
        raise table.error(key, f"'{key}' must be a list of names", f'as in {key} = ["ana@example.org"]')
    return names
