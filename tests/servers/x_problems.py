"""What the X server says no with: each fault of the client is a ``Problem`` with X's own JSON."""

from __future__ import annotations

from collections.abc import Sequence

_PROBLEMS = "https://api.twitter.com/2/problems"
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
INVISIBLE = "You attempted to reply to a Tweet that is deleted or not visible to you."
UNINVITED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the "
    "author of the post you are replying to."
)
READ_ONLY = "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."


class Problem(Exception):
    """The request is answered with this status and this JSON. ``reason`` is for the test that looks for the cause."""

    def __init__(self, status: int, body: dict[str, object], reason: str = "") -> None:
        super().__init__(reason or str(body.get("detail", body)))
        self.status = status
        self.body = body
        self.reason = str(self)


def unauthorized(reason: str) -> Problem:
    """X says the same whatever is wrong with a signature."""
    return Problem(401, _plain(401, "Unauthorized", "Unauthorized"), reason)


def forbidden(detail: str) -> Problem:
    return Problem(403, _plain(403, "Forbidden", detail))


def unsupported_authentication() -> Problem:
    detail = (
        "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication "
        "types are [OAuth 1.0a User Context, OAuth 2.0 User Context]."
    )
    return Problem(403, _typed(403, "Unsupported Authentication", detail, "unsupported-authentication"))


def read_only() -> Problem:
    """The app may only read: its tokens were made before it was allowed to write."""
    return Problem(403, _typed(403, "Forbidden", READ_ONLY, "oauth1-permissions"))


def too_many() -> Problem:
    return Problem(429, _plain(429, "Too Many Requests", "Too Many Requests"))


def usage_capped() -> Problem:
    """The month's reads are used up: a 429 that no quarter of an hour mends."""
    body = _typed(429, "UsageCapExceeded", "Usage cap exceeded: Monthly product cap", "usage-capped")
    return Problem(429, {**body, "period": "Monthly", "scope": "Product"})


def credits_depleted(account_id: str) -> Problem:
    detail = f"Your enrolled account [{account_id}] does not have any credits to fulfill this request."
    body = _typed(402, "CreditsDepleted", detail, "credits")
    return Problem(402, {"account_id": int(account_id), **{key: body[key] for key in ("title", "detail", "type")}})


def no_such_page() -> Problem:
    return Problem(404, _plain(404, "Not Found", "Not Found"))


def wrong_method() -> Problem:
    return Problem(405, _plain(405, "Method Not Allowed", "Method Not Allowed"))


def invalid(parameter: str, values: Sequence[str], message: str) -> Problem:
    """400 in the shape of X's validation."""
    return Problem(
        400,
        {
            "errors": [{"parameters": {parameter: list(values)}, "message": message}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{_PROBLEMS}/invalid-request",
        },
        message,
    )


def not_found(parameter: str, value: str, kind: str = "tweet") -> dict[str, object]:
    """The entry in ``errors`` for a resource that is not there; it comes with status 200."""
    return {
        "value": value,
        "detail": f"Could not find {kind} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{_PROBLEMS}/resource-not-found",
    }


def field_denied(parameter: str, post_id: str, field: str) -> dict[str, object]:
    """The entry in ``errors`` for figures that are not ours, or not ours any more."""
    return {
        "resource_id": post_id,
        "parameter": parameter,
        "resource_type": "tweet",
        "section": "data",
        "title": "Field Authorization Error",
        "value": post_id,
        "detail": f"Sorry, you are not authorized to access '{field}' on the Tweet with {parameter} : [{post_id}].",
        "field": field,
        "type": f"{_PROBLEMS}/not-authorized-for-field",
    }


def _plain(status: int, title: str, detail: str) -> dict[str, object]:
    return {"title": title, "type": "about:blank", "status": status, "detail": detail}


def _typed(status: int, title: str, detail: str, problem: str) -> dict[str, object]:
    return {"title": title, "detail": detail, "type": f"{_PROBLEMS}/{problem}", "status": status}


def bad_media(message: str) -> Problem:
    """400 as the media endpoints say it."""
    return Problem(
        400,
        {
            "errors": [{"message": f"BadRequest: {message}"}],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": f"{_PROBLEMS}/invalid-request",
        },
        message,
    )
