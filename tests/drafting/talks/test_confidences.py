"""What a note says not to be for others goes into no draft, however it says so and wherever that stands."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentError
from contentkit.sources import read_source
from tests.drafting.made import brief

TOPS = ("# Weekly sync, 3 May", "call w/ Rosa (potter), 40 min", "# Acta de la reunión", "")
TOLD = (
    "We moved 40 looms to the new hall in one weekend.",
    "63 bakeries use it now, it was 22 in January.",
    "The board agreed to pay apprentices from June.",
)
SECRET = ("- Zarqon pays us 54138 euros a month", "- Zarqon bought 12 looms in May")
MARKS = tuple(
    """
    not for publication, keep out, leave that out, not for outside, internal only, internal, for us only, between us,
    under NDA, embargo until 12 Dec, under embargo until Monday, confidential, strictly confidential, in confidence,
    do not publish, please don't publish, don't share, do not mention this, not for quoting, not public yet,
    not announced yet, keep it quiet, keep this secret, keep to ourselves, under wraps, not a word to anyone,
    don't tell anyone, don't post this, stays here, this stays between us, for internal use, for your eyes only, team only,
    not for the newsletter, not for the press, nobody is to know yet, she asked us not to write this, please keep private,
    private, sensitive, do not leak, hold this, hold until launch, do not use, wait with this until May,
    cannot be public yet, we can't say this publicly, not cleared, on background, background only,
    remove before publishing, please strike, don't put this in the thread, no publicity, not disclosed yet,
    do not circulate, just for you, just between you and me, FYI only, eyes only, no publicar,
    no lo publiques, no lo cuentes, no citar, no mencionar, confidencial, entre nosotros, que quede entre nosotros,
    en confianza, embargo hasta enero, no es público todavía, uso interno, solo para nosotros, que no salga de aquí,
    no es para la prensa, sin anunciar, secreto, ni una palabra, que nadie se entere, no se puede contar, privado,
    no compartir, no usar, aún no es público, no para el hilo, guardar silencio, no divulgar
    """.replace("\n    ", " ")
    .strip()
    .split(", ")
)


def _placed(mark: str) -> list[list[str]]:
    """The secret and its mark in each place where people put them."""
    first, second, third = (f"- {one}" for one in TOLD)
    cry, secret = mark[0].upper() + mark[1:], "Zarqon pays us 54138 euros a month"
    return [
        [first, f"- {secret}, {mark}", second, third],
        [first, f"- {secret}. {cry}.", second, third],
        [first, f"- {secret} ({mark})", second, third],
        [first, f"- {secret} – {mark.upper()}!!", second, third],
        [first, f"- {cry}: {secret}", second, third],
        [first, f"- {secret}", f"- ({mark})", second],
        [first, f"- {secret}", f"  - {cry}", second, third],
        [first, second, f"- {cry}", f"  - {secret}", third],
        ["## A", "", first, second, "", f"## {cry}", "", f"- {secret}", "", "## B", "", third],
        ["**A**", first, second, "", f"**{cry}**", f"- {secret}", "", "**B**", third],
        ["## A", "", first, second, "", "## B", "", cry, "", f"- {secret}", "", "## C", "", third],
        [TOLD[0], "", f"{secret}. {cry}.", "", TOLD[1]],
        [TOLD[0], "", f"{cry}: {secret}.", "", TOLD[1]],
        [TOLD[0], "", f"{secret}.", "", f"{cry}.", "", TOLD[1], "", TOLD[2]],
        [TOLD[0], "", f"> {secret}.", ">", f"> {cry}.", "", TOLD[1], "", third],
        [first, second, "", f"{cry}:", "", f"> {secret}.", "", third],
        [TOLD[0].lower()[:-1], f"{secret} – {mark}", TOLD[1][:-1], TOLD[2].lower()[:-1]],
    ]


def _drafted(folder: Path, lines: list[str]) -> str:
    """All that a draft of the note says, the other openings too; empty where nothing could be drafted."""
    note = folder / "note.md"
    note.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        draft = ExtractiveDrafter().draft(read_source(note, "notes/note.md"), brief())
    except ContentError:
        return ""
    others = [other.text for post in draft.posts for other in post.alternatives]
    return "\n".join([draft.title, draft.slug, *(post.text for post in draft.posts), *others])


def _assert_kept(folder: Path, mark: str, top: str, placed: list[str]) -> None:
    text = _drafted(folder, [top, "", *placed])
    assert "zarqon" not in text.lower(), (mark, placed)
    assert "54138" not in text, (mark, placed)


@pytest.mark.parametrize("mark", MARKS)
def test_what_a_note_keeps_back_is_in_no_draft(tmp_path: Path, mark: str) -> None:
    chosen = random.Random(mark)
    _assert_kept(tmp_path, mark, chosen.choice(TOPS), chosen.choice(_placed(mark)))


@pytest.mark.nightly
@pytest.mark.parametrize("mark", MARKS)
def test_what_a_note_keeps_back_is_in_no_draft_wherever_the_mark_stands(tmp_path: Path, mark: str) -> None:
    for top in TOPS:
        for placed in _placed(mark):
            _assert_kept(tmp_path, mark, top, placed)


@pytest.mark.parametrize(
    "wording",
    [
        "she'd appreciate if we kept that out of anything we write",
        "nobody outside knows so let's keep it that way",
        "told on the understanding that it goes no further",
        "her words, she'd deny it",
        "you didn't hear it from me",
        "press release goes out 3 Dec, silence before that",
        "public from 3 December",
        "I promised to keep that to myself",
        "this is delicate, please be discreet",
        "that is not something she wants to read anywhere",
        "he asked for the name to be withheld",
        "must remain internal",
        "treat as confidential",
        "needs to approve this first",
        "would be fired if that got out",
        "Ines turned the camera off to say it",
        "please forget I said that",
        "they announce it in January, we wait",
        "made me promise not to tell",
        "would kill me if I wrote it",
        "not in writing please",
        "keep mum",
        "🤫",
        "de eso ni pío",
        "me pide discreción",
        "me rogó que no lo contáramos",
        "que esto no trascienda",
        "es información sensible",
        "que quede en petit comité",
        "ojo que aún no es oficial",
        "no quiere que salga su nombre",
        "esto queda aquí",
        "nos pidió callar",
        "lo dijo sin grabar",
        "me hizo prometer que no diría nada",
        "he would rather we did not print that",
        "not for us to tell",
        "tell nobody",
        "the staff does not know yet",
        "we have to sit on that",
        "the board agreed not to make this public",
        "members are bound by secrecy",
        "se acuerda no hacerlo público",
        "dont quote me on that",
        "just for context",
        "she'd hate to see this online",
        "better left unsaid",
        "too early to tell anyone",
        "que no lo lea nadie",
        "todavía no se ha anunciado",
    ],
)
def test_what_somebody_asks_not_to_be_told_by_the_way_is_in_no_draft(tmp_path: Path, wording: str) -> None:
    lines = [f"- {TOLD[0]}", f"- Zarqon pays us 54138 euros a month, {wording}", f"- {TOLD[1]}"]
    _assert_kept(tmp_path, wording, TOPS[0], lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["# CONFIDENTIAL – call with Ines", "", *SECRET],
        ["call w/ ines, internal", "", *SECRET],
        ["# Call", "", "Everything in this call is off the record.", "", *SECRET],
        ["# Call", "", *SECRET, "", "All of the above is confidential."],
        ["# Call", "", "The next two points should not leave this room.", "", *SECRET],
        ["# Call", "", "A few more things that she asked us, very clearly, not to share:", "", *SECRET],
        ["# Call", "", "(the rest is just for the team)", "", *SECRET],
        ["# Call", "", "El resto que quede entre nosotros.", "", *SECRET],
        ["# Call", "", "## Closed session", "", *SECRET],
        ["# Reunión", "", "## Punto reservado", "", *SECRET],
        ["# Call", "", "🔴 = internal, 🟢 = public", "", *(f"- 🔴 {one[2:]}" for one in SECRET)],
        ["# Call", "", "(C) = confidential", "", *(f"- (C) {one[2:]}" for one in SECRET)],
        ["# Call", "", *(f"{one}[^1]" for one in SECRET), "", "[^1]: not public yet"],
        ["# Weekly 3 May", "", *(f"**Deal (internal!):** {one[2:]}." for one in SECRET)],
        ["# Call", "", "- Deal (please keep to this group)", *(f"  {one}" for one in SECRET)],
        ["# Call", "", "I have to be careful with the next bit.", "", SECRET[0]],
        ["# Call", "", "- please leave Zarqon out of it", *SECRET[:1]],
    ],
)
def test_what_a_line_elsewhere_keeps_back_is_in_no_draft(tmp_path: Path, lines: list[str]) -> None:
    _assert_kept(tmp_path, "", "", [*lines, "", "## Looms", "", *(f"- {one}" for one in TOLD)])


@pytest.mark.parametrize(
    "line",
    [
        "The code is public on GitHub since May, 400 people use it.",
        "We replaced 3 proprietary tools by one of our own.",
        "The old app could not print 12 of the receipts.",
        "Nobody can know how many of the 400 loaves are sold at noon.",
    ],
)
def test_what_only_sounds_like_a_confidence_is_told(tmp_path: Path, line: str) -> None:
    assert line in _drafted(tmp_path, [TOPS[0], "", f"- {TOLD[0]}", f"- {line}", f"- {TOLD[1]}"])


def test_what_may_be_told_beside_it_is_told(tmp_path: Path) -> None:
    text = _drafted(tmp_path, [TOPS[0], "", *_placed("keep out")[0]])
    assert all(one in text for one in TOLD)


def test_whom_a_note_asks_not_to_name_is_named_nowhere_else_either(tmp_path: Path) -> None:
    told = ["- The school in Graz ordered 12 looms in May.", f"- {TOLD[0]}", f"- {TOLD[1]}"]
    text = _drafted(
        tmp_path, [TOPS[0], "", "## Looms", "", *told, "", "## For me", "", "- don't mention the school in Graz"]
    )
    assert "Graz" not in text
    assert TOLD[0] in text
