"""CK401 to CK413: what a branch changes of approvals, of the calendar, and of what is written beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contentkit.checks.catalogue import catalogue
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.models import ApprovedCopy, Draft, Entry, Person, Problem, Severity
from contentkit.people import PEOPLE_NAME
from contentkit.settings.check_settings import LEVELS, CheckSettings, Leveling
from contentkit.text import one_line
from contentkit.values import dataclass

_RECEIPTS = "receipts.jsonl"
_LONGEST = 60
_CONSENTS = ("never", "name", "mention")
_ASK_AGAIN = "ask for the approval again once this is merged: contentkit approve {}"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """An entry as one side has it, with the digests that an approval of it may have; none where a file is missing.

    ``is_out`` where the receipts that the branch found show all of it, ``is_partly_out`` where they show some.
    """

    entry: Entry
    digests: tuple[str, ...] = ()
    is_out: bool = False
    is_partly_out: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether the line beside it was given for just this, as far as anybody can tell from the files."""
        return self.entry.approved is not None and self.entry.approved.digest in self.digests


@dataclass(frozen=True, kw_only=True)
class EntryChange:
    """An entry before and after: ``was`` is None for a new one, ``now`` for one that is gone. A renamed one has two ids."""

    was: Standing | None
    now: Standing | None

    @property
    def is_renamed(self) -> bool:
        return self.was is not None and self.now is not None and self.was.entry.id != self.now.entry.id

    @property
    def voids(self) -> bool:
        """Whether an approval held and does not any more."""
        if self.was is None or not self.was.is_approved or self.was.is_out:
            return False
        return self.now is None or self.is_renamed or _line_of(self.was) not in (self.now.digests or ("",))


def check_approvals(change: EntryChange, others: Mapping[str, str]) -> Iterator[Problem]:
    """CK401 to CK405 for one entry. ``others`` says under which id each approval of either side stands, by its digest."""
    was, now = change.was, change.now
    if now is None:
        if was and change.voids:
            yield _removed(was)
        return
    if was and change.is_renamed:
        yield from _renamed(was, now)
    if was and change.voids and not change.is_renamed:
        yield _void(was, now)
    if now.entry.approved and not (was and not change.is_renamed and now.entry.approved == was.entry.approved):
        yield _line_of_this_branch(now, now.entry.approved, others)


def _line_of(standing: Standing) -> str:
    return standing.entry.approved.digest if standing.entry.approved else ""


def _void(was: Standing, now: Standing) -> Problem:
    by = was.entry.approved.by if was.entry.approved else "somebody"
    message = f"the approval of {now.entry.id} by {by} is void with this"
    return _problem("CK401", "warning", message, now.entry, _ASK_AGAIN.format(now.entry.id))


def _line_of_this_branch(now: Standing, line: ApprovedCopy, others: Mapping[str, str]) -> Problem:
    name = now.entry.id
    if now.is_approved:
        how = "" if line.clone else ", typed by hand: it names no machine,"
        message = f"this branch writes{how} that {line.by} approved {name}; only the publishing machine knows whether they did"
        return _problem("CK403", "warning", message, now.entry, f"ask there: contentkit approvals {name}")
    other = others.get(line.digest, name)
    whence = f"it is that of {other}, copied" if other != name else "typed by hand, or given for something else"
    message = f"this branch writes that {line.by} approved {name}, with a digest that is not of it: {whence}"
    return _problem("CK402", "error", message, now.entry, "take the line out: 'contentkit approve' writes it")


def _removed(was: Standing) -> Problem:
    by = was.entry.approved.by if was.entry.approved else "somebody"
    message = f"{was.entry.id} is taken off the calendar, although {by} approved it"
    return Problem(
        check="CK404",
        severity="warning",
        message=message,
        place=CALENDAR_NAME,
        remedy="tell them; 'paused: REASON' keeps it",
    )


def _renamed(was: Standing, now: Standing) -> Iterator[Problem]:
    before, name = was.entry.id, now.entry.id
    if was.is_out or was.is_partly_out:
        message = f"{before} is called {name} now, and it is out already: under another id it would go out again"
        yield _problem("CK405", "error", message, now.entry, f"call it {before} again")
    elif was.is_approved:
        message = f"{before} is called {name} now: its approval was of {before}"
        yield _problem("CK405", "warning", message, now.entry, f"call it {before} again, or ask for the approval again")


def check_time(entry: Entry, against: Sequence[str]) -> list[Problem]:
    """CK406: what speaks against the time that a branch gives an entry; the words go on a sentence about the entry."""
    remedy = f"move it: contentkit move {entry.id}"
    return [_problem("CK406", "warning", f"{entry.id} {words}", entry, remedy) for words in against]


def check_twin(entry: Entry, other: Entry | None) -> Iterator[Problem]:
    """CK407 where another entry brings the same draft to one of the same accounts."""
    if other:
        shared = ", ".join(name for name in entry.accounts if name in other.accounts)
        message = f"{entry.id} brings the same draft to {shared} as {other.id}, at {other.wall or other.at}"
        yield _problem("CK407", "warning", message, entry, "take one of them out")


