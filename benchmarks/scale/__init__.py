"""What the journal on PostgreSQL costs, and what follows from it for more accounts than anybody has here."""
