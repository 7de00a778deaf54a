"""Draft and Rendition -> Problems: does every post rest on its source, and may it go out as it stands?

The ids are stable: waivers in drafts name them. An error blocks the approval until it is mended or waived by name.

======  ========  =====================================================================================
id      severity  what it finds
======  ========  =====================================================================================
CK101   error     a post that points at no lines of a source
CK102   error     evidence that names a source that is not there
CK103   error     evidence that points past the end of its source, or at lines that say nothing
CK104   error     evidence whose source changed since
CK190   warning   a waiver that matches no finding, or of a check that cannot be waived
CK201   error     a number that no source has, or has with another unit only
CK202   warning   a number outside of the cited lines, rounded, or counted by the writer
CK203   error     a date or a part of one that stands neither in the cited lines nor beside them
CK204   error     a quotation of three words or more, or beside a verb of speech, that no source has letter for letter
CK205   error     a link that neither the draft's front matter nor its sources have; also a name that a network makes one of
CK206   error     an @handle that no source has, or an ``@{person}`` (of people.yaml) whom none names
CK207   error     a name that no source has (English and Spanish)
CK208   warning   a name outside of the cited lines and their neighbours (English and Spanish)
CK209   warning   a hashtag that is neither a tag of the draft nor made of words of its sources
CK210   warning   a quotation outside of the cited lines, or with sentences left out silently
CK220   warning   a superlative or absolute that the cited lines do not use (English and Spanish)
CK221   warning   a doubt of the source that the post drops (English and Spanish)
CK222   warning   a negation that the source has and the post has not, or the other way (English and Spanish)
CK230   warning   a number, date, quotation, link, handle or name of an alt text that no source has
CK301   error     a character that readers cannot see (cannot be waived)
CK302   error     leftover markup: Markdown links, HTML, shortcodes, attribute lists, an unresolved @{person}
CK303   error     words that were said off the record (cannot be waived)
CK304   error     a name or number that was said off the record only
CK305   warning   a source whose words off the record cannot be compared; an approval waits until it is waived
CK306   error     a file that git tracks and that holds words off the record, or may (cannot be waived)
CK307   error     a name that confidential.txt lists, in what is published or goes into git with it (cannot be waived)
CK308   warning   a source that leaves open what is off the record; an approval waits until it is waived
CK310   error     a part longer than its account allows that cannot be split (cannot be waived)
CK311   error     an empty part, or a thread of which nothing is for an account (cannot be waived)
CK312   error     a picture or film that cannot be sent, or that an account would not take (cannot be waived)
CK313   error     a picture without alt text
CK314   error     a content warning or a visibility that an account's network does not have (cannot be waived)
CK315   error     two parts of one thread with the same words; a warning where the network takes them (cannot be waived)
CK316   error     what is under embargo, before its time (cannot be waived); a warning for a draft without a time
CK317   error     a thread without a language, where its network wants to know it (cannot be waived)
CK318   error     a post that is ``only:`` or ``instead:`` for a name that is no account and no platform (cannot be waived)
CK319   error     a handle in people.yaml on a network that nobody knows, or without the server it needs (cannot be waived)
CK320   warning   a code fence, which networks show as it stands
CK321   warning   more than three hashtags in a post
CK322   warning   five or more words in capitals
CK323   warning   Markdown emphasis, which networks show as it stands
CK324   warning   an alt text that names the file, says that it is a picture, or goes on too long (English and Spanish)
CK325   warning   a sentence that is split between two parts
CK326   warning   links in several parts, where its network bills each such part more
CK327   warning   a name that its network makes a link of, and bills as one (``setup.py`` on X)
======  ========  =====================================================================================

What the checks cannot see: a number or name swapped for another of the same cited lines, and a sense turned around
in other words. A person reads every post beside its lines; the checks say where to look first.
"""

from contentkit.checks.confidential import check_names
from contentkit.checks.discretion import discreet
from contentkit.checks.draft import check_draft, check_leaked
from contentkit.checks.embargoes import check_embargo
from contentkit.checks.leaks import check_entry
from contentkit.checks.money import check_cost
from contentkit.checks.networks import check_networks
from contentkit.checks.rendition import check_cuts, check_lacking, check_language, check_rendition, check_repeats

__all__ = [
    "check_cost",
    "check_cuts",
    "check_draft",
    "check_embargo",
    "check_entry",
    "check_lacking",
    "check_language",
    "check_leaked",
    "check_names",
    "check_networks",
    "check_rendition",
    "check_repeats",
    "discreet",
]
