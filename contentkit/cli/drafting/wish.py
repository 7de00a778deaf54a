"""What was asked for on the command line, checked before anything is read or sent."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.errors import UsageError
from contentkit.languages import is_language
from contentkit.text import slug_of
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.forbidden import Forbidden

# More is no angle but a text.
_LONGEST_ANGLE = 300


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The options of ``draft`` as they were written; what was left out is empty or None.

    ``platform`` names a platform or an account, ``founder`` a person of people.yaml.
    """

    posts: int | None = None
    speaker: str = ""
    link: str = ""
    language: str = ""
    angle: str = ""
    platform: str = ""
    founder: str = ""
    slug: str = ""


def refuse_impossible(wish: Wish) -> None:
    """Raises UsageError for words that can mean nothing, before a source is read: a model's work would be lost."""
    if wish.link and not re.fullmatch(r"https?://[^\s/]+\S*", wish.link):
        hint = "write it in full: --link https://example.org/post"
        raise UsageError(f"'{wish.link}' is not an http(s) address", hint=hint)
    if wish.language and not is_language(wish.language):
        raise UsageError(f"'{wish.language}' is not the code of a language", hint="as in --language en, es, pt-BR")
    if len(wish.angle) > _LONGEST_ANGLE:
        hint = f"say in at most {_LONGEST_ANGLE} characters what the thread is to be about"
        raise UsageError(f"the angle has {len(wish.angle)} characters", hint=hint)
    if wish.slug and wish.slug != slug_of(wish.slug):
        hint = f"use small letters, digits, hyphens: {slug_of(wish.slug) or 'launch'}"
        raise UsageError(f"'{wish.slug}' is no file name for a draft", hint=hint)


def refuse_private(project: Project, wish: Wish, forbidden: Forbidden) -> None:
    """Raises UsageError where an option repeats what nobody may repeat: it is kept, and a model would be sent the angle."""
    for name, words in (("--angle", wish.angle), ("--link", wish.link), ("--slug", wish.slug)):
        # Numbers of an address or a name are mostly dates.
        if any(leak.kind != "number" or name == "--angle" for leak in forbidden.leaks_in(words)):
            raise UsageError(f"{name} repeats what is off the record", hint="say it in other words")
        if project.confidential.is_named_in(words):
            raise UsageError(f"{name} holds a name that confidential.txt lists", hint="say it without the name")


def free_path(project: Project, slug: str) -> Path:
    """Where the draft of this name will lie. Raises UsageError where there is one, or where drafts/ leads elsewhere."""
    path = project.root / "drafts" / f"{slug}.md"
    if not path.resolve().is_relative_to(project.root.resolve()):
        raise UsageError("drafts: leads out of the project", hint="make it a folder, not a link")
    if path.exists() or path.is_symlink():
        hint = f"name another: --slug {slug}-2; or draft it anew: contentkit draft drafts/{slug}.md --again"
        raise UsageError(f"drafts/{slug}.md exists already", hint=hint)
    return path
