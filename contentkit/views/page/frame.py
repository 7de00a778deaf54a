"""What every page of ours is before it shows anything: a document that fetches nothing and runs nothing."""

from __future__ import annotations

from importlib.resources import files

from contentkit.views.page.markup import Html, element

# Nothing is fetched, nothing runs: whoever opens the page from a mail is seen by nobody.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def framed(title: str, marker: str, body: Html, style: str = "") -> str:
    """The whole document. ``marker`` is the meta element that tells a page of ours, ``style`` comes after the common sheet."""
    common = files("contentkit.views.page").joinpath("page.css").read_text(encoding="utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        Html(marker),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="robots", content="noindex, nofollow, noarchive"),
        element("title", title),
        element("style", Html(f"\n{common}{style}")),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"
