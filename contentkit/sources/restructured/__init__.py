"""reStructuredText, as blogs and documentation of Python projects have it: read as Markdown, line by line."""
