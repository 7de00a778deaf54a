"""Which parameters of an address are keys."""

from __future__ import annotations

import pytest

from contentkit.sources.web_pages.keys import without_keys

PAGE = "https://example.org/page"


@pytest.mark.parametrize(
    "parameter",
    ["token=a", "access_token=a", "accessToken=a", "X-Amz-Signature=a", "sig=a", "API-KEY=a", "key=a=b", "token=%61",
     "x=0123456789abcdef0123456789ABCDEF", "q=Zx81mmQ0aPl3Rt6yVb2NcW9e", "Zx81mmQ0aPl3Rt6yVb2NcW9e"],
)  # fmt: skip
def test_a_key_is_left_out(parameter: str) -> None:
    assert without_keys(f"{PAGE}?{parameter}") == PAGE
    assert without_keys(f"{PAGE}?p=1&{parameter}&b#{parameter}") == f"{PAGE}?p=1&b"


@pytest.mark.parametrize(
    "query",
    [
        "?p=123",
        "?v=dQw4w9WgXcQ",
        "?keywords=a&author=b&signup=c&passage=2",
        "?t=the-queue-that-nobody-had-ever-asked-for",
        "",
    ],
)
def test_what_tells_a_page_from_others_stays(query: str) -> None:
    assert without_keys(PAGE + query) == PAGE + query
