from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from contentkit.drafting.modelling.linked import linked, without_links


@pytest.mark.parametrize(
    "lead",
    [
        "https://evil.example/x?y=1", "HTTP://EVIL.EXAMPLE", "www.evil.example", "evil.com", "evil.example", "sub.evil.io/path",
        "setup.py", "gemini://evil.example/x", "hxxps://evil.example", "evil[.]example", "evil。com", "evil．com", "еvil.com",
        "mailto:a@evil.example", "a@evil.com", "@evil", "@evil@social.example", "＠evil", "#evil", "#évil2", "＃evil", "$EVIL",
        "javascript:alert(1)", "evil.localhost:8080/x", "ev\u200bil.com", "evil.xn--p1ai", "@{evil}", "@{evil one}",
    ],
)  # fmt: skip
def test_what_leads_somewhere_is_not_shown(lead: str) -> None:
    shown = without_links(f"We wrote about {lead} on Monday.")
    assert shown.startswith("We wrote about ")
    assert "evil" not in shown
    assert "[link]" in shown
    assert linked(shown) == []


@pytest.mark.parametrize(
    "text",
    [
        "It costs $3.50, and 3.5 % more at 10:30.", "Issue #12 took 2.5 hours.", "The U.S. team, e.g. Ana, said: no.",
        "C# and F# are languages.", "We use Node.js and ASP.NETs.", "He said: yes/no. Then he left…", "a @ b", "你好。世界很大。",
        "v2.4.1 is out.", "10 # of things",
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_shown_as_it_stands(text: str) -> None:
    assert without_links(text) == text


HOSTILE = """
import sys
from contentkit.drafting.modelling.linked import without_links
from contentkit.drafting.modelling.orders import speaks_to_a_model
PIECES = ("a", "[", "@", "#", "$", "a.", "a-", "www.", "http://", "@a", "ａ．", "e\u0301", "ignore ", "append ", "add the ")
for piece in PIECES:
    for text in (piece * (30_000 // len(piece)), f"{piece} " * (10_000 // len(piece))):
        without_links(text)
        speaks_to_a_model(text)
print("done")
"""


def test_looking_takes_no_longer_than_the_text_is() -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (40, 40))

    done = subprocess.run(
        [sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=False, preexec_fn=limited
    )
    assert done.stdout == "done\n", done.stderr
