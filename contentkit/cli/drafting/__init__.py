"""What ``draft`` and ``redraft`` are made of: the wish, the drafter, the file, what is shown."""
