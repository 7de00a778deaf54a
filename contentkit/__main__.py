"""``python -m contentkit``."""

from contentkit.cli.main import main

main()
