"""``contentkit voice learn``."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.project import Project
    from contentkit.drafting.voice.learning import Chosen
    from contentkit.drafting.voice.loading import LearntVoice
    from contentkit.models import Person

_IGNORED = (
    "# The founders' own posts: a post that its author deletes must leave all copies, and git forgets nothing.\n"
    "# Take the line away to have them in git all the same.\n"
    "*.jsonl\n"
)


def command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose voice: a key of people.yaml.")],
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="Their posts: an archive of X or Mastodon, files, folders."),
    ] = None,
    accounts: Annotated[
        list[str] | None,
        typer.Option("--account", metavar="NAME", help="Learn from what was imported of this account; repeat it."),
    ] = None,
    speaker: Annotated[str, typer.Option(metavar="NAME", help="Who they are in a transcript.")] = "",
    language: Annotated[
        str, typer.Option(metavar="CODE", help="Learn posts in this language; most posts' when left out.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Learn how a founder writes from their own posts.

    Writes voices/NAME.yaml, a card to read and edit, and beside it their posts as examples for drafters. Replies, boosts,
    posts to somebody, posts that are not public, and other languages are left out. Learning again replaces what was
    learnt; what you wrote into the card stays. Without a PATH it learns from what 'contentkit import' took in, of the
    accounts that are named, or else of the founder's in people.yaml.

    \b
    contentkit voice learn odile
    contentkit voice learn odile ~/Downloads/twitter-2026-11-20.zip
    contentkit voice learn odile archive.tar.gz posts/
    contentkit voice learn odile notes/call.vtt --speaker "Odile Varga"
    """
    from contentkit.cli.output import say, show_json, show_sentences
    from contentkit.cli.own_writing import imported_writing, own_writing
    from contentkit.cli.project import open_project
    from contentkit.drafting.voice.learning import chosen, learnt_from
    from contentkit.drafting.voice.loading import voice_in
    from contentkit.people import places_of
    from contentkit.views.voices import learnt_lines, left_out_line

    _check_language(language)
    project = open_project()
    person = _person(project, name)
    spoken = person.languages[0] if person.languages and not language else language
    if paths:
        _refuse_accounts(accounts)
        writing = own_writing(project, paths, speaker)
    else:
        writing = imported_writing(project, _accounts(project, person, accounts or []))
    found = chosen(writing.posts, spoken)
    left_out = writing.left_out + Counter(found.left_out)
    _refuse_few(found, left_out_line(left_out))
    learnt = learnt_from(found)
    card, posts = places_of(person)
    before = voice_in(project.root, person) if (project.root / card).exists() else None
    _write(project, person, found)
    if as_json:
        show_json({"founder": name, "card": card, "posts": posts, "learnt": learnt, "left_out": dict(left_out)})
        return
    show_sentences(*learnt_lines(person.display, learnt))
    say(*filter(None, (left_out_line(left_out), _few(found), _instead(before, found), _owners(person, writing.owners))))
    say(_about_posts(project, posts, found))
    say(
        f"Wrote {card}. Read it: never, allowed, rules and notes are yours. Then: contentkit voice score drafts/DRAFT.md"
    )


def _check_language(language: str) -> None:
    from contentkit.errors import UsageError
    from contentkit.languages import is_language

    if language and not is_language(language):
        raise UsageError(f"'{language}' is not the code of a language", hint="as in --language en, es, pt-BR")


def _person(project: Project, name: str) -> Person:
    from contentkit.errors import UsageError
    from contentkit.people import PEOPLE_NAME
    from contentkit.strict_yaml import nearest

    if name in project.people:
        return project.people[name]
    hint = nearest(name, project.people) if project.people else f"write them into it: {name}: {{name: Their Name}}"
    raise UsageError(f"there is nobody called '{name}' in {PEOPLE_NAME}", hint=hint)


def _refuse_accounts(accounts: Sequence[str] | None) -> None:
    from contentkit.errors import UsageError

    if accounts:
        raise UsageError("--account is about imported posts", hint="leave it out, or the PATH")


