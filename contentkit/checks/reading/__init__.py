"""How a sentence is read: its words and their roots, clauses, marks of denial and doubt, whom it names."""
