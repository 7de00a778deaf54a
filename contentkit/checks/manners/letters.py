"""CK338 to CK340: letters that are not what they look like."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex
from contentkit.words.lookalikes import disguised_in

# Each alphabet by itself, with the spaces between its words. Of letters that are no more than small, more make a font:
# a few are phonetics, a chemist's or a mathematician's.
_FONTS = (
    ("mathematical letters", r"[\U0001d400-\U0001d7ff]", 2),
    ("letters of full width", r"[\uff21-\uff3a\uff41-\uff5a]", 2),
    (
        "letters in circles and boxes",
        r"[\u249c-\u24e9\U0001f110-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189]",
        2,
    ),
    ("small capitals", r"[ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ]", 3),
    ("raised letters", r"[ᴬ-ᵛᶜᶠᶻʰʲˡʳˢʷʸˣⁱⁿ]", 3),
    ("letters turned round", r"[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]", 3),
    ("letters with a line through each", r"\w[\u0332-\u0338]", 3),
)
_FONT = regex("|".join(rf"(?P<f{index}>(?:{one}[ ]?){{{least},}})" for index, (_, one, least) in enumerate(_FONTS)))
_ANY = regex("|".join(one.removeprefix(r"\w") for _, one, _ in _FONTS))
_CJK = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FULL_WIDTH = 1
# A word with the accents that stand beside its letters.
_COMPOSED = regex(r"[\w\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+")


def check_letters(prose: Prose) -> Iterator[Finding]:
    """Letters made to look like another font, letters of other alphabets in disguise, accents that stand beside their letter."""
    text = prose.text
    if text.isascii():
        return
    yield from _check_fonts(text)
    for start, end, letter in disguised_in(text):
        name = unicodedata.name(letter, "a letter").capitalize()
        message = (
            f"'{text[start:end]}' has a letter of another alphabet: {name} (U+{ord(letter):04X}) looks like a Latin one"
        )
        yield error("CK339", message, words=text[start:end], at=start, remedy="retype the word")
    yield from _check_composition(text)


def _check_fonts(text: str) -> Iterator[Finding]:
    if not _ANY.search(text):
        return
    is_cjk = bool(_CJK.search(text))
    for match in _FONT.finditer(text):
        words = match[0].rstrip()
        index = int((match.lastgroup or "f0")[1:])
        what, _, least = _FONTS[index]
        # Chinese and Japanese write our letters in full width; letters that stand alone are a formula's, or choices of a list.
        if (is_cjk and index == _FULL_WIDTH) or max(map(len, words.split())) < least:
            continue
        plain = unicodedata.normalize("NFKC", words)
        is_sure = plain.isascii()
        yield error(
            "CK338",
            f"{what} for the look of them: screen readers spell them out or pass them over, searches miss them",
            words=words,
            at=match.start(),
            remedy=f"write {plain}" if is_sure else "retype the words in plain letters",
            fix=plain if is_sure else None,
        )


def _check_composition(text: str) -> Iterator[Finding]:
    """CK340, one for each word: an accent beside its letter looks the same, and nobody's search finds it."""
    if unicodedata.is_normalized("NFC", text):
        return
    for word in _COMPOSED.finditer(text):
        composed = unicodedata.normalize("NFC", word[0])
        if composed != word[0]:
            message = f"the accents of '{composed}' stand beside their letters: it looks the same, and searches miss it"
            yield warning("CK340", message, words=word[0], at=word.start(), remedy="retype the word", fix=composed)
