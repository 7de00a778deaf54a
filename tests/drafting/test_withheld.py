"""The last gate before anything is sent to a model."""

import pytest

from contentkit.drafting.withheld import Withheld
from contentkit.errors import ContentError
from contentkit.forbidden import Forbidden

OFF_RECORD = Withheld(off_record=Forbidden.of(["We have 425 people, and Sequoia leads the round."], ""))


@pytest.mark.parametrize("quoted", ["There are 425 of us.", "Sequoia called."])
def test_a_number_or_a_name_in_what_is_quoted_is_refused(quoted: str) -> None:
    with pytest.raises(ContentError, match="repeats what is off the record") as refused:
        OFF_RECORD.refuse(["Write a thread."], [quoted])

    assert "425" not in refused.value.words
    assert "Sequoia" not in refused.value.words


def test_a_number_in_the_words_around_it_is_none_of_the_source() -> None:
    OFF_RECORD.refuse(["Write at most 425 characters."], ["We ship on Tuesday."])
