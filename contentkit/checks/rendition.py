"""Checks of the exact thread for one account: lengths, and what only the rendition can show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.findings import place_of
from contentkit.models import Draft, Part, Problem, Rendition
from contentkit.text import hidden_characters

_UNRESOLVED = re.compile(r"@\{[^{}\n]*\}")


def check_rendition(rendition: Rendition, draft: Draft) -> list[Problem]:
    """Everything that speaks against this thread on its account, in the order of its parts."""
    if not rendition.parts:
        message = f"no post of the draft is for {rendition.account.name}"
        remedy = "take the account off the entry, or change the only: comments"
        name = draft.path or draft.slug
        return [
            Problem(
                check="CK311",
                severity="error",
                message=message,
                place=name,
                remedy=remedy,
                account=rendition.account.name,
            )
        ]
    return [problem for part in rendition.parts for problem in _check_part(part, rendition, draft)]


def _check_part(part: Part, rendition: Rendition, draft: Draft) -> Iterator[Problem]:
    account = rendition.account
    excess = part.length - account.limits.characters

    def problem(check: str, message: str, remedy: str, words: str = "", at: int = 0) -> Problem:
        place = place_of(draft, part.post, at)
        return Problem(
            check=check,
            severity="error",
            message=message,
            place=place,
            words=words,
            remedy=remedy,
            post=part.post,
            account=account.name,
        )

    if excess > 0:
        message = f"{excess} characters too long for {account.name}: {part.length} of {account.limits.characters}"
        yield problem("CK310", message, "shorten it, or split it with a line of three dashes")
    if not part.text.strip() and not part.media:
        yield problem("CK311", f"nothing to publish on {account.name}: the post is empty", "write it, or take it out")
    for match in _UNRESOLVED.finditer(part.text):
        yield problem(
            "CK302", f"{match[0]} would be published letter for letter", "put the person into people.yaml", match[0]
        )
    for name in hidden_characters(part.text):
        # In the post's own text the draft's check has reported it already.
        if name not in hidden_characters(draft.posts[part.post].text):
            message = f"a character that readers cannot see, from a handle or a link tag: {name}"
            yield problem("CK301", message, "correct people.yaml or the account's link tags")
