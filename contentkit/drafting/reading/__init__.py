"""What a source says, sentence by sentence: which lines each stands on, what it is like, what is furniture."""
