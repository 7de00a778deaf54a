"""Which spans of a source may stand alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafting.reading.sections import sections_of
from contentkit.drafting.reading.typeset import without_references, without_shortcodes
from contentkit.drafting.rules import rules_for
from contentkit.drafting.spans.candidates import LONGEST_WINDOW, Span, candidates, has_markup
from contentkit.models import Link, Passage, Source
from tests.drafting.made import post_of

RULES = rules_for("en")
GOOD = "The restore took eleven hours because the backup lived on another continent."


def spans_of(source: Source, limit: int = 500) -> list[Span]:
    rules = rules_for(source.language)
    return candidates(sections_of(source, rules), rules, lambda text: len(text) <= limit)


def texts_of(*paragraphs: str, language: str = "en") -> list[str]:
    return [span.text for span in spans_of(post_of(*paragraphs, language=language))]


@pytest.mark.parametrize(
    "dangling",
    [
        "One is balancing a backup of the night against a backup of the day.",
        "It is going to be restored from another continent in the night.",
        "It's not that anybody of the team would restore a backup on Mondays.",
        "I think even that was a backup which nobody had ever restored.",
        "This took eleven hours because the backup lived on another continent.",
        "However, they took eleven hours because the backup lived elsewhere.",
        "The first took eleven hours because the backup lived on another continent.",
        "For example, a restore took eleven hours on that Monday morning.",
        "When it failed we had no backup that anybody had ever restored.",
        "One of them took eleven hours because the backup lived far away.",
        "Step 3: Restore a backup every night and publish how long it took.",
        "I think that's the reason why a restore took eleven hours.",
        "We were never quite content with that. Nobody was.",
        "At 11:29am a restore of the whole backup ran on another continent.",
        "Five days later, we had a backup that anybody could restore again.",
    ],
)
def test_a_sentence_that_leans_on_an_earlier_one_opens_no_post(dangling: str) -> None:
    assert not any(text.startswith(dangling) for text in texts_of(dangling, GOOD))


@pytest.mark.parametrize(
    "standing",
    [
        "Lumen 3.0 halves the time that a restore of our largest backup takes.",
        "It was in February of 2019 that we restored a backup for the first time.",
        "We believe that to restore a backup every night is worth the money.",
        "A few people could restore a backup, all thanks to the new tool of ours.",
        "Today we would like to thank Example for kindly donating $100k to the backup team.",
        "Apple, Bose, Canon, Dell, Epson and Fuji restore a backup of ours every night.",
        "The team did not sign up to restore a backup in the middle of the night.",
        "The donation pays two people who restore a backup every night, for one year.",
        "The restore took four minutes, thanks to two disks that nobody had used before.",
    ],
)
def test_a_sentence_that_only_looks_like_a_label_or_a_courtesy_opens_a_post(standing: str) -> None:
    assert any(text.startswith(standing) for text in texts_of(standing, GOOD))


@pytest.mark.parametrize(
    "courtesy",
    [
        "Thanks to the 17 people who restored a backup for the first time this month.",
        "Thanks to all who gave $40 or more for a backup that somebody restored.",
        "You can donate to the people who restore a backup every night.",
        "For more details about the backup, see our plan for the year.",
        "Please donate $5 a month, so that somebody restores a backup every night.",
        "You can sign up for a backup that somebody restores in the night.",
        "Ana Ruiz, Bo Lind, Cem Kaya, Dita Roos, Ewa Nowak and Finn.",
        "If you notice any issues with a backup, please do not keep them.",
    ],
)
def test_a_courtesy_is_no_post_for_the_number_in_it(courtesy: str) -> None:
    texts = texts_of(courtesy, GOOD)
    assert texts
    assert not any(courtesy in text for text in texts)


@pytest.mark.parametrize(
    "unfinished",
    [
        "There were many reasons for what happened to us on Monday, including:",
        "The backup was broken for several years, and these are some reasons.",
        "Here's what those who gave us money did for the backup last year.",
        "The backup was broken for years, and then on that Monday ...",
    ],
)
def test_a_sentence_that_promises_more_closes_no_post(unfinished: str) -> None:
    assert not any(text.endswith(unfinished) for text in texts_of(GOOD, unfinished))


def test_a_post_does_not_begin_with_the_end_of_a_quotation() -> None:
    tail = 'Nobody restores a backup on a Monday any more."'
    texts = texts_of(
        f'Ana said: "We slept. {tail}', 'Bo said: "The backup is on two continents now, and it stays there.'
    )
    assert not any(text.startswith("Nobody restores") for text in texts)


@pytest.mark.parametrize(
    "boilerplate",
    [
        "Subscribe to our list and never miss a restore of a backup again.",
        "In this post we show how a restore of one backup took eleven hours.",
        "The figure below shows how long the restore of the backup took us.",
        "Use {{< figure >}} to show how long the restore of one backup took.",
        "Read [the report](https://example.org) to see why the restore took so long.",
        "The restore took <b>eleven hours</b> because of where the backup lived.",
        "The restore took eleven hours[^2] because of where the backup lived.",
        "For these reasons we took the kiln apart and moved it down to the harbour.",
        "For the above the committee bought a second kiln in the spring of last year.",
        "I already mentioned that the kiln was moved down to the harbour in the spring.",
        "Click on the round sign beside the date to put the meeting into your calendar.",
        "You can fire any of these pots yourself by clicking on this small red button.",
        "Extracted from the minutes of the harbour committee before the meeting of May.",
        "2023-MM-DD is the day on which the kiln was moved down to the harbour again.",
        "It is $E = mc^2$ on each of our mills, as far as we can tell today.",
        "It is $$E = mc^2$$ on each of our mills, as far as we can tell today.",
        "Here's a graphic of all that the kilns at the harbour have burnt since May.",
        "The above scores of the kilns were taken at the harbour in the spring.",
        "We will follow up with another post about the kiln when it is warm.",
        "Nothing has changed at the harbour since we released this video of the kiln.",
        "It grew by {{< param growth >}} in May on each of our mills, as far as we can tell.",
    ],
)
def test_boilerplate_pointers_and_markup_are_in_no_post(boilerplate: str) -> None:
    assert texts_of(boilerplate, GOOD) == [GOOD]


def test_a_question_alone_is_no_post() -> None:
    assert texts_of("Why did the restore of one small backup take eleven hours?") == []


def test_an_expression_of_time_may_open_a_post() -> None:
    opening = "This month we restored thirty backups and measured every one of them."
    assert opening in texts_of(opening)


def test_a_name_in_small_letters_may_open_a_paragraph_but_a_torn_sentence_may_not() -> None:
    assert "npm restored thirty packages and measured how long each one took." in texts_of(
        "npm restored thirty packages and measured how long each one took."
    )
    assert not texts_of("and restored thirty packages and measured how long each one took.")


def test_spanish_demonstratives_open_no_post() -> None:
    dangling = "Esto tardó once horas porque el respaldo vivía en otro continente lejano."
    assert texts_of(dangling, language="es") == []


def test_paragraphs_are_joined_by_an_empty_line_and_sentences_by_a_space() -> None:
    other = "Nobody had ever restored a backup of that size before Monday."
    assert f"{GOOD} {other}\n\n{GOOD}" in texts_of(f"{GOOD} {other}", GOOD)


def test_no_span_crosses_a_heading_or_code() -> None:
    code = Passage(kind="code", text="x = 1", first=3, last=3)
    source = post_of(GOOD, "x = 1", GOOD)
    between = Source(
        path="a.md", kind="post", lines=source.lines, passages=(source.passages[0], code, source.passages[2])
    )
    assert all(len(span.sentences) == 1 for span in spans_of(between))
    assert all(len(span.sentences) == 1 for span in spans_of(post_of(GOOD, "# Next", GOOD)))


def test_asides_and_sections_of_thanks_are_no_candidates() -> None:
    aside = Source(
        path="a.md",
        kind="post",
        lines=(GOOD,),
        passages=(Passage(kind="paragraph", text=GOOD, first=1, last=1, aside=True),),
    )
    assert spans_of(aside) == []
    assert texts_of("# Acknowledgements", GOOD) == []


def test_a_skipped_section_takes_the_sections_below_it_along() -> None:
    lines = ("# References", "## Papers", GOOD, "# After", GOOD)
    passages = (
        Passage(kind="heading", text="References", first=1, last=1, level=1),
        Passage(kind="heading", text="Papers", first=2, last=2, level=2),
        Passage(kind="paragraph", text=GOOD, first=3, last=3),
        Passage(kind="heading", text="After", first=4, last=4, level=1),
        Passage(kind="paragraph", text=GOOD, first=5, last=5),
    )
    found = spans_of(Source(path="a.md", kind="post", lines=lines, passages=passages))
    assert [span.lines for span in found] == [[(5, 5)]]


def listed(lead: str, *items: str, links: bool = False) -> Source:
    lines = (lead, *(f"- {item}" for item in items))
    passages = [Passage(kind="paragraph", text=lead, first=1, last=1)]
    for number, item in enumerate(items, start=2):
        link = (Link(text=item, url="https://example.org", line=number),) if links else ()
        passages.append(Passage(kind="item", text=item, first=number, last=number, level=1, links=link))
    return Source(path="a.md", kind="post", lines=lines, passages=tuple(passages))


def lists_among(source: Source, limit: int = 500) -> list[str]:
    return [span.text for span in spans_of(source, limit) if span.kind == "list"]


ITEMS = ("a restore every night", "a number on the website", "a letter to every shop")


def test_a_list_stands_under_its_lead_in() -> None:
    lead = "We changed what we do every single day:"
    assert lists_among(listed(lead, *ITEMS)) == [lead + "\n\n• " + "\n• ".join(ITEMS)]


def test_a_lead_in_may_point_at_its_own_list() -> None:
    assert lists_among(listed("These are the habits that we changed:", *ITEMS))


def test_a_list_without_a_lead_in_or_of_links_only_is_no_post() -> None:
    assert lists_among(listed("We changed what we do every single day.", *ITEMS)) == []
    assert lists_among(listed("We changed what we do every single day:", *ITEMS, links=True)) == []


def test_a_list_of_a_stated_number_is_whole_or_nothing() -> None:
    assert lists_among(listed("We changed three of our habits for good:", *ITEMS), limit=110) == []


REASONS = (
    "Over the last ten years more and more people of the town have learned to repair the lamps that they bought.",
    "Repairing lamps costs the workshop thousands of crowns each year, and nobody of us can be spared for it.",
)


def test_whole_sentences_in_a_list_are_posts_of_their_own_and_entries_are_not() -> None:
    windows = [span.text for span in spans_of(listed("This is the result of two things:", *REASONS), limit=150)]
    assert windows == list(REASONS)
    entries = listed("This is the result of two things:", "more people repair lamps.", "repairing costs too much.")
    assert not [span for span in spans_of(entries) if span.kind == "window"]


def nested(*items: tuple[int, str]) -> Source:
    """A post with a lead-in and a list of items, each at its level."""
    lines = ("Changes since spring:", *("  " * level + "- " + text for level, text in items))
    passages = [Passage(kind="paragraph", text=lines[0], first=1, last=1)]
    passages += [
        Passage(kind="item", text=text, first=row, last=row, level=level)
        for row, (level, text) in enumerate(items, start=2)
    ]
    return Source(path="a.md", kind="post", lines=lines, passages=tuple(passages))


def test_a_list_within_a_list_is_left_out_of_a_post() -> None:
    source = nested((1, "lamps are made of glass"), (2, "but those of the station"), (1, "nobody works on Sundays"))
    assert lists_among(source) == ["Changes since spring:\n\n• lamps are made of glass\n• nobody works on Sundays"]
    leading = nested((1, "what changed:"), (2, "lamps are made of glass"), (1, "nobody works on Sundays"))
    assert lists_among(leading) == []


def test_a_quotation_needs_somebody_who_said_it() -> None:
    signed = "A backup that nobody restores is a wish.\n— Ines Duarte"
    for text, expected in ((signed, ["“A backup that nobody restores is a wish.”\n— Ines Duarte"]), (GOOD, [])):
        source = Source(
            path="a.md", kind="post", lines=(text,), passages=(Passage(kind="quotation", text=text, first=1, last=1),)
        )
        assert [span.text for span in spans_of(source)] == expected


sentences = st.sampled_from(
    [GOOD, "It failed.", "Nobody had ever restored it before (not once).", "Why?", "“Never again.", "See below:"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(sentences, min_size=1, max_size=6).map(" ".join), max_size=5), st.integers(20, 400))
def test_every_candidate_fits_and_is_a_run_of_its_source(paragraphs: list[str], limit: int) -> None:
    source = post_of(*paragraphs)
    flat = " ".join(passage.text for passage in source.passages)
    for span in spans_of(source, limit):
        assert len(span.text) <= limit
        assert len(span.sentences) <= LONGEST_WINDOW
        assert span.text.replace("\n\n", " ") in flat
        assert "“" not in span.text or "”" in span.text


def test_an_item_and_a_sentence_in_it_say_the_same() -> None:
    long = f"{GOOD} Nobody had ever restored a backup of that size before."
    spans = spans_of(listed("We changed what we do every single day:", long, "a number on the website"))
    whole = next(span for span in spans if span.kind == "list")
    inside = next(span for span in spans if span.text.startswith("Nobody"))
    assert whole.shares(inside)
    assert inside.shares(whole)
    assert not inside.shares(next(span for span in spans if span.text == GOOD))


@pytest.mark.parametrize(
    "expletive",
    [
        "It took us eleven weeks and two rewrites to get the restore right.",
        "It turns out that nobody had ever restored a backup of that size.",
        "It was clear that nobody would restore a backup on a Monday morning.",
        "There is no fast way to restore a backup from another continent.",
    ],
)
def test_a_pronoun_that_stands_for_nothing_may_open_a_post(expletive: str) -> None:
    assert expletive in texts_of(GOOD, expletive)


@pytest.mark.parametrize(
    ("before", "lost"),
    [
        ("We found 4,000 jobs that no longer had an owner.", "We deleted them last Monday and nobody ever called us."),
        ("The new search answers every query in nine milliseconds.", "Ana wrote it in 11 weeks. Nobody had asked."),
        ("Twelve of our tests broke on that day in May.", "We wrote four new ones, and they are much slower."),
        ("The search is a script of ninety lines.", "In April 2022 I put it online, because a friend had asked."),
    ],
)
def test_an_object_pronoun_keeps_the_sentence_with_its_noun(before: str, lost: str) -> None:
    texts = texts_of(f"{before} {lost}")
    assert not any(text.startswith(lost) for text in texts)
    assert f"{before} {lost}" in texts


def test_a_spanish_object_pronoun_keeps_the_sentence_with_its_noun() -> None:
    before = "Encontramos 4.000 trabajos que ya no tenían dueño en la base."
    lost = "Los borramos el lunes pasado y nadie nos llamó nunca."
    texts = texts_of(f"{before} {lost}", language="es")
    assert f"{before} {lost}" in texts
    assert lost not in texts


def test_a_noun_before_the_pronoun_in_its_own_sentence_is_enough() -> None:
    assert "We found a bug in the restore on Monday and mended it." in texts_of(
        GOOD, "We found a bug in the restore on Monday and mended it."
    )


@pytest.mark.parametrize(
    "caveat", ["We only see this from teams that write to us.", "But it varies.", "At least in our reports."]
)
def test_a_claim_keeps_the_caveat_that_follows_it(caveat: str) -> None:
    claim = "One first restore of a backup in nine fails on the day."
    texts = texts_of(f"{claim} {caveat}")
    assert texts == [f"{claim} {caveat}"]


def test_a_claim_whose_caveat_does_not_fit_is_left_out() -> None:
    claim = "One first restore of a backup in nine fails on the day."
    caveat = "We only see this from teams that chose to write to us."
    assert [span.text for span in spans_of(post_of(f"{claim} {caveat}"), limit=80)] == []


@pytest.mark.parametrize(
    "turn", ["Instead it took three weeks.", "Surprisingly, nobody came.", "Today we have 300 of them."]
)
def test_what_leads_to_a_turn_keeps_it_where_both_fit(turn: str) -> None:
    goal = "The goal was to sell a hundred lamps within the first year of the workshop."
    assert texts_of(f"{goal} {turn}") == [f"{goal} {turn}"]
    assert [span.text for span in spans_of(post_of(f"{goal} {turn}"), limit=len(goal))] == [goal]


def test_a_caveat_of_the_next_paragraph_is_a_thought_of_its_own() -> None:
    assert GOOD in texts_of(GOOD, "But nobody had ever restored a backup of that size.")


def test_two_lines_that_became_one_sentence_are_in_no_post() -> None:
    glued = "Our team restores all of the backups every night We publish how long it took."
    assert texts_of(glued, GOOD) == [GOOD]


def test_a_sentence_without_an_end_mark_is_in_no_post() -> None:
    assert texts_of("Restores of all backups of our shops every night", GOOD) == [GOOD]


def test_a_list_is_whole_or_nothing() -> None:
    assert lists_among(listed("We changed what we do every day:", *ITEMS), limit=90) == []


def test_the_title_of_the_source_introduces_no_list_and_a_section_s_heading_does() -> None:
    items = tuple(f"{item} for all of our customers" for item in ITEMS)
    lines = ("# Weekly call", *items, "# What we changed", *items)
    passages = tuple(
        Passage(kind="heading", text=line[2:], first=number, last=number, level=1)
        if line.startswith("# ")
        else Passage(kind="item", text=line, first=number, last=number, level=1)
        for number, line in enumerate(lines, start=1)
    )
    source = Source(path="a.md", kind="post", lines=lines, passages=passages, title="Weekly call")
    assert [text.split("\n")[0] for text in lists_among(source)] == ["What we changed:"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "#[" * 100_000,
        ":a:" * 60_000,
        " by @a" * 30_000 + "!",
        " @a" * 60_000 + " !",
        "a, this " * 25_000,
    ],
)
def test_hostile_text_is_judged_in_time_that_grows_with_its_length(text: str) -> None:
    started = time.process_time()
    has_markup(text)
    without_references(text)
    without_shortcodes(text)
    RULES.leaning.search(text)
    RULES.additive.search(text)
    assert time.process_time() - started < 2.0
