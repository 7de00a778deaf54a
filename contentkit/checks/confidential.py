"""CK307: names that ``confidential.txt`` lists, and what stands for one, in whatever a draft publishes.

A finding says where. It repeats no word: it is printed and may be logged, and what the list holds is a secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contentkit.checks.findings import Finding, error, place_of, problem_of
from contentkit.confidential import CONFIDENTIAL_NAME, Confidential, is_veiled
from contentkit.models import Draft, Post, Problem, Rendition

_LISTED = "a name that confidential.txt lists"
_TAKE_OUT = "say it without the name, or take the name off the list"


def check_names(draft: Draft, confidential: Confidential) -> list[Problem]:
    """Each place of a draft that holds a confidential name or its placeholder, in the order of the file."""
    held = [where for where, texts in _front_matter(draft) if _holds(confidential, *texts)]
    problems = [_problem(f"{where} holds {_LISTED}", draft) for where in held]
    for index, post in enumerate(draft.posts):
        problems += [problem_of(finding, draft, index) for finding in _check_post(post, confidential)]
    return problems


def _check_post(post: Post, confidential: Confidential) -> Iterator[Finding]:
    for start, _ in confidential.names_in(post.text):
        yield error("CK307", f"the text holds {_LISTED}", at=start, remedy=_TAKE_OUT)
    if is_veiled(post.text):
        yield error("CK307", "the text holds what stands for a confidential name", remedy="say it without the name")
    for media in post.media:
        if _holds(confidential, media.alt):
            yield error("CK307", f"an alt text holds {_LISTED}", line=media.line, remedy=_TAKE_OUT)


def list_in_git() -> Problem:
    """The list itself is where everybody with the repository can read it."""
    return Problem(
        check="CK307",
        severity="error",
        message="git tracks the list of confidential names",
        place=CONFIDENTIAL_NAME,
        remedy=f"git rm --cached {CONFIDENTIAL_NAME}, and write it into .gitignore; what was pushed is known",
    )


def check_names_in_rendition(rendition: Rendition, draft: Draft, confidential: Confidential) -> list[Problem]:
    """What only an account's thread holds: a handle of ``people.yaml``, the content warning of an entry."""
    account, problems = rendition.account.name, []
    for part in rendition.parts:
        text = draft.posts[part.post].text
        if part.text != text and len(confidential.names_in(part.text)) > len(confidential.names_in(text)):
            problem = _problem(f"a handle or name from people.yaml holds {_LISTED}", draft)
            problems.append(replace(problem, place=place_of(draft, part.post), post=part.post, account=account))
    if rendition.warning != draft.warning and _holds(confidential, rendition.warning):
        problems.append(replace(_problem(f"the content warning of the entry holds {_LISTED}", draft), account=account))
    return problems


def _front_matter(draft: Draft) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "the title", (draft.title,)
    yield "a link", (draft.link, draft.canonical)
    yield "a tag", (*draft.tags, *(f"#{tag}" for tag in draft.tags))
    yield "the content warning", (draft.warning,)


def _holds(confidential: Confidential, *texts: str) -> bool:
    return confidential.is_named_in(*texts) or any(map(is_veiled, texts))


def _problem(message: str, draft: Draft) -> Problem:
    return Problem(check="CK307", severity="error", message=message, place=draft.path or draft.slug, remedy=_TAKE_OUT)
