"""What somebody published themselves, out of what the networks hand out: an archive of X, an export of Mastodon.

Archives come from anywhere. Nothing of one is written to a disk, only the parts that are wanted are unpacked, and of
those no more than can be read.
"""

from contentkit.sources.own_posts.gathered import Gathered
from contentkit.sources.own_posts.reading import own_posts_in

__all__ = ["Gathered", "own_posts_in"]
