"""Notes typed in a talk: their lines, what each is worth, and the posts that they become."""
