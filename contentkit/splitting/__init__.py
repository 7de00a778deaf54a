"""Cuts a text into the parts of a thread where an editor would: between paragraphs rather than within, between words at worst.

What makes sense only as a whole is never cut: links, mentions, tags, code, a character with all that is joined to it. Numbers
stay with their units and signs wherever a part has room for both. Of all threads that fit, the cheapest by a table of prices is
taken: one for places where each part costs money (``balanced``), one for the others (``sentence-first``).

Pure: the same text, limit and counter give the same parts everywhere. How a network counts is an argument.
"""

from contentkit.splitting.indents import with_even_indents
from contentkit.splitting.kinds import Style
from contentkit.splitting.pieces import Measure, Unsplittable
from contentkit.splitting.threads import split
from contentkit.splitting.whole import Spans, code_in

__all__ = ["Measure", "Spans", "Style", "Unsplittable", "code_in", "split", "with_even_indents"]
