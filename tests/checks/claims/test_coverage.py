from __future__ import annotations

from tests.checks.claims.claiming import claimed

ORCHARD = "We pruned the orchard in January. The old pear trees got new labels."


def test_a_sentence_of_which_the_source_says_nothing_is_a_warning() -> None:
    said = "Our new cider press handles eleven barrels of Bramley juice per shift, cooled by groundwater."
    assert claimed(ORCHARD, said) == [("CK226", "warning")]


def test_a_short_hook_and_a_paraphrase_are_fine() -> None:
    assert claimed(ORCHARD, "Cold hands, warm tea!") == []
    assert claimed(ORCHARD, "January in the orchard: we pruned, and labelled the old pear trees anew.") == []
