"""One page that shows threads to whoever approves them: a file that needs no script, no network and no other file."""

from contentkit.views.page.document import MARKER, page
from contentkit.views.page.shown import Page, Quote, Work, version_of

__all__ = ["MARKER", "Page", "Quote", "Work", "page", "version_of"]
