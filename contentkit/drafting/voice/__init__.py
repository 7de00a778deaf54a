"""How one founder writes: learnt from their own posts, told on a card that people read and edit, compared with drafts.

``habits`` counts, ``learning`` sums up, ``card`` and ``writing`` read and write ``voices/<person>.yaml``, ``examples`` keeps
the posts, ``scoring`` compares a draft, ``edits`` proposes rules. ``loading`` is where drafters get a voice from.
"""
