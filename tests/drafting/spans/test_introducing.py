"""That a reader is told what a thread is about, near its beginning."""

from __future__ import annotations

from contentkit.drafting.extractive import ExtractiveDrafter
from tests.drafting.made import brief, post_of

TITLE = "Selling lamps at Lampwright"
# What points at a page opens no thread, and so this one opens with what stands further down.
STORY = (
    "In this post nine shops of our town sell bread. In winter the streets are empty from noon on, whatever is sold.",
    "Since 1984 Lampwright has sold lamps by post from a shed behind the station, and it repairs what it sells.",
    "# The winter",
    "We lost 40% of our customers in one winter, but nobody had told us why they left.",
    "Letters came from the north in spring. People wrote that a lamp must never arrive broken, whoever packed it.",
    "# The glass",
    "Our glazier packs each lamp in straw now. A parcel costs twice as much, and 3 of 1,000 lamps arrive broken.",
    "He tests each box by throwing it down the stairs of the station, and travellers like to watch him there.",
    "# The people",
    "Painters choose the colour of a lamp without asking anybody. They paint slower, but no colour has ever come back.",
    "# What we learned",
    "A customer at Lampwright leaves without a word. You must ask all others before they go, each winter, by letter.",
)


def test_the_second_post_names_what_the_hook_does_not() -> None:
    posts = ExtractiveDrafter().draft(post_of(*STORY, title=TITLE), brief(300, posts=5)).posts
    assert "40%" in posts[0].text
    assert posts[1].text.startswith("Since 1984 Lampwright")


def test_a_hook_that_names_it_needs_no_introduction() -> None:
    named = [one.replace("We lost 40% of our", "Lampwright lost 40% of its") for one in STORY]
    posts = ExtractiveDrafter().draft(post_of(*named, title=TITLE), brief(300, posts=3)).posts
    assert posts[0].text.startswith("Lampwright lost 40%")
    assert not posts[1].text.startswith("Since 1984")


def test_the_second_post_says_what_the_title_says_and_the_hook_does_not() -> None:
    told = [
        *STORY[:2],
        "Since May Lampwright has repaired broken glass for free, as the glazier of the town has left us his tools.",
        *STORY[2:],
    ]
    posts = (
        ExtractiveDrafter().draft(post_of(*told, title="Lampwright repairs glass for free"), brief(300, posts=5)).posts
    )
    assert "40%" in posts[0].text
    assert "Since May Lampwright has repaired broken glass" in posts[1].text


def test_the_second_post_says_what_holds_from_now_on() -> None:
    now = "We are selling lamps without glass now. With what our glazier has left us, that may even work out."
    told = [*STORY[:2], now, *STORY[2:]]
    posts = ExtractiveDrafter().draft(post_of(*told, title="A letter to the town"), brief(330, posts=5)).posts
    assert "40%" in posts[0].text
    assert now in posts[1].text


HARBOUR = (
    "The harbour of Larkspur has 83 berths, and 30 of them are empty since the winter of 2019.",
    "# The letters",
    "Ana explains why the letters took so long: “We had 400 of them, and one typewriter that worked on two days a week.”",
    "Letters went to 400 captains in nine countries, and 38% of them answered within a month of the storm.",
    "# The berths",
    "Berths cost half as much in winter now, and captains who stay for a year pay nothing in December.",
    "Ana adds that nobody had asked the captains for 20 years. “We knew each boat, and we did not know one name.”",
    "# The town",
    "Nine shops near the harbour opened again in spring, and the bakery sells twice as much bread as before.",
    "A harbour that writes letters is a harbour that people come back to, and it should never stop to do so.",
)


def test_nobody_says_anything_who_was_not_introduced() -> None:
    posts = ExtractiveDrafter().draft(post_of(*HARBOUR, title="Letters"), brief(300, posts=6)).posts
    assert len(posts) >= 4
    assert not any("Ana explains" in post.text or "Ana adds" in post.text for post in posts)


def test_whoever_was_introduced_may_say_something() -> None:
    known = [one.replace("Ana explains", "Ana Ruiz, who runs the harbour, explains") for one in HARBOUR]
    posts = ExtractiveDrafter().draft(post_of(*known, title="Letters"), brief(300, posts=6)).posts
    assert any("Ana Ruiz, who runs the harbour, explains" in post.text for post in posts)


def test_a_sentence_that_stops_nobody_is_left_where_it_stands() -> None:
    dull = (
        "Our objective is an introduction to the groups of people that are behind the development of the boats of the harbour.",
        "The development of boats in the harbour is a subject with a history of its own that many people are part of.",
        "# Groups",
        "Groups of the harbour are part of a history of development, and the people of the groups are a part of that history.",
        "The history of the groups is a subject of the introduction to the development of the boats and of the harbour.",
    )
    posts = ExtractiveDrafter().draft(post_of(*dull, title="Groups"), brief(260, posts=3)).posts
    firsts = [post.evidence[0].first for post in posts]
    assert firsts == sorted(firsts)
