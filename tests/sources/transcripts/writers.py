"""One conversation as many programs would write it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

# Who says which words.
Turn = tuple[str, Sequence[str]]
Writer = Callable[[Sequence[Turn]], str]

_WORDS_OF_A_CUE = 6


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _cues(turns: Sequence[Turn]) -> Iterator[tuple[int, str, str]]:
    """Second, speaker and words of each cue."""
    second = 0
    for speaker, words in turns:
        for first in range(0, len(words), _WORDS_OF_A_CUE):
            second += 2
            yield second, speaker, " ".join(words[first : first + _WORDS_OF_A_CUE])


def zoom(turns: Sequence[Turn]) -> str:
    cues = [
        f"{number}\n{clock(second)}.110 --> {clock(second + 2)}.000\n{speaker}: {words}\n"
        for number, (second, speaker, words) in enumerate(_cues(turns), 1)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def teams(turns: Sequence[Turn]) -> str:
    cues = [
        f"{clock(second)}.110 --> {clock(second + 2)}.000 align:start position:0%\n<v {speaker}>{words}</v>\n"
        for second, speaker, words in _cues(turns)
    ]
    return "\n".join(["WEBVTT - call\n\nNOTE made by hand\n", *cues])


def subrip(turns: Sequence[Turn]) -> str:
    return "\n".join(
        f"{number}\r\n{clock(second)},110 --> {clock(second + 2)},000\r\n{speaker}: {words}\r\n\r"
        for number, (second, speaker, words) in enumerate(_cues(turns), 1)
    )


def rolling(turns: Sequence[Turn]) -> str:
    """As YouTube writes them; it names nobody."""
    cues, above = [], " "
    for second, _, words in _cues(turns):
        times = f"{clock(second)}.000 --> {clock(second + 2)}.000"
        cues += [f"{times}\n{above}\n<c>{words}</c>\n", f"{times}\n{words}\n \n"]
        above = words
    return "\n".join(["WEBVTT\n", *cues])


def _headed(heading: str) -> Writer:
    def write(turns: Sequence[Turn]) -> str:
        return "\n\n".join(
            f"{heading.format(speaker=speaker, clock=clock(10 * row))}\n{' '.join(words)}"
            for row, (speaker, words) in enumerate(turns)
        )

    return write


def _inline(lead: str) -> Writer:
    def write(turns: Sequence[Turn]) -> str:
        return "\n".join(
            f"{lead.format(speaker=speaker, clock=clock(36_000 + 10 * row))}{' '.join(words)}"
            for row, (speaker, words) in enumerate(turns)
        )

    return write


def meet(turns: Sequence[Turn]) -> str:
    said = "\n".join(f"{speaker}: {' '.join(words)}\n \n \n00:01:26\n " for speaker, words in turns)
    return f"Call - Transcript\n00:00:00\n \n{said}\nTranscription ended after 00:30:30\n"


def gemini(turns: Sequence[Turn]) -> str:
    said = "\n\n".join(
        f"**{clock(60 * row)}**\n\n- {speaker}: {' '.join(words)}" for row, (speaker, words) in enumerate(turns)
    )
    return f"Mar 4, 2026\n\n{said}\n"


def whisper(turns: Sequence[Turn]) -> str:
    return "\n".join(
        f"[{clock(second)}.110 --> {clock(second + 2)}.000]  {speaker}: {words}"
        for second, speaker, words in _cues(turns)
    )


def whisper_table(turns: Sequence[Turn]) -> str:
    rows = (f"{second * 1000}\t{second * 1000 + 2000}\t{speaker}: {words}" for second, speaker, words in _cues(turns))
    return "\n".join(["start\tend\ttext", *rows])


WRITERS: dict[str, Writer] = {
    "zoom": zoom,
    "teams": teams,
    "subrip": subrip,
    "zoom saved": _headed("[{speaker}] {clock}"),
    "rev": _headed("{speaker} ({clock}):"),
    "otter": _headed("{speaker}  {clock}"),
    "fireflies": _headed("{speaker} - {clock}"),
    "fathom": _headed("@{clock} - {speaker}"),
    "telegram": _headed("{speaker}, [04.03.2026 10:32]"),
    "discord": _headed("{speaker} — Today at 10:32 AM"),
    "slack": _headed("{speaker}\n  10:32 AM"),
    "zoom chat": _headed("{clock} From {speaker} to Everyone:"),
    "whatsapp": _inline("[04/03/26, {clock}] {speaker}: "),
    "whatsapp of Android": _inline("04/03/26, 10:32 - {speaker}: "),
    "pasted": _inline("[10:32] {speaker}: "),
    "meet": meet,
    "meet by Gemini": gemini,
    "whisper": whisper,
    "whisper table": whisper_table,
    "interview": _headed("**{speaker}:**"),
}
