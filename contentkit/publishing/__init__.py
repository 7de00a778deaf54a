"""Due entries become Publications: the journal, the publisher, looking for what may have been sent."""
