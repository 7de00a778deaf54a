"""What a person names on the command line, as originals to read: files, folders, patterns, addresses, standard input."""

from __future__ import annotations

import contextlib
import glob
import os
import re
import sys
from collections.abc import Iterator, Sequence, Set
from functools import partial
from pathlib import Path

from contentkit.cli.git import ignored_files
from contentkit.cli.ingesting.original import Original
from contentkit.cli.ingesting.whereabouts import is_raw, lies_in
from contentkit.cli.project import Project
from contentkit.errors import ContentError, ContentkitError, UsageError
from contentkit.patterns import regex
from contentkit.text import one_line

STANDARD_INPUT = "standard input"
_ADDRESS = regex(r"https?://", re.IGNORECASE)
_SCHEME = regex(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PATTERN = regex(r"[*?\[]")
_MOST_NAMED = 5


def originals_of(words: Sequence[str], project: Project) -> tuple[list[Original], list[ContentkitError]]:
    """What these words name, each original once, and why others of them name nothing that can be read."""
    found: dict[str, Original] = {}
    troubles: list[ContentkitError] = []
    for word in words:
        try:
            for original in _named(word, project):
                found.setdefault(original.name, original)
        except ContentkitError as error:
            troubles.append(error)
        except OSError as error:
            hint = "check the name and its permissions"
            troubles.append(ContentError(f"{one_line(word, 80)}: cannot be read: {error.strerror}", hint=hint))
    # What is private comes first: its copy may be among the others, and would be read as it was before.
    return sorted(found.values(), key=lambda one: one.path is None or not is_raw(one.path, project)), troubles


def original_of(word: str, project: Project) -> Original:
    """The one original that this word names. Raises UsageError for a folder or a pattern, ContentError for nothing."""
    if word and Path(word).is_dir():
        raise UsageError(f"{word}: is a folder", hint="name one file in it; 'contentkit ingest' takes folders")
    [original, *more] = _named(word, project)
    if more:
        raise UsageError(f"'{word}' names {1 + len(more)} files", hint="a draft is made of one")
    return original


def _named(word: str, project: Project) -> Iterator[Original]:
    if word == "-":
        yield Original(name=STANDARD_INPUT, read=_standard_input)
    elif _ADDRESS.match(word):
        yield _page(word, project)
    elif _SCHEME.match(word):
        raise UsageError(f"'{word}' is not an http(s) address", hint="name a file, or an address that begins https://")
    elif not word:
        raise UsageError("a name is empty", hint="name a file, a folder, an address, or - for standard input")
    elif os.path.lexists(word) or not _PATTERN.search(word):
        yield from _at(Path(word), project)
    else:
        matches = _matching(word)
        if not matches:
            raise ContentError(f"{word}: there is no such file", hint="no file matches the pattern")
        for match in matches:
            yield from _at(Path(match), project)


def _at(path: Path, project: Project) -> Iterator[Original]:
    if path.is_dir():
        yield from _in_folder(path, project)
    else:
        yield _file(path, project)


def _file(path: Path, project: Project) -> Original:
    """The file of this name, or what comes through it: a pipe has no lines that evidence could point at."""
    # What lies elsewhere is called as it was named: the way from the project may be a long one.
    is_here, named = lies_in(path, project), Path(os.path.abspath(path))  # noqa: PTH100
    name = project.name_of(path) if is_here else path.as_posix()
    if not is_here and any(named.is_relative_to(root) for root in (project.root, os.path.realpath(project.root))):
        # Git brings links: a stranger's pull request could have any file of this machine copied into notes/.
        raise ContentError(f"{name}: is a link that leads out of the project", hint="name the file itself")
    if path.exists() and not path.is_file():
        return Original(name=name, read=partial(_through, path, name))
    return Original(name=name, path=named, read=partial(_of_file, path, name))


def _in_folder(folder: Path, project: Project) -> Iterator[Original]:
    """The files of known kinds in this folder and below, without hidden ones, links out of it and what git ignores."""
    from contentkit.sources.formats import KINDS, OF_ANY_PROGRAM

    found = [path for path in _files_below(folder, KINDS - OF_ANY_PROGRAM) if not _is_draft(path, project)]
    kept = _not_ignored(found, folder, project)
    if not kept:
        left = f"; git ignores {len(found)}" if found else ""
        raise ContentError(
            f"{folder}: holds no notes, transcripts or posts{left}", hint="name a file to have it read whatever it is"
        )
    yield from (_file(path, project) for path in kept)


def _not_ignored(found: Sequence[Path], folder: Path, project: Project) -> list[Path]:
    """Those of these files that git does not ignore; raw notes, too. Raises StateError where git does not tell."""
    # Raw notes are ignored so that nobody commits them; to be read is what they are there for.
    asked = {path: path.relative_to(folder).as_posix() for path in found if not is_raw(path, project)}
    ignored = ignored_files(folder, list(asked.values()))
    return [path for path in found if asked.get(path, "") not in ignored]


def passed_over(words: Sequence[str], project: Project) -> Iterator[str]:
    """For each folder among these words the files in it that are read only when they are named, and why."""
    from contentkit.sources.formats import OF_ANY_PROGRAM

    for folder in (place for word in words for place in _folders(word)):
        found = [path for path in _files_below(folder, OF_ANY_PROGRAM) if not _is_draft(path, project)]
        with contextlib.suppress(ContentkitError):
            found = _not_ignored(found, folder, project)
        if found:
            named = ", ".join(path.relative_to(folder).as_posix() for path in found[:_MOST_NAMED])
            more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
            what = "it" if len(found) == 1 else "them"
            yield f"{folder}: passed over, as any program may have written {what}: {named}{more}; name {what} to have {what} read"


def _folders(word: str) -> list[Path]:
    matches = [word] if os.path.lexists(word) else _matching(word)
    return [Path(match) for match in matches if Path(match).is_dir()]


def _matching(word: str) -> list[str]:
    """What a pattern matches, as a shell would take it."""
    return sorted(glob.glob(word, recursive=True)) if _PATTERN.search(word) else []  # noqa: PTH207


def _files_below(folder: Path, kinds: Set[str]) -> Iterator[Path]:
    """What a folder is searched for: files with one of these endings. A file that is named is read whatever it is called."""
    home = folder.resolve()
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            is_kind = path.suffix.lower().removeprefix(".") in kinds and not name.startswith(".")
            if is_kind and path.is_file() and path.resolve().is_relative_to(home):
                yield path


def _is_draft(path: Path, project: Project) -> bool:
    """Drafts are made of sources; they are none."""
    return (project.root / "drafts").resolve() in path.resolve().parents


def _page(address: str, project: Project) -> Original:
    from contentkit.cli.ingesting.pages import page
    from contentkit.sources.web_pages.keys import without_keys

    name = without_keys(address)
    return Original(name=name, address=name, read=partial(page, address, project))


def _of_file(path: Path, name: str) -> tuple[bytes, str]:
    from contentkit.files import content_of

    return content_of(path, name), name


def _standard_input() -> tuple[bytes, str]:
    from contentkit.cli.output import say
    from contentkit.sources.decoding import LARGEST

    if sys.stdin.isatty():
        say("Type or paste the note; end it with Ctrl-D on a line of its own.")
    # One more than is read: then it is refused as too large.
    return sys.stdin.buffer.read(LARGEST + 1), STANDARD_INPUT


def _through(path: Path, name: str) -> tuple[bytes, str]:
    from contentkit.sources.decoding import LARGEST

    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1), name
    except OSError as error:
        raise ContentError(f"{name}: cannot be read: {error.strerror}", hint="check its permissions") from None
