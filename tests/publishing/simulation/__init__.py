"""Whole lives of a calendar, each from one seed: networks that lose, hide and bill, a machine that dies, people who meddle.

The publisher, its journal, SQLite, the lock, the epoch and the receipts are the real ones, in real files; only the networks, the
clock and the people are simulated. What syncs to disk is not: the files lie in memory where the machine has such a folder. That
a commit survives the power is the subject of the power-loss images, so here losing power is being killed.
"""