def _accounts(project: Project, person: Person, named: Sequence[str]) -> list[str]:
    """The accounts whose imported posts are a person's own. Raises UsageError where nobody says which."""
    from contentkit.errors import UsageError

    accounts = list(named) or list(person.founder.accounts if person.founder else ())
    if not accounts:
        raise UsageError(
            f"whose posts are {person.display}'s?",
            hint="name an archive of theirs, or --account NAME whose posts were imported",
        )
    return [project.account(name).name for name in accounts]


def _refuse_few(found: Chosen, left_out: str) -> None:
    from contentkit.drafting.voice.learning import FEWEST
    from contentkit.errors import UsageError

    number = len(found.posts)
    if number < FEWEST:
        told = f"; {left_out[0].lower()}{left_out[1:]}" if left_out else ""
        raise UsageError(
            f"{number} {'post is' if number == 1 else 'posts are'} too few to learn a voice from{told}",
            hint=f"name more of their own posts: {FEWEST} at least, better a hundred",
        )


def _few(found: Chosen) -> str:
    from contentkit.drafting.voice.learning import FEW

    number = len(found.posts)
    return f"Only {number} posts: take the card for a first guess until there are more." if number < FEW else ""


def _owners(person: Person, owners: Sequence[str]) -> str:
    """Whose archive it is, and whether people.yaml says something else: perhaps it is somebody else's."""
    if not owners:
        return ""
    told = f"The archive is of @{', @'.join(owners)}"
    known = {handle.lower().lstrip("@") for handle in person.handles.values()}
    if not known or all({owner.lower(), owner.lower().partition("@")[0]} & known for owner in owners):
        return f"{told}."
    return f"{told}, which people.yaml does not name for {person.display}. Look whether it is theirs."


def _instead(before: LearntVoice | None, found: Chosen) -> str:
    """What is gone, where fewer posts stand in its place: perhaps one archive was forgotten."""
    known = before.written.learnt.posts if before and before.written.learnt else 0
    return f"This replaced what was learnt from {known:,} posts." if known > len(found.posts) else ""


def _write(project: Project, person: Person, found: Chosen) -> None:
    """Writes both files. Each is replaced whole, so that a post that is gone leaves with the next run."""
    from contentkit.drafting.voice.examples import posts_text, read_posts
    from contentkit.drafting.voice.learning import learnt_from
    from contentkit.drafting.voice.writing import new_card, relearnt
    from contentkit.files import decoded, read_bytes, replace_file
    from contentkit.people import places_of

    card, posts = (_place(project, place) for place in places_of(person))
    # people.yaml comes with git: what it names may be a file of something else.
    read_posts(posts, places_of(person)[1])
    learnt = learnt_from(found)
    if card.exists():
        before = read_bytes(card, places_of(person)[0])
        after = relearnt(decoded(before, places_of(person)[0]), places_of(person)[0], learnt)
        replace_file(card, after.encode(), before)
    else:
        replace_file(card, new_card(person.name, person.display, learnt).encode(), None)
    replace_file(posts, posts_text(found.posts).encode(), None)


def _place(project: Project, place: str) -> Path:
    """Where to write. A folder that is made for it keeps the posts out of git until somebody decides otherwise."""
    from contentkit.errors import ContentError, StateError
    from contentkit.files import create_file, lies_below

    path = project.root / place
    if not lies_below(path, project.root):
        raise ContentError(f"{place}: leads out of the project", hint="make it a file, not a link")
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True)
            create_file(path.parent / ".gitignore", _IGNORED.encode())
    except OSError as error:
        raise StateError(f"{path.parent}: cannot be made: {error.strerror}", hint="make it a folder of yours") from None
    return path


def _about_posts(project: Project, posts: str, found: Chosen) -> str:
    from contentkit.cli.git import is_open_to_git
    from contentkit.text import counted

    written = sum(not post.spoken for post in found.posts)
    if not written:
        return f"What was said is no example of how to write: {posts} is empty."
    begin = f"{posts} has {counted(written, 'post')} as examples."
    if is_open_to_git(project.root, posts):
        return (
            f"{begin} Git takes it: a post that is deleted later must leave here and in git's history. To keep the "
            f"posts on this machine, write {shlex.quote(posts)} into .gitignore."
        )
    return f"{begin} It stays on this machine. When a post is deleted, delete its line there, or learn again."
