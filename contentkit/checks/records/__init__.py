"""What the sources say, indexed and read once: sentences, people, dates, and where each stands."""
