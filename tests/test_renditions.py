"""The exact thread of an account: which posts, in which words, in how many parts, seen by whom, in which language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contentkit.drafts import parse_draft
from contentkit.errors import ContentError
from contentkit.link_tags import LinkTags
from contentkit.models import Account, Entry, Limits, Media, Person, Rendition
from contentkit.renditions import Manner, render
from contentkit.text import urls_in

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MASTODON = Account(name="ours-mastodon", platform="mastodon")
X = Account(name="ours-x", platform="x", limits=Limits(characters=40))
MANNER = Manner(count=lambda text, warning: len(text) + len(warning), links=urls_in)
ANA = Person(
    name="ana", display="Ana Torres", handles={"mastodon": "ana@social.example", "x": "ana_t"}, consent="mention"
)
ENTRY = Entry(id="launch", draft="drafts/launch.md", at=AT, accounts=("ours-x",), campaign="orchard 2")


def rendered(body: str, account: Account = MASTODON, manner: Manner = MANNER, entry: Entry | None = None) -> Rendition:
    front, _, posts = body.partition("===\n")
    draft = parse_draft(
        f"---\nversion: 1\n{front}---\n{posts}" if posts else f"---\nversion: 1\n---\n{front}", "drafts/launch.md"
    )
    return render(draft, entry, account, {"ana": ANA}, manner)


def texts(rendition: Rendition) -> list[str]:
    return [part.text for part in rendition.parts]


THREE = "One.\n\n---\n\nTwo.\n\n---\n\nTwo for X.\n<!-- instead: x -->\n\n---\n\nThree.\n<!-- only: mastodon -->\n"


def test_a_post_stands_instead_of_the_one_before_where_it_says_so() -> None:
    assert texts(rendered(THREE)) == ["One.", "Two.", "Three."]
    assert texts(rendered(THREE, X)) == ["One.", "Two for X."]


def test_an_account_is_named_as_a_platform_is() -> None:
    named = "One.\n\n---\n\nOurs.\n<!-- instead: ours-x -->\n\n---\n\nX.\n<!-- instead: x -->\n"
    assert texts(rendered(named, X)) == ["X."]
    assert texts(rendered(named, replace(X, platform="console"))) == ["Ours."]


def test_what_stands_instead_is_published_where_the_post_itself_is_not() -> None:
    body = "One.\n\n---\n\nTwo.\n<!-- only: mastodon -->\n\n---\n\nTwo for X.\n<!-- instead: x -->\n"
    assert texts(rendered(body, X)) == ["One.", "Two for X."]


def test_a_part_knows_the_post_that_it_came_from() -> None:
    assert [part.post for part in rendered(THREE, X).parts] == [0, 2]


LONG = "The orchard has grown all summer.\n\nToday it bears its first apples, and they are red.\n\nCome and see.\n"


def test_a_post_that_is_too_long_becomes_several_parts_with_its_pictures_on_the_first() -> None:
    rendition = rendered(LONG + "\n![Red apples](apples.png)\n", X)
    assert len(rendition.parts) > 1
    assert all(part.length <= 40 for part in rendition.parts)
    assert " ".join(" ".join(texts(rendition)).split()) == " ".join(LONG.split())
    assert [part.media for part in rendition.parts[1:]] == [()] * (len(rendition.parts) - 1)
    assert rendition.parts[0].media == (Media(path="drafts/apples.png", alt="Red apples"),)
    assert {part.post for part in rendition.parts} == {0}


def test_a_longer_limit_keeps_the_post_whole_letter_for_letter() -> None:
    assert texts(rendered(LONG, replace(X, limits=Limits(characters=5000)))) == [LONG.strip()]


def test_an_account_that_never_splits_has_one_part_too_long() -> None:
    (part,) = rendered(LONG, X, replace(MANNER, split="never")).parts
    assert part.length > 40


def test_what_cannot_be_split_stays_whole() -> None:
    (part,) = rendered("https://orchard.example/" + "a" * 60 + "\n", X).parts
    assert part.length > 40


def test_numbers_stand_at_the_end_of_each_part_and_count_all_of_the_thread() -> None:
    numbered = rendered(LONG + "\n---\n\nMore.\n", X, replace(MANNER, numbering="1/5"))
    total = len(numbered.parts)
    assert [part.text.split()[-1] for part in numbered.parts] == [f"{n}/{total}" for n in range(1, total + 1)]
    assert all(part.length == len(part.text) <= 40 for part in numbered.parts)


def test_a_single_part_gets_no_number() -> None:
    assert texts(rendered("Only one.\n", X, replace(MANNER, numbering="1/5"))) == ["Only one."]


def test_a_text_that_only_its_number_would_make_too_long_is_left_alone() -> None:
    words = "word " * 7 + "words"
    assert len(words) == 40
    assert texts(rendered(words, X, replace(MANNER, numbering="1/5"))) == [words]


def test_ten_parts_leave_room_for_their_numbers() -> None:
    rendition = rendered("\n---\n".join(["A" * 20 + " " + "b" * 13] * 10), X, replace(MANNER, numbering="1/5"))
    assert all(part.length <= 40 for part in rendition.parts)
    assert texts(rendition)[-1].endswith(f"{len(rendition.parts)}/{len(rendition.parts)}")


def test_a_number_stays_out_of_a_code_fence() -> None:
    first, _ = texts(rendered("```\ncode\n```\n\n---\n\nTwo.\n", X, replace(MANNER, numbering="1/5")))
    assert first == "```\ncode\n```\n1/2"


def test_people_are_mentioned_where_they_agreed_and_named_elsewhere() -> None:
    assert texts(rendered("With @{ana}.\n")) == ["With @ana@social.example."]
    assert texts(rendered("With @{ana}.\n", X, replace(MANNER, mentions="names"))) == ["With Ana Torres."]


def test_an_alt_text_has_the_name_and_never_the_handle() -> None:
    (part,) = rendered("With @{ana}.\n\n![@{ana} among apples](apples.png)\n").parts
    assert (part.text, part.media[0].alt) == ("With @ana@social.example.", "Ana Torres among apples")


@pytest.mark.parametrize("body", ["With @{ana}.\n", "Apples.\n\n![@{ana} among apples](apples.png)\n"])
def test_who_must_never_be_named_is_named_nowhere(body: str) -> None:
    draft = parse_draft(f"---\nversion: 1\n---\n{body}", "drafts/launch.md")
    with pytest.raises(ContentError, match=r"drafts/launch\.md:\d: ana must never be named"):
        render(draft, None, MASTODON, {"ana": replace(ANA, consent="never")}, MANNER)


def test_whoever_agreed_to_no_mention_is_named_everywhere() -> None:
    draft = parse_draft("---\nversion: 1\n---\nWith @{ana}.\n", "drafts/launch.md")
    assert texts(render(draft, None, MASTODON, {"ana": replace(ANA, consent="name")}, MANNER)) == ["With Ana Torres."]


def test_a_handle_of_the_accounts_own_server_keeps_its_server() -> None:
    assert texts(rendered("With @{ana}.\n", replace(MASTODON, server="https://social.example"))) == [
        "With @ana@social.example."
    ]


def test_a_thread_has_one_content_warning_that_counts_in_each_part() -> None:
    warned = rendered("warning: fruit\n===\n" + LONG, X)
    assert warned.warning == "fruit"
    assert all(part.length == len(part.text) + len("fruit") <= 40 for part in warned.parts)


@pytest.mark.parametrize(("of_entry", "warning"), [(None, "fruit"), ("", ""), ("pears", "pears")])
def test_an_entry_may_say_another_content_warning_or_that_there_is_none(of_entry: str | None, warning: str) -> None:
    entry = Entry(id="a", draft="drafts/launch.md", at=datetime(2026, 11, 24, tzinfo=UTC), accounts=("ours-x",))
    warned = rendered("warning: fruit\n===\nOne.\n", X, entry=replace(entry, warning=of_entry))
    assert warned.warning == warning


TAGS = LinkTags(hosts=("orchard.example",))


@pytest.mark.parametrize(
    ("link", "tagged"),
    [
        ("https://orchard.example/blog", "https://orchard.example/blog?utm_source=x&utm_medium=social&utm_campaign=orchard%202"),
        ("https://www.orchard.example", "https://www.orchard.example?utm_source=x&utm_medium=social&utm_campaign=orchard%202"),
        ("https://orchard.example/a?b=1#c", "https://orchard.example/a?b=1&utm_source=x&utm_medium=social&utm_campaign=orchard%202#c"),
        ("https://orchard.example/a?utm_source=mail", "https://orchard.example/a?utm_source=mail"),
        ("https://orchard.example.org/a", "https://orchard.example.org/a"),
        ("https://elsewhere.example/?u=https://orchard.example", "https://elsewhere.example/?u=https://orchard.example"),
        ("https://orchard.example@elsewhere.example/", "https://orchard.example@elsewhere.example/"),
        ("orchard.example/blog", "orchard.example/blog"),
    ],
)  # fmt: skip
def test_links_to_our_own_hosts_are_tagged_and_no_others(link: str, tagged: str) -> None:
    roomy = replace(X, limits=Limits(characters=500))
    assert texts(rendered(f"See {link}.\n", roomy, replace(MANNER, tags=TAGS), ENTRY)) == [f"See {tagged}."]


def test_links_are_not_tagged_unless_somebody_asked_for_it() -> None:
    assert texts(rendered("See https://orchard.example/a.\n", entry=ENTRY)) == ["See https://orchard.example/a."]


def test_without_a_campaign_the_tag_is_the_name_of_the_draft() -> None:
    (text,) = texts(rendered("See https://orchard.example/a.\n", manner=replace(MANNER, tags=TAGS)))
    assert "utm_campaign=launch." in text


def test_the_first_part_of_a_public_thread_is_public_and_the_rest_as_the_account_has_it() -> None:
    unlisted = replace(MANNER, replies="unlisted")
    assert [part.visibility for part in rendered(THREE, manner=unlisted).parts] == ["public", "unlisted", "unlisted"]
    assert [part.visibility for part in rendered(THREE).parts] == ["public", "public", "public"]


def test_a_thread_that_is_not_public_has_one_visibility() -> None:
    rendition = rendered("visibility: private\n===\n" + THREE, manner=replace(MANNER, replies="unlisted"))
    assert {part.visibility for part in rendition.parts} == {"private"}


def test_the_language_is_the_drafts_or_the_accounts_or_the_founders_or_the_projects() -> None:
    spoken, manner = replace(ANA, languages=("es", "en")), replace(MANNER, language="fr")
    account = replace(MASTODON, language="de")

    def language(front: str, account: Account) -> str:
        draft = parse_draft(f"---\nversion: 1\n{front}---\nHola.\n", "drafts/launch.md")
        return render(draft, None, account, {"ana": spoken}, manner).language

    assert language("language: pt\nfounder: ana\n", account) == "pt"
    assert language("founder: ana\n", account) == "de"
    assert language("founder: ana\n", MASTODON) == "es"
    assert language("", MASTODON) == "fr"
