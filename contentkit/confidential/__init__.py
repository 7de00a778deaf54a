"""``confidential.txt``: names and terms that no model may see and nobody may publish. The list itself is a secret.

One name a line, other spellings behind a bar, remarks behind ``#``::

    Acme Corp | Acme, ACME Inc.
    Project Nightjar            # until spring

A name is found again in any case, with or without accents, in look-alike letters, over hyphens, punctuation and line
ends, with an ``s`` behind it, run together (``AcmeCorp``) and inside of handles, tags and addresses; else as whole words only.

Nothing here shows a name: not a message, not a repr. Nothing that is derived from the list is stored.
"""

from contentkit.confidential.listed import load_confidential, parse_confidential
from contentkit.confidential.veil import Confidential, is_veiled, recalls_placeholder
from contentkit.whereabouts import CONFIDENTIAL_NAME

__all__ = [
    "CONFIDENTIAL_NAME",
    "Confidential",
    "is_veiled",
    "load_confidential",
    "parse_confidential",
    "recalls_placeholder",
]
