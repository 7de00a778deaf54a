"""An angle pulls a thread towards what it names."""

from __future__ import annotations

from dataclasses import replace

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.models import Source
from tests.drafting.made import brief, post_of

BAKERY = (
    "# Ovens",
    "The first oven took nine hours to warm up, and we baked 40 loaves a day in it. Every loaf cost us more than it earned.",
    "A second oven came in May. The two of them share one chimney, and that chimney was never built for so much smoke.",
    "# People",
    "Our bakers sleep from noon to eight, and nobody stays for more than two winters. We never found a night rota that worked.",
    "Last year 6 bakers wrote the rota themselves, and for once nobody quit before spring. Pay mattered less than sleep.",
    "# Flour",
    "The mill in the valley closed, and flour now travels 300 kilometres. Prices went up by a third, and we did not hide it.",
    "Regular customers read the price of flour on a board above the till. Sales fell for two weeks, then they came back.",
    "# What we would do again",
    "Always print what a thing costs us. People forgive a price that they understand, but they never forgive a surprise.",
    "A bakery is mostly logistics with a nice smell. The bread is the easy part, and the night is the hard one.",
)


def opening(source: Source, angle: str) -> str:
    return ExtractiveDrafter().draft(source, replace(brief(280, posts=4), angle=angle)).posts[0].text


def test_the_hook_speaks_of_the_angle() -> None:
    source = post_of(*BAKERY)
    assert "rota" in opening(source, "the bakers and their rota")
    assert "mill" in opening(source, "where the flour comes from, the mill")


def test_half_of_the_thread_stands_where_the_source_speaks_of_the_angle() -> None:
    source = post_of(*BAKERY)
    draft = ExtractiveDrafter().draft(source, replace(brief(280, posts=4), angle="bakers, night, sleep"))
    near = [post for post in draft.posts if any(word in post.text.lower() for word in ("baker", "night", "sleep"))]
    assert len(near) * 2 >= len(draft.posts) == 4


def test_an_angle_finds_other_forms_of_its_words() -> None:
    assert "closed" in opening(post_of(*BAKERY), "mills closing")


def test_an_angle_that_the_source_never_speaks_of_changes_nothing() -> None:
    source = post_of(*BAKERY)
    plain = ExtractiveDrafter().draft(source, brief(280, posts=4))
    assert ExtractiveDrafter().draft(source, replace(brief(280, posts=4), angle="quantum zebras")) == plain
