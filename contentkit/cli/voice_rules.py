"""``contentkit voice rules``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from contentkit.cli.project import Project
    from contentkit.drafting.voice.edits import Edited, Proposal
    from contentkit.drafting.voice.loading import LearntVoice
    from contentkit.models import Draft


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose voice: a key of people.yaml.")],
    accept: Annotated[
        list[int] | None, typer.Option(metavar="N", min=1, help="Write this one into the card; may be given again.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Propose rules from what people changed in the drafts of a founder.

    Compares what drafters wrote with what people made of it, in the drafts that are approved or committed to git: what was
    done three times or more, in two drafts at least, and nearly always. Nothing becomes a rule until you accept it.

    \b
    contentkit voice rules odile
    contentkit voice rules odile --accept 1 --accept 3
    """
    from contentkit.cli.output import say, show_json, show_sentences
    from contentkit.cli.project import open_project
    from contentkit.drafting.voice.edits import proposals
    from contentkit.views.voices import proposal_lines

    project = open_project()
    voice = _voice(project, name)
    edits = list(_edits(project, name))
    known = {rule.words for rule in voice.written.rules}
    proposed = [
        one for one in proposals(edits, voice.language) if one.rule not in known and _may_be_known(project, one)
    ]
    found = _chosen(proposed, accept) if accept else proposed
    if accept:
        _write(project, name, found)
    if as_json:
        show_json(found)
        return
    if accept:
        say(*(f"Accepted: {one.rule}" for one in found))
        found = [one for one in proposed if one not in found]
    show_sentences(*proposal_lines(found))
    say(_told(name, len(edits), len(found)))


def _voice(project: Project, name: str) -> LearntVoice:
    from contentkit.drafting.voice.loading import founder_of, voice_in
    from contentkit.errors import UsageError

    person = project.people[founder_of(project.root, project.people, name)]
    voice = voice_in(project.root, person)
    if voice is None:
        raise UsageError(f"nobody learnt the voice of '{name}' yet", hint=f"contentkit voice learn {name} PATH")
    return voice


def _edits(project: Project, name: str) -> Iterator[Edited]:
    """What was drafted for this founder and what stands there now, of each draft that a person stood behind."""
    from contentkit.drafting.voice.edits import Edited
    from contentkit.store.database import database_in, has_database
    from contentkit.store.drafted import drafted_slugs, last_drafted, words_drafted

    if not has_database(project.root):
        return
    drafts = {one.slug: one for one in map(project.draft, project.drafts())}
    with database_in(project.root) as database:
        for slug in drafted_slugs(database):
            drafted = last_drafted(database, slug)
            draft = drafts.get(slug)
            if drafted is None or draft is None or (draft.founder or drafted.draft.founder) != name:
                continue
            if not _is_settled(project, draft):
                continue
            # Other words that the drafter offered are its own, whichever of them was chosen.
            theirs = words_drafted(database, slug)
            left = tuple(post.text for post in draft.posts)
            before = tuple(post.text for post in drafted.draft.posts if post.text not in left)
            kept = tuple(text for text in left if text in theirs)
            edited = tuple(text for text in left if text not in theirs)
            yield Edited(draft=draft.path, drafted=(*before, *kept), left=(*edited, *kept))


def _is_settled(project: Project, draft: Draft) -> bool:
    """Whether somebody approved these words or committed them: what is still being written tells no habit."""
    from contentkit.cli.git import is_committed

    if any(entry.approved for entry in project.calendar.entries if entry.draft == draft.path):
        return True
    return is_committed(project.root, draft.path)


def _may_be_known(project: Project, one: Proposal) -> bool:
    return not project.confidential.is_named_in(one.rule)


def _chosen(found: Sequence[Proposal], accept: Sequence[int]) -> list[Proposal]:
    from contentkit.errors import UsageError

    if wrong := [number for number in accept if number > len(found)]:
        there = f"there are {len(found)}" if found else "there is none"
        raise UsageError(f"no rule {wrong[0]} is proposed: {there}", hint="see the list: leave --accept out")
    return [found[number - 1] for number in dict.fromkeys(accept)]


def _write(project: Project, name: str, chosen: Sequence[Proposal]) -> None:
    from contentkit.drafting.voice.card import Rule
    from contentkit.drafting.voice.writing import with_rules
    from contentkit.files import decoded, read_bytes, replace_file
    from contentkit.people import places_of

    place, _ = places_of(project.people[name])
    before = read_bytes(project.root / place, place)
    rules = [Rule(words=one.rule, edits=one.done, never=one.never) for one in chosen]
    replace_file(project.root / place, with_rules(decoded(before, place), place, rules).encode(), before)


def _told(name: str, drafts: int, found: int) -> str:
    from contentkit.text import counted

    if found:
        return f"From {counted(drafts, 'draft')}. Write one into the card: contentkit voice rules {name} --accept N"
    if drafts:
        return f"Nothing was changed again and again in {counted(drafts, 'draft')} of '{name}'."
    return (
        f"There is no draft of '{name}' to learn from yet: one that contentkit drafted for them on this machine, and that is "
        "approved or committed to git."
    )
