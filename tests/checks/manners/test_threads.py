from __future__ import annotations

from collections.abc import Collection

import pytest

from contentkit.checks.manners.reading_level import ease_of, syllables
from contentkit.checks.manners.threads import check_thread
from contentkit.models import Account, Draft, Part, Person, Post, Problem, Rendition

PEOPLE = {"mira": Person(name="mira", display="Mira", handles={"mastodon": "@property@social.example"})}


def said(
    *texts: str, language: str = "en", threads: Collection[Rendition] = (), hype: Collection[str] = ()
) -> list[Problem]:
    draft = Draft(slug="x", language=language, posts=tuple(Post(text=text, line=9) for text in texts))
    return check_thread(draft, threads, PEOPLE, hype)


def words_of(check: str, *texts: str, language: str = "en") -> list[str]:
    return [problem.words for problem in said(*texts, language=language) if problem.check == check]


def thread_in(language: str, *posts: int) -> Rendition:
    parts = tuple(Part(post=post, text="…", length=1) for post in posts)
    account = Account(name=f"ours-{language}", platform="mastodon")
    return Rendition(account=account, parts=parts, visibility="public", warning="", language=language)


# -- mentions


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Use @dataclass for it", "@dataclass"),
        ("Use @functools.lru_cache for it", "@functools.lru_cache"),
        ("Use `@grebe` for it", "@grebe"),
        ("We ship @types/node now", "@types"),
        ("With @retry() it works", "@retry"),
        ("Now at @v4 of it", "@v4"),
        ("We meet @5pm today", "@5pm"),
        ("Hello @everyone, we are here", "@everyone"),
    ],
)
def test_code_a_package_and_a_version_are_no_mention(text: str, words: str) -> None:
    (problem,) = said(text)
    assert (problem.check, problem.severity, problem.words) == ("CK348", "warning", words)
    assert text[problem.at :].startswith(words)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks to @mira and @media@social.example",
        "Write to mira@example.org",
        "See https://example.org/@dataclass",
        "By @property of ours",
        "The property decorator",
        "In the repository git@example.org:grebe",
    ],
)
def test_people_and_addresses_are_what_they_are(text: str) -> None:
    assert words_of("CK348", text) == []


# -- hashtags of a thread


def test_a_hashtag_in_two_posts_is_told_at_the_second() -> None:
    (problem,) = said("News of #Python", "More of #python")
    assert (problem.check, problem.severity, problem.post, problem.words) == ("CK334", "information", 1, "#python")


def test_different_hashtags_in_the_posts_of_a_thread_are_fine() -> None:
    assert said("News of #Python #Rust", "More of #Zig") == []


# -- language

SPANISH = "Hoy contamos por qué dejamos la nube y qué hemos aprendido durante todos estos años con nuestros usuarios."
ENGLISH = (
    "Today we tell you why we left the cloud, and what we have learnt from it in all of these years with our users."
)
PORTUGUESE = (
    "Hoje contamos por que não ficamos na nuvem e o que aprendemos com isso, muito além do que você já sabe até hoje."
)


@pytest.mark.parametrize(
    ("text", "language"), [(SPANISH, "en"), (ENGLISH, "es"), (PORTUGUESE, "es"), (SPANISH, "pt-BR")]
)
def test_a_post_in_another_language_than_its_draft_says_is_a_warning(text: str, language: str) -> None:
    (problem,) = said(text, language=language)
    assert (problem.check, problem.severity, problem.post) == ("CK352", "warning", 0)
    assert text.startswith(problem.words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SPANISH, "es-MX"),
        (ENGLISH, "en"),
        (PORTUGUESE, "pt"),
        (SPANISH, ""),
        (SPANISH, "gl"),
        ("Software libre para todos", "en"),
        ("Grebe 2.1 sale el martes 3 de marzo, con 40 tareas cerradas de 45 que había.", "es"),
        ("Grebe 2.0: faster restores, smaller backups, better logs, fewer surprises, more tests, clearer docs", "es"),
        (
            "“Puedo leer los versos más tristes esta noche” is what they read to us, and we laughed",
            "en",
        ),
    ],
)
def test_the_same_language_a_few_words_and_unknown_languages_are_fine(text: str, language: str) -> None:
    assert words_of("CK352", text, language=language) == []


def test_a_post_in_two_languages_is_in_either() -> None:
    assert words_of("CK352", f"{SPANISH} {SPANISH} {ENGLISH}", language="en") == []
    assert words_of("CK352", f"{ENGLISH} {ENGLISH} {SPANISH}", language="es") == []


def test_the_language_of_the_account_counts_where_it_says_one() -> None:
    assert [problem.post for problem in said(ENGLISH, SPANISH, language="en", threads=[thread_in("es", 0, 1)])] == [0]


def test_a_post_that_goes_to_accounts_of_both_languages_is_fine() -> None:
    assert said(SPANISH, language="en", threads=[thread_in("en", 0), thread_in("es", 0)]) == []


# -- hype


@pytest.mark.parametrize(
    "text", ["A game-changing tool", "A Game Changing tool", "A 𝗴𝗮𝗺𝗲 changing tool", "It is revolutionary"]
)
def test_a_phrase_of_the_projects_own_list_is_a_warning(text: str) -> None:
    problems = said(text, hype=["game-changing", "revolution*"])
    assert [(one.check, one.severity) for one in problems] == [("CK353", "warning")]
    assert problems[0].words in text


def test_without_a_list_and_within_other_words_there_is_no_hype() -> None:
    assert said("A game-changing tool") == []
    assert said("An endgame changing rooms", hype=["game changing", "room"]) == []


# -- reading level

EASY = "We left the cloud. It took us a year. Now we run our own boxes. It costs us less. We sleep well at night. "
HARD = (
    "Notwithstanding considerable organizational apprehension, infrastructural reconsideration necessitated comprehensive "
    "reevaluation of administrative responsibilities, particularly concerning availability characteristics. "
)


def test_a_thread_that_is_hard_to_read_is_told_once_at_its_longest_sentence() -> None:
    (problem,) = said(EASY, HARD * 4)
    assert (problem.check, problem.severity, problem.post, problem.words) == (
        "CK354",
        "information",
        1,
        "Notwithstanding",
    )


def test_an_easy_thread_a_usual_one_and_a_short_one_are_not_told() -> None:
    assert said(EASY * 4) == []
    assert said(ENGLISH * 2 + EASY * 3 + HARD) == []
    assert said(HARD) == []


def test_the_reading_ease_is_that_of_the_published_formulas() -> None:
    assert ease_of(20, 1.5, "en") == pytest.approx(59.635)
    assert ease_of(20, 2.0, "es") == pytest.approx(66.44)


@pytest.mark.parametrize(
    ("word", "language", "count"),
    [
        ("cloud", "en", 1),
        ("make", "en", 1),
        ("table", "en", 2),
        ("worked", "en", 1),
        ("started", "en", 2),
        ("availability", "en", 6),
        ("nube", "es", 2),
        ("queso", "es", 2),
        ("guitarra", "es", 3),
        ("poeta", "es", 3),
        ("María", "es", 3),
        ("ciudad", "es", 2),
        ("muy", "es", 1),
    ],
)
def test_syllables_are_counted_as_people_say_them(word: str, language: str, count: int) -> None:
    assert syllables(word, language) == count
