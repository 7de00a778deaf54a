"""That a reader is told what a thread is about, near its beginning."""

from __future__ import annotations

from contentkit.drafting.extractive import ExtractiveDrafter
from tests.drafting.made import brief, post_of

TITLE = "Selling lamps at Lampwright"
STORY = (
    "The town has nine shops, and most of them sell bread. In winter the streets are empty from noon on, whatever is sold.",
    "Since 1984 Lampwright has sold lamps by post from a shed behind the station, and it repairs what it sells.",
    "# The winter",
    "We lost 40% of our customers in one winter, and nobody had told us why they left.",
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