def check_receipts(added: int, removed: int) -> list[Problem]:
    """CK408: lines of receipts that a branch brings or takes."""
    told = [
        f"{count} {'line' if count == 1 else 'lines'} {what}"
        for count, what in ((added, "more"), (removed, "fewer"))
        if count
    ]
    if not told:
        return []
    message = f"this branch changes what counts as published: {' and '.join(told)} in {_RECEIPTS}"
    remedy = "only the publishing machine writes them: what is listed there is not posted, what is missing may be posted again"
    return [Problem(check="CK408", severity="warning", message=message, place=_RECEIPTS, remedy=remedy)]


def check_levels(was: CheckSettings, now: CheckSettings) -> Iterator[Problem]:
    """CK409 for each check that a branch makes milder, in the project or on an account, and for each place it has passed over."""
    yield from _milder(was.levels, now.levels, "")
    for account in (*was.levels_on, *(name for name in now.levels_on if name not in was.levels_on)):
        if account in now.levels_on:
            before = {**was.levels, **was.levels_on.get(account, {})}
            yield from _milder(before, {**now.levels, **now.levels_on[account]}, f" on {account}")
    for place in now.examples:
        if place not in was.examples:
            message = f"this branch has {place} passed over where words off the record are looked for"
            yield Problem(
                check="CK409", severity="warning", message=message, place=CONFIG_NAME, remedy="see what lies there"
            )


def _milder(was: Mapping[str, Leveling], now: Mapping[str, Leveling], where: str) -> Iterator[Problem]:
    for check in dict.fromkeys((*was, *now)):
        usual = catalogue()[check].severity if check in catalogue() else "error"
        before, said = (side[check].level if check in side else usual for side in (was, now))
        if LEVELS.index(said) < LEVELS.index(before):
            place = f"{CONFIG_NAME}:{now[check].line}" if check in now else CONFIG_NAME
            message = f"this branch makes {check}{where} milder: '{said}', it was '{before}'"
            yield Problem(
                check="CK409", severity="warning", message=message, place=place, remedy="see what it no longer tells"
            )


def check_new_waivers(draft: Draft, was: Draft | None) -> Iterator[Problem]:
    """CK410 for each waiver that a branch writes, without its words: some may not be repeated."""
    known = [(one.check, one.words, one.by, one.reason) for post in (was.posts if was else ()) for one in post.waivers]
    for index, post in enumerate(draft.posts):
        for one in post.waivers:
            key = (one.check, one.words, one.by, one.reason)
            if key in known:
                known.remove(key)
                continue
            message = f"this branch waives {one.check} in {one.by}'s name"
            place = f"{draft.path}:{post.line}"
            remedy = f"see whether {one.by} knows of it"
            yield Problem(
                check="CK410", severity="information", message=message, place=place, remedy=remedy, post=index
            )


def link_astray(name: str) -> Problem:
    """CK411: a symbolic link that a branch brings, and that leads out of the repository or to git's own files."""
    message = f"this branch makes {name} a link that leads out of the repository"
    return Problem(check="CK411", severity="error", message=message, place=name, remedy="put the file itself there")


def edited_source(name: str, drafts: Sequence[str]) -> Problem:
    """CK413: a source that lay in git and that a branch edits, with the drafts that rest on it."""
    rest = f"{drafts[0]} rests" if len(drafts) == 1 else f"{len(drafts)} drafts rest"
    message = f"this branch edits {name}, on which {rest}"
    remedy = "see what it makes people have said"
    return Problem(check="CK413", severity="information", message=message, place=name, remedy=remedy)


def check_consents(was: Mapping[str, Person], now: Mapping[str, Person]) -> Iterator[Problem]:
    """CK412 for each person who, as a branch has it, lets themselves be named more openly, or has another handle."""
    for key, person in now.items():
        before, place = was.get(key), f"{PEOPLE_NAME}:{person.line}"
        if before is None:
            continue
        if _CONSENTS.index(person.consent) > _CONSENTS.index(before.consent):
            message = f"this branch writes that {key} agrees to '{person.consent}', where it was '{before.consent}'"
            yield Problem(
                check="CK412", severity="warning", message=message, place=place, remedy="see that they said so"
            )
        for network, handle in person.handles.items():
            if before.handles.get(network, handle) != handle:
                message = f"this branch gives {key} another handle on {network}: {one_line(handle, _LONGEST)}"
                remedy = "see that it is theirs: posts will mention whoever has it"
                yield Problem(check="CK412", severity="warning", message=message, place=place, remedy=remedy)


def _problem(check: str, severity: Severity, message: str, entry: Entry, remedy: str) -> Problem:
    return Problem(
        check=check, severity=severity, message=message, place=f"{CALENDAR_NAME}:{entry.line}", remedy=remedy
    )
