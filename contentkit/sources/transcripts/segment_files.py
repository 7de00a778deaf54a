"""The JSON of Whisper, WhisperX, whisper.cpp, Fireflies, AssemblyAI and of podcasts: its segments, as Whisper writes text."""

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
_SEGMENTS = ("segments", "transcription", "utterances", "sentences")
_SPEAKERS = ("speaker", "speaker_name", "speakerName")
_TEXTS = ("text", "body", "sentence")
_BEGINS = ("start", "startTime", "start_time")
_ENDS = ("end", "endTime", "end_time")
_WORDS = frozenset((*_SEGMENTS, "text", "word_segments"))
# What is read of a segment, and what repeats it.
_REPEATED = (*_TEXTS, "raw_text")
_OF_A_SEGMENT = frozenset((*_REPEATED, *_SPEAKERS, "chars", "tokens", "words"))
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
        told = _has_any(start, _SPEAKERS) and _has_any(start, _TEXTS)
        if start.startswith(b"["):
            timed = all(key in start for key in (b'"start"', b'"end"', b'"text"'))
            return start[1:].lstrip().startswith(b"{") and (timed or told)
        if (told or b'"startTime"' in start) and _has_any(start, _SEGMENTS) and _has_any(start, _TEXTS):
            return True
        timed = b'"start"' in data and b'"end"' in data if b'"segments"' in data else b'"timestamps"' in data
        return timed and b'"text"' in data and any(b'"%s"' % key.encode() in data for key in _SEGMENTS)

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        """The segments, each on a line. Raises ContentError for JSON that is broken, and for one without such segments."""
        transcript = _parsed(data, name)
        segments = _segments(transcript)
        heard = _heard(segments)
        lines = list(_lines(heard))
        refuse_unread_marks(_unread(transcript, segments, heard), name)
        if not lines:
            raise ContentError(f"{name}: says nothing", hint="none of its segments has words and times")
        return Manuscript(lines=(*_front_matter(transcript), *lines), converted=True)


SEGMENT_FILE = _SegmentFile()


def _has_any(data: bytes, keys: Sequence[str]) -> bool:
    return any(b'"%s"' % key.encode() in data for key in keys)


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
    listed = next(((key, value) for key in _SEGMENTS if isinstance(value := transcript.get(key), list)), ("", []))
    segments = [segment for segment in listed[1] if isinstance(segment, dict)]
    times = [segment[key] for segment in segments for key in ("start", "end") if key in segment]
    if listed[0] == "utterances" and all(isinstance(time, int) for time in times):
        return [
            {**segment, **{key: segment[key] / 1000 for key in ("start", "end") if key in segment}}
            for segment in segments
        ]
    return segments


def _front_matter(transcript: Mapping[str, Any]) -> Sequence[str]:
    language = transcript.get("language")
    known = isinstance(language, str) and language.isascii() and language.isalpha() and len(language) <= _LONGEST_NAME
    return ("---", f"language: {language}", "---", "") if known else ()


def _heard(segments: Sequence[Segment]) -> Sequence[Segment]:
    """Those that are read: with words, and with times where any has them, else where any has a name."""
    timed, somebody = any(map(_times, segments)), any(map(_name, segments))
    return [segment for segment in segments if _text(segment) and (_times(segment) if timed else somebody)]


def _unread(transcript: Mapping[str, Any], segments: Sequence[Segment], heard: Sequence[Segment]) -> Iterator[str]:
    """What else the file says. All words a second time count only where the segments have no mark, though they may have."""
    yield from switches_in({key: transcript[key] for key in transcript if key not in _WORDS})
    read = frozenset(map(id, heard))
    for segment in segments:
        yield from switches_in({key: segment[key] for key in segment if key not in _OF_A_SEGMENT})
        if id(segment) not in read or not has_mark(_text(segment)):
            yield from (" ".join(segment[key].split()) for key in _REPEATED if isinstance(segment.get(key), str))
    if not has_mark(" ".join(map(_text, heard))):
        yield from _again(transcript)


def _again(transcript: Mapping[str, Any]) -> Iterator[str]:
    """All words a second time: as one text, and in each list that may be that of the segments."""
    again = transcript.get("text")
    if isinstance(again, str):
        yield again
    for listed in (value for key in _SEGMENTS if isinstance(value := transcript.get(key), list)):
        yield " ".join(one if isinstance(one, str) else _text(one) for one in listed if isinstance(one, str | dict))


def _lines(heard: Sequence[Segment]) -> Iterator[str]:
    somebody = any(map(_name, heard))
    for segment in heard:
        times, words = _times(segment), _text(segment)
        who = f"{_name(segment) or _NOBODY}: " if somebody else ""
        if times:
            yield f"[{_clock(times[0])} --> {_clock(times[1])}]  {who}{words}"
        else:
            yield from (f"{who}{words}", "")


def _text(segment: Segment) -> str:
    """Its words, on one line."""
    text = _first(segment, _TEXTS)
    return " ".join(text.split()) if isinstance(text, str) else ""


def _name(segment: Segment) -> str:
    name = _first(segment, _SPEAKERS)
    if isinstance(name, int) and not isinstance(name, bool):
        return f"Speaker {name}"[:_LONGEST_NAME]
    known = " ".join(name.replace(":", " ").split())[:_LONGEST_NAME] if isinstance(name, str) else ""
    return f"Speaker {known}" if len(known) == 1 else known


def _times(segment: Segment) -> tuple[float, float] | None:
    """From when to when, in seconds; whisper.cpp says it in words."""
    stamps = segment.get("timestamps")
    if isinstance(stamps, dict):
        return seconds_of(str(stamps.get("from", ""))), seconds_of(str(stamps.get("to", "")))
    begins, ends = _first(segment, _BEGINS), _first(segment, _ENDS)
    if isinstance(begins, int | float) and isinstance(ends, int | float) and 0 <= begins < _LONGEST_TIME and ends >= 0:
        return begins, min(ends, _LONGEST_TIME)
    return None


def _first(segment: Segment, keys: Sequence[str]) -> object:
    return next((segment[key] for key in keys if segment.get(key) is not None), None)


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"
