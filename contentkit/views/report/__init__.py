"""A report for whoever pays for the work or leads it: one page that needs no network, Markdown, and pictures for slides."""
