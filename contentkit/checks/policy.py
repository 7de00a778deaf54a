"""The manners of a post, under their former name."""

from contentkit.checks.manners import check_hidden
from contentkit.checks.manners import check_manners as check_policy

__all__ = ["check_hidden", "check_policy"]
