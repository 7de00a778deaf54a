"""Runs of sentences that could be posts: which stand alone, what each is worth, which become a thread."""
