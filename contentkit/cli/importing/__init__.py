"""What ``contentkit import`` takes in: archives of networks, an account's own list of posts, visits that a website counted."""
