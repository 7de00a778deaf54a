"""``contentkit scale``: many teams, one database; this room's other modules know what belongs to it."""
