"""A draft as people write it: front matter, then posts (see ``posts``) separated by a line of three dashes."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from contentkit import files, strict_yaml
from contentkit.drafts.posts import RULE, format_post, read_posts
from contentkit.errors import ContentError
from contentkit.languages import CODE_HINT, is_language
from contentkit.models import VISIBILITIES, Draft

# Some two thousand posts.
LARGEST = 1024 * 1024
KEYS = (
    "version", "title", "sources", "founder", "link", "canonical", "language", "tags", "visibility", "warning", "drafter",
)  # fmt: skip


def read_draft(path: Path, root: Path) -> Draft:
    """The draft in this file; its place in messages is relative to ``root``. Raises ContentError."""
    name, data = draft_bytes(path, root)
    return parse_draft(files.text_of(data, name), name)


def draft_bytes(path: Path, root: Path) -> tuple[str, bytes]:
    """How the draft in this file is called in messages, and what the file holds. Raises ContentError for what is none."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    _refuse_no_draft(path, name)
    return name, files.read_bytes(path, name, missing="check the name, or draft it first")


def _refuse_no_draft(path: Path, name: str) -> None:
    """Raises ContentError for what would keep a reader busy for long: a file of many megabytes, a device behind a link."""
    try:
        known = path.stat()
    except OSError:
        return  # whoever reads it says so
    if stat.S_ISREG(known.st_mode) and known.st_size > LARGEST:
        size = f"{known.st_size / 1024 / 1024:.1f} MiB"
        raise ContentError(f"{name}: {size} are more than any thread has", hint="make several drafts of it")
    if not (stat.S_ISREG(known.st_mode) or stat.S_ISDIR(known.st_mode)):
        raise ContentError(f"{name}: is no plain file", hint="put the file itself there")


def parse_draft(text: str, path: str) -> Draft:
    """The draft that this text holds. Raises ContentError with ``path:line``."""
    lines = text.split("\n")
    if not text.strip():
        raise ContentError(f"{path}: the draft is empty", hint="write a post, or draft it again")
    front, body_from = _front_matter(lines, path)
    draft = _from_front_matter(front, path)
    posts = tuple(post for post in read_posts(lines, body_from, path) if post.text or post.media)
    if not posts:
        raise ContentError(f"{path}:{body_from + 1}: the draft has no post", hint="write one below the front matter")
    if posts[0].instead:
        hint = "put the post before it, or call the comment 'only'"
        raise ContentError(f"{path}:{posts[0].line}: there is no post that this one could stand instead of", hint=hint)
    return replace(draft, posts=posts)


def body_of(lines: Sequence[str], path: str) -> int:
    """The index of the first line behind the front matter. Raises ContentError."""
    return _front_matter(lines, path)[1]


def _front_matter(lines: Sequence[str], path: str) -> tuple[strict_yaml.Node | None, int]:
    if lines[0].rstrip() != RULE:
        raise ContentError(
            f"{path}:1: a draft starts with front matter", hint="put '---', 'version: 1', '---' on its first lines"
        )
    for index in range(1, len(lines)):
        if lines[index].rstrip() == RULE:
            # An empty first line keeps YAML's line numbers those of the file.
            return strict_yaml.parse("\n".join(["", *lines[1:index]]), path), index + 1
    raise ContentError(f"{path}:1: the front matter does not end", hint="close it with a line of three dashes")


def _from_front_matter(node: strict_yaml.Node | None, path: str) -> Draft:
    if node is None:
        raise ContentError(f"{path}:1: the front matter is empty", hint="put 'version: 1' into it")
    values = strict_yaml.mapping(node, KEYS, "a draft")
    strict_yaml.check_version(values, node)
    words = {
        key: strict_yaml.text(value, key) for key, value in values.items() if key not in ("version", "sources", "tags")
    }
    lists = {key: strict_yaml.texts(values[key], key) for key in ("sources", "tags") if key in values}
    if words.get("visibility", "public") not in VISIBILITIES:
        raise values["visibility"].error(
            f"no visibility '{words['visibility']}'", strict_yaml.nearest(words["visibility"], VISIBILITIES)
        )
    if words.get("language") and not is_language(words["language"]):
        raise values["language"].error(f"'{words['language']}' is not the code of a language", CODE_HINT)
    for key in ("link", "canonical"):
        if key in words and not re.match(r"^https?://[^\s/]+\S*$", words[key]):
            raise values[key].error(f"'{words[key]}' is not an http(s) address", "write it in full: https://…")
    return Draft(
        slug=Path(path).stem,
        path=path,
        posts=(),
        title=words.get("title", ""),
        founder=words.get("founder", ""),
        link=words.get("link", ""),
        canonical=words.get("canonical", ""),
        language=words.get("language", ""),
        visibility=words.get("visibility", ""),
        warning=words.get("warning", ""),
        drafter=words.get("drafter", ""),
        sources=lists.get("sources", ()),
        tags=lists.get("tags", ()),
    )


def format_draft(draft: Draft) -> str:
    """The file for a draft; ``parse_draft`` gives the same draft back."""
    front = ["version: 1"]
    for key in KEYS[1:]:
        value = getattr(draft, key)
        if isinstance(value, tuple):
            if value:
                front.append(f"{key}: [{', '.join(strict_yaml.flow_scalar(item) for item in value)}]")
        elif value:
            front.append(f"{key}: {strict_yaml.scalar(value)}")
    posts = "\n\n---\n\n".join(format_post(post, draft.path) for post in draft.posts)
    return "---\n" + "\n".join(front) + "\n---\n" + posts + "\n"
