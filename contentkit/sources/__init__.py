"""Read and redact: a file becomes a Source with Passages, without what was off the record."""
