"""The JSON of Whisper, WhisperX, whisper.cpp and of podcasts: its segments, written as Whisper writes them as text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contentkit.errors import ContentError
from contentkit.sources.documents.unread_marks import has_mark, refuse_unread_marks, switches_in
from contentkit.sources.manuscript import Manuscript
from contentkit.sources.transcripts.clocks import seconds_of

_LARGEST = 24 * 1024 * 1024
# Where the segments are, and with them all that was said.
_SEGMENTS = ("segments", "transcription")
_WORDS = frozenset((*_SEGMENTS, "text", "word_segments"))
# What is read of a segment, and what repeats it.
_OF_A_SEGMENT = frozenset(("body", "chars", "speaker", "text", "tokens", "words"))
_LONGEST_NAME = 60
_LONGEST_SEGMENT = 4000
_LONGEST_TIME = 360_000.0
# Who speaks where the others have names and nobody knows this one.
_NOBODY = "Unknown"

Segment = Mapping[str, Any]


class _SegmentFile:
    name = "Whisper JSON"

    def recognises(self, data: bytes, name: str) -> bool:  # noqa: ARG002 - as the others
        start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:_LONGEST_SEGMENT]
        if not start.startswith((b"{", b"[")) or len(data) > _LARGEST:
            return False
        if start.startswith(b"["):
            return start[1:].lstrip().startswith(b"{") and all(
                key in start for key in (b'"start"', b'"end"', b'"text"')
            )
        if all(key in start for key in (b'"segments"', b'"startTime"', b'"body"')):
            return True
        timed = b'"start"' in data and b'"end"' in data if b'"segments"' in data else b'"timestamps"' in data
        return timed and b'"text"' in data and any(b'"%s"' % key.encode() in data for key in _SEGMENTS)

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        """The segments, each on a line. Raises ContentError for JSON that is broken, and for one without such segments."""
        transcript = _parsed(data, name)
        segments = _segments(transcript)
        lines = list(_lines(segments))
        refuse_unread_marks(_unread(transcript, segments), name)
        if not lines:
            raise ContentError(f"{name}: says nothing", hint="none of its segments has words and times")
        return Manuscript(lines=(*_front_matter(transcript), *lines), converted=True)


SEGMENT_FILE = _SegmentFile()


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    try:
        # Half of a letter, as a broken escape gives it, cannot be written anywhere.
        transcript = json.loads(data.decode("utf-8-sig"))
        json.dumps(transcript, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise ContentError(f"{name}: is no JSON from beginning to end", hint="let the program write it again") from None
    # Some write only the segments.
    return transcript if isinstance(transcript, dict) else {"segments": transcript}


def _segments(transcript: Mapping[str, Any]) -> Sequence[Segment]:
    listed = next((value for key in _SEGMENTS if isinstance(value := transcript.get(key), list)), [])
    return [segment for segment in listed if isinstance(segment, dict)]


def _front_matter(transcript: Mapping[str, Any]) -> Sequence[str]:
    language = transcript.get("language")
    known = isinstance(language, str) and language.isascii() and language.isalpha() and len(language) <= _LONGEST_NAME
    return ("---", f"language: {language}", "---", "") if known else ()


def _unread(transcript: Mapping[str, Any], segments: Sequence[Segment]) -> Iterator[str]:
    """What else the file says. All words a second time count only where the segments have no mark, though they may have."""
    yield from switches_in({key: transcript[key] for key in transcript if key not in _WORDS})
    for segment in segments:
        yield from switches_in({key: segment[key] for key in segment if key not in _OF_A_SEGMENT})
    again = transcript.get("text")
    if isinstance(again, str) and not has_mark(" ".join(map(_text, segments))):
        yield again


def _lines(segments: Sequence[Segment]) -> Iterator[str]:
    somebody = any(_name(segment) for segment in segments)
    for segment in segments:
        times = _times(segment)
        words = _text(segment)
        if times and words:
            who = f"{_name(segment) or _NOBODY}: " if somebody else ""
            yield f"[{_clock(times[0])} --> {_clock(times[1])}]  {who}{words}"


def _text(segment: Segment) -> str:
    """Its words, on one line."""
    text = segment.get("text", segment.get("body"))
    return " ".join(text.split()) if isinstance(text, str) else ""


def _name(segment: Segment) -> str:
    name = segment.get("speaker")
    return " ".join(name.replace(":", " ").split())[:_LONGEST_NAME] if isinstance(name, str) else ""


def _times(segment: Segment) -> tuple[float, float] | None:
    """From when to when, in seconds; whisper.cpp says it in words."""
    stamps = segment.get("timestamps")
    if isinstance(stamps, dict):
        return seconds_of(str(stamps.get("from", ""))), seconds_of(str(stamps.get("to", "")))
    begins, ends = segment.get("start", segment.get("startTime")), segment.get("end", segment.get("endTime"))
    if isinstance(begins, int | float) and isinstance(ends, int | float) and 0 <= begins < _LONGEST_TIME and ends >= 0:
        return begins, min(ends, _LONGEST_TIME)
    return None


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
