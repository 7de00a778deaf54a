"""Deciding what nobody can know: the evidence, and what each decision does."""
