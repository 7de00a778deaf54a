"""Where scripts that write without spaces may be cut, and the few places without space elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.patterns import regex
from contentkit.splitting.kinds import Break, Kind
from contentkit.splitting.whole import Whole

_HAN = "々〇〻\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d"
_SIGNS = "。．｡！？、，；：､"
_WIDE = f"{_HAN}{_KANA}{_SIGNS}ー"
# Nothing is cut before these: small kana, marks that lengthen or repeat, closing signs and stops.
_NEVER_FIRST = frozenset(
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶーゝゞ々〻。．｡！？、，；：､」』）】》〉］｝〕’”)]}»…‥・!?,.;:%％℃°〜~"
)
_NEVER_LAST = frozenset("「『（【《〈［｛〔‘“([{«¥￥$＄€£#＃@＠第約约")
_BEHIND = {
    **dict.fromkeys("；—", Kind.CLAUSE),
    **dict.fromkeys("、，､", Kind.COMMA),
    "：": Kind.PHRASE,
    "\u200b": Kind.WORD,
}
_QUOTED = "」』”"
_SEAM = regex(rf"(?<=[{_WIDE}])(?=\S)|(?<=\S)(?=[{_WIDE}])|(?<=\w[—\u200b])(?=\w)")
_HIRAGANA = regex("[\u3041-\u3096]")
_KATAKANA = regex("[\u30a1-\u30faー]")


def seams_in(
    text: str, wholes: Sequence[Whole], edges: frozenset[int], sentence_starts: frozenset[int]
) -> Iterator[Break]:
    """Places without space: between ideographs and kana, behind their stops, behind dashes and unseen spaces."""
    at = 0
    for match in _SEAM.finditer(text):
        place = match.start()
        while at < len(wholes) and wholes[at].end <= place:
            at += 1
        if place not in edges or (at < len(wholes) and wholes[at].start < place):
            continue
        if kind := _kind(text[place - 1], text[place], place in sentence_starts):
            yield Break(place, place, kind)


def _kind(before: str, after: str, is_start: bool) -> Kind | None:
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return None
    if is_start or before in "。．｡！？":
        # Behind a quotation goes on who said it: 「……。」と話した, 「……。」他说。
        return Kind.SENTENCE if before not in _QUOTED else Kind.DANGLING if _HIRAGANA.match(after) else Kind.INNER
    if before in _BEHIND:
        return _BEHIND[before]
    if after in "@＠#＃" or before.isdecimal() or (_KATAKANA.match(before) and _KATAKANA.match(after)):
        return None
    # In Japanese a word seldom starts with hiragana (an ending, a particle), and often ends with it.
    if _HIRAGANA.match(after):
        return Kind.DANGLING
    return Kind.WORD if _HIRAGANA.match(before) else Kind.TERM
