"""Read and redact: a file becomes a Source with Passages, without what was off the record."""

from contentkit.sources.copies import copied
from contentkit.sources.read import Reading, first_mark, off_record, on_record, parse_source, read_source, reading_of

__all__ = ["Reading", "copied", "first_mark", "off_record", "on_record", "parse_source", "read_source", "reading_of"]
