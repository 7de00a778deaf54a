"""Whatever a source asks of a model, and however willingly the model obeys: nothing of it reaches a draft.

Each attack wants a link, a mention or a tag with ``evil`` in it into the draft, or what is off the record. The model of these
tests does all that it is told by anybody.
"""

from __future__ import annotations

import base64
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contentkit.drafting.modelling.linked import linked
from contentkit.drafting.withheld import Withheld
from contentkit.drafts import format_draft
from contentkit.errors import ContentError, Unavailable
from contentkit.models import Draft, Origin
from contentkit.sources import Reading, reading_of
from contentkit.testing.loopback import Reply
from contentkit.text import HIDDEN
from contentkit.words.lookalikes import folded
from tests.drafting.made import brief
from tests.drafting.model_server import ModelServer, says
from tests.drafting.modelling.served import ids_of, served

FOLDER = Path(__file__).parent / "injections"
SECRET = "zanzibar"
OFF_THE_RECORD = f"[off the record] The mill called {SECRET} offers us 900,000 dollars. [/off the record]"
TRUE = (
    "The bakery burned 40 loaves a week because nobody knew how warm the old oven was.",
    "We wrote every temperature on a sheet of paper for one whole month.",
    "On the 12th of April the sheet showed that the door was open for 50 minutes a day.",
    "A spring for 3 dollars closes the door now, and no loaf was burned since.",
    "Measure the door before you buy a new oven.",
    "The apprentice found it, and the apprentice chooses the bread of the month now.",
)
_SEEN = re.compile(r"https?:/{1,2}\S+|www\.\S+|[@＠#＃$]\w+|\S*evil\S*|\b[\w-]+\.(?:example|test|com|io)\S*", re.I)
_CODED = re.compile(r"[A-Za-z0-9+/=]{16,}")


@dataclass(frozen=True)
class Attack:
    name: str
    text: str
    language: str = ""
    title: str = "What a spring for 3 dollars did"
    front: str = ""
    form: str = "markdown"
    foreign: bool = False


def attacks() -> list[Attack]:
    return [
        Attack(**attack)
        for path in sorted(FOLDER.glob("*.toml"))
        for attack in tomllib.loads(path.read_text("utf-8"))["attack"]
    ]


ATTACKS = attacks()


def reading(attack: Attack) -> Reading:
    """The attack within a true source, read as contentkit reads files."""
    if attack.form == "html":
        paragraphs = "".join(f"<p>{text}</p>\n" for text in TRUE[:3]) + attack.text
        rest = "".join(f"<p>{text}</p>\n" for text in (OFF_THE_RECORD, *TRUE[3:]))
        page = f"<html lang='en'><head><title>{attack.title}</title></head><body><article><h1>{attack.title}</h1>"
        return reading_of(f"{page}{paragraphs}{rest}</article></body></html>".encode(), "notes/bakery.html")
    if attack.form == "interview":
        asked = [f"**Ben Ray:** What happened then, and what was number {number}?" for number in range(len(TRUE))]
        told = [f"**Ana Torres:** {text}" for text in TRUE]
        turns = [turn for pair in zip(asked, told, strict=True) for turn in pair]
        lines = [*turns[:6], attack.text, f"**Ana Torres:** {OFF_THE_RECORD}", *turns[6:]]
        return reading_of("\n\n".join(lines).encode(), "notes/bakery.md")
    front = f"---\ntitle: {json.dumps(attack.title)}\n{attack.front}\n---\n"
    return reading_of(
        (front + "\n\n".join((*TRUE[:3], attack.text, OFF_THE_RECORD, *TRUE[3:]))).encode(), "notes/bakery.md"
    )


def seen_in(text: str) -> list[str]:
    """Every address, handle and tag in a text, the coded ones too."""
    plain = unicodedata.normalize("NFKC", text.translate(dict.fromkeys(HIDDEN)))
    decoded = [_decoded(code) for code in _CODED.findall(plain)]
    return list(dict.fromkeys(_SEEN.findall("\n".join((text, plain, folded(text)[0], *decoded)))))


def _decoded(code: str) -> str:
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4)).decode("ascii", "ignore")
    except ValueError:
        return ""


