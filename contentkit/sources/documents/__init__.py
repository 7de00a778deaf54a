"""Documents that are no text a person would read: what they say, as Markdown."""
