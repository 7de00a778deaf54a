"""What programs put among the messages of a chat: where a picture was, who reacted, how many answered."""

from __future__ import annotations

import re

_LONGEST = 400
_NO_SPEECH = re.compile(
    "[\u200e\u200f]?(?:"
    # WhatsApp, Telegram
    r"<[^<>]{1,40}>|\[(?:photo|video|sticker|voice message|file|gif|poll|location|contact|album)(?: [^\[\]]{1,60})?\]"
    r"|\[(?:in reply to|forwarded from) [^\[\]]{1,80}\]|<?attached: .{1,200}>?|.{1,200} \((?:file attached|datei angehängt)\)"
    r"|null|(?:image|video|audio|sticker|gif|document|contact card|imagen|vídeo|documento) (?:omitted|omitid[oa])"
    r"|this message was deleted\.?|you deleted this message\.?|(?:missed )?(?:voice|video) call\.?"
    r"|messages and calls are end-to-end encrypted\..{0,200}"
    # Zoom
    r"|(?:reacted to|replying to|removed an? .{1,40} reaction from) [\"“].{0,300}"
    # Slack, Teams, Otter
    r"|\(?edited\)?|new|\d{1,4} repl(?:y|ies)|last reply .{1,40}|view thread|also sent to the channel"
    r"|(?::[a-z0-9_+-]{1,40}:[ ]?)+\d{0,4}|.{1,60} (?:started|stopped) transcription|transcribed by https?://\S{1,100}"
    r")",
    re.IGNORECASE,
)


def is_no_speech(line: str) -> bool:
    """Whether a program says this, not a person."""
    said = line.strip()
    return len(said) <= _LONGEST and _NO_SPEECH.fullmatch(said) is not None
