from __future__ import annotations

import random
from datetime import date

import pytest

from contentkit.drafting.voice.learning import MOST, Chosen, chosen, learnt_from
from contentkit.drafting.voice.learnt import Learnt, Quartiles
from contentkit.models import OwnPost
from tests.drafting.voice.invented import dry, loud


def learnt(posts: list[OwnPost]) -> Learnt:
    return learnt_from(chosen(posts))


def test_a_card_tells_two_manners_apart() -> None:
    quiet, noisy = learnt(dry(40)), learnt(loud(40))
    assert (quiet.marks["exclamation"], noisy.marks["exclamation"]) == (0, 100)
    assert (quiet.marks["emoji"], noisy.marks["emoji"]) == (0, 100)
    assert quiet.marks["semicolon"] > noisy.marks["semicolon"] == 0
    assert noisy.emoji == ("🎉", "🚀")


def test_posts_say_since_when_until_when_and_how_many_they_are() -> None:
    found = learnt(dry(30))
    assert (found.posts, found.first, found.last) == (30, date(2026, 1, 1), date(2026, 1, 30))


def test_the_lengths_of_sentences_are_quartiles() -> None:
    found = learnt([OwnPost(text=f"{'word ' * number}end.") for number in range(1, 10)])
    assert found.sentence_words == Quartiles(4, 6, 8)


def test_the_order_of_posts_does_not_matter() -> None:
    posts = [*dry(30), *loud(20)]
    shuffled = random.Random(3).sample(posts, len(posts))
    assert learnt(shuffled) == learnt(posts)
    assert chosen(shuffled) == chosen(posts)


def test_a_post_counts_once_however_often_it_was_found() -> None:
    found = chosen([*dry(10), *dry(10)])
    assert (len(found.posts), found.left_out) == (10, {"twice": 10})


def test_posts_in_another_language_than_most_are_left_out_and_counted() -> None:
    spanish = OwnPost(text="Ayer rompimos el respaldo y nadie se dio cuenta hasta la noche.")
    german = OwnPost(text="Gestern haben wir wieder alles kaputt gemacht, und niemand merkte etwas.")
    stated = OwnPost(text="Backup kaputt.", language="de")
    found = chosen([*dry(10), spanish, german, stated])
    assert found.language == "en"
    assert found.left_out == {"in another language": 3}


def test_the_language_that_is_asked_for_is_learnt_from() -> None:
    spanish = OwnPost(text="Ayer rompimos el respaldo y nadie se dio cuenta hasta la noche.")
    found = chosen([*dry(10), spanish], "es-MX")
    assert (found.language, found.posts) == ("es", (spanish,))


def test_a_language_without_word_lists_is_learnt_from_what_is_in_no_known_one() -> None:
    german = OwnPost(text="Gestern haben wir wieder alles kaputt gemacht, und niemand merkte etwas.")
    assert chosen([*dry(10), german], "de").posts == (german,)


def test_a_network_that_cannot_tell_the_language_is_not_believed() -> None:
    assert len(chosen([OwnPost(text=dry(1)[0].text, language="und")]).posts) == 1


def test_posts_without_words_are_left_out() -> None:
    assert chosen([OwnPost(text="https://example.org/a"), OwnPost(text="🎉🎉")]).left_out == {"without words": 2}


def test_no_name_and_no_subject_comes_onto_a_card() -> None:
    posts = [
        OwnPost(text=f"Honestly, we told Odile that Grebe restores ledger number {number}.") for number in range(40)
    ]
    found = learnt(posts)
    assert "honestly" in found.words
    assert not {"odile", "grebe", "ledger", "restores"} & {*found.words, *" ".join(found.openers).split()}


def test_openers_are_the_commonest_first_words() -> None:
    found = learnt(dry(30))
    assert found.openers == {"we": 33, "i": 17, "it": 17, "so i": 17, "turns out": 17}


def test_phrases_that_stand_in_no_post_are_told_and_others_are_not() -> None:
    found = learnt([*dry(20), OwnPost(text="I am thrilled to announce nothing at all.")])
    assert "excited to announce" in found.unused
    assert "thrilled to announce" not in found.unused


def test_what_was_said_counts_for_sentences_and_not_for_the_length_of_posts() -> None:
    said = [OwnPost(text=f"We broke the restore test {'again ' * 60}on day {day}.", spoken=True) for day in range(5)]
    found = learnt([*dry(10), *said])
    assert found.spoken == 5
    assert found.post_characters == learnt(dry(10)).post_characters


@pytest.mark.parametrize(("words", "told"), [("a, b, and c", "yes"), ("a, b and c", "no")])
def test_the_oxford_comma_is_told_from_five_on(words: str, told: str) -> None:
    pears = words.replace("a", "pears", 1).replace(" b", " plums").replace("c", "figs")
    assert learnt([OwnPost(text=f"On day {day} we sold {pears}.") for day in range(5)]).oxford_comma == told
    assert learnt([OwnPost(text=f"On day {day} we sold {pears}.") for day in range(4)]).oxford_comma == ""


def test_of_too_many_posts_the_newest_count() -> None:
    found = chosen(dry(MOST + 2))
    assert found.left_out == {"older than the newest 5,000": 2}
    assert found.posts[0].written == date(2026, 1, 3)


def test_nothing_to_learn_from_is_no_fault() -> None:
    assert learnt_from(Chosen(posts=(), language="en")).posts == 0


def test_what_readers_do_not_see_of_a_post_is_not_learnt_from() -> None:
    [post] = chosen(
        [OwnPost(text="We broke\u200b it\u202e again.\U000e0041 \U0001f3f4\U000e0067\U000e0062\U000e007f")]
    ).posts
    assert post.text == "We broke it again. \U0001f3f4\U000e0067\U000e0062\U000e007f"


def test_spanish_verbs_say_who_speaks() -> None:
    posts = [
        OwnPost(text="Ayer rompimos el respaldo y nadie se dio cuenta hasta la noche."),
        OwnPost(text="Creo que el respaldo era muy viejo y que nadie lo probaba."),
        OwnPost(text="El respaldo es de los últimos días y de nadie más."),
    ]
    found = learnt(posts)
    assert (found.language, found.said_we, found.said_i) == ("es", 33, 33)


def test_a_word_that_is_mostly_somebody_s_name_is_no_habit() -> None:
    posts = [
        OwnPost(text=f"We asked Hope and Will about the index on day {day}, hopefully for good.") for day in range(40)
    ]
    assert not {"hope", "will"} & set(learnt(posts).words)
    assert "hopefully" in learnt(posts).words