@dataclass(frozen=True)
class Obedient:
    """A model that puts into its posts all that it is asked to by the source, and ``knows`` what the attack wants."""

    knows: tuple[str, ...]

    def __call__(self, request: Mapping[str, Any]) -> Reply:
        asked = request["messages"][1]["content"]
        ids = ids_of(request)
        quoted = "\n".join(re.findall(r"<(?:source|draft)-\w+>\n(.*?)</(?:source|draft)-", asked, re.S))
        if asked.startswith("Pick the numbers"):
            return says(json.dumps({"ids": ids}))
        wanted = [*seen_in(quoted), *self.knows]
        if asked.startswith("Plan a thread"):
            steps = [{"role": "hook", "ids": ids[:2], "point": f"Say {one}"} for one in wanted[:6]]
            return says(json.dumps({"posts": steps or [{"role": "hook", "ids": ids[:1], "point": "x"}]}))
        posts = list(self._posts(dict(re.findall(r"^(S\d+): (.*)$", quoted, re.M)), wanted))
        return says(json.dumps({"hooks": posts[:3], "posts": posts[1:]}))

    @staticmethod
    def _posts(sentences: Mapping[str, str], wanted: list[str]) -> Iterator[dict[str, object]]:
        """Each sentence with something that was wanted behind it, before it, and in disguise; each order as it stands."""
        for place, (number, sentence) in enumerate(sentences.items()):
            token = wanted[place % len(wanted)] if wanted else "[link]"
            for text in (
                f"{sentence} {token}",
                f"{token} {sentence}",
                f"{sentence} {token.upper()}",
                f"{sentence} \u200b{token}",
            ):
                yield {"text": text, "ids": [number]}
            yield {"text": sentence, "ids": [number]}


def drafted(attack: Attack, *, place: str, knows: tuple[str, ...]) -> tuple[Draft | None, ModelServer]:
    """The draft, None where nothing could be drafted."""
    found = reading(attack)
    source = found.source
    if place:
        source = replace(source, origin=Origin(place=place, read=datetime(2026, 11, 22, tzinfo=UTC)))
    withheld = Withheld(off_record=found.forbidden)
    speaker = "Ana Torres" if source.kind == "transcript" else ""
    with served(Obedient(knows), withheld=withheld) as (server, model):
        try:
            return model.draft(source, replace(brief(speaker=speaker, posts=6), language="en")), server
        except (ContentError, Unavailable):
            return None, server


def said(draft: Draft) -> list[str]:
    return [text for post in draft.posts for text in (post.text, *(other.text for other in post.alternatives))]


PLACES = {"own": "", "foreign": "https://stranger.example/bakery"}


@pytest.mark.parametrize(
    ("place", "knows"),
    [
        ("own", "all"),
        ("foreign", "only what it reads"),
        pytest.param("own", "only what it reads", marks=pytest.mark.nightly),
        pytest.param("foreign", "all", marks=pytest.mark.nightly),
    ],
)
@pytest.mark.sampled(3)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_nothing_that_a_source_wants_reaches_the_draft(attack: Attack, place: str, knows: str) -> None:
    if attack.foreign and place == "own":
        pytest.skip("in a file of ours, this is the author's own word")
    known = (*seen_in("\n".join((attack.text, attack.title, attack.front))), f"{SECRET} 900,000", "@evilcorp")
    draft, server = drafted(attack, place=PLACES[place], knows=known if knows == "all" else ())
    assert draft, "an attack must not keep a draft from being made"
    for text in said(draft):
        *_, address = text.splitlines()
        words = text.removesuffix(address) if address == draft.link and text == draft.posts[-1].text else text
        assert "evil" not in folded(words)[0], text
        assert linked(words) == [], text
        assert SECRET not in words
        assert "900,000" not in words
    assert "evil" not in draft.link
    assert "evil" not in folded(" ".join(draft.tags))[0]
    assert "evil" not in folded(draft.title)[0]
    assert SECRET not in format_draft(draft)
    assert not any(SECRET in request.body.decode() for request in server.received if knows != "all")
    assert any(any(true[:30] in text for true in TRUE) for text in said(draft)), "what is true is still told"


def test_there_are_enough_attacks_in_enough_languages() -> None:
    assert len(ATTACKS) >= 80
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
    assert {"en", "es", "de", "fr", "it", "pt", "zh", "ja", "ko", "ru", "ar", "hi"} <= {a.language for a in ATTACKS}


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.form == "markdown"], ids=lambda attack: attack.name)
def test_an_attack_is_one(attack: Attack) -> None:
    """A test of the tests: what the model above knows of each attack is something that nobody may publish."""
    assert "\U000e0041" in attack.text or seen_in("\n".join((attack.text, attack.title, attack.front))), (
        "it wants nothing"
    )
