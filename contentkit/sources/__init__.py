"""Read and redact: a file becomes a Source with Passages, without what was off the record."""

from contentkit.sources.read import off_record_shingles, parse_source, read_source

__all__ = ["off_record_shingles", "parse_source", "read_source"]
