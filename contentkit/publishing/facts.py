"""What a journal knows of itself, by name: a journal in the field has these very words."""

from __future__ import annotations

from enum import StrEnum


class Fact(StrEnum):
    """One thing that the journal notes beside publications and accounts; each is text, and empty where it was never noted."""

    ID = "id"
    MACHINE = "machine"
    # Raised with each run that may send: tells an older copy.
    COUNTER = "counter"
    # Since when, and why; empty while publishing goes on.
    STOPPED = "stopped"
    # The moment of it, and the stops that are over.
    STOPPED_AT = "stopped at"
    STOPS = "stops"
    # When a person made this machine the publisher.
    TAKEN_OVER = "taken_over"
    # The ids that a journal on PostgreSQL had before somebody took it over: hosts that knew it by these go on.
    TAKEN_FROM = "ids before takeovers"
    # When its move to PostgreSQL began: from then on nothing is written here.
    MOVING = "moving"
    # The calendar in which no approval was strange to this journal.
    NOTHING_STRANGE = "calendar without strange approvals"
    # The receipts that were looked through for another publisher.
    RECEIPTS_SEEN = "receipts looked through"
    # The newest confirmation up to which every part has its receipt.
    RECEIPTS_WRITTEN = "receipts written"
    # When which account was asked who we are, ahead of what is due there.
    ASKED_AHEAD = "accounts asked ahead"
    # The files and refs in which approvals that come with git were looked for.
    ADMITTED = "approvals looked through"
    # How many more posts the network of each account takes, and until when, as it said last.
    ALLOWANCES = "what the networks still take"
