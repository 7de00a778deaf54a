"""Entries, slots and time: reading the calendar, and editing it without touching what it need not."""
