"""The journal on PostgreSQL, for teams that one machine no longer serves: the same verbs, the same words of SQL."""
