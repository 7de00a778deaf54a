"""A model of the publishing protocol, and a checker that walks through everything that may happen in it.

The model is of the protocol as contentkit/publishing has it: whoever changes one changes the other, and a test compares
the moves of both. ``python -m tests.model`` prints what was explored.
"""
