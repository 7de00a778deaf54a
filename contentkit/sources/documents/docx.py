"""Word documents, told from other archives. What reads them is imported for one that is there."""

from __future__ import annotations

from contentkit.sources.manuscript import Manuscript


class _Docx:
    name = "Word document"

    def recognises(self, data: bytes, name: str) -> bool:
        if not data.startswith(b"PK\x03\x04"):
            return False
        return name.lower().endswith((".docx", ".docm", ".dotx")) or b"word/document" in data[-200_000:]

    def manuscript(self, data: bytes, name: str) -> Manuscript:
        from contentkit.sources.documents.word import manuscript_of

        return manuscript_of(data, name)


DOCX = _Docx()
