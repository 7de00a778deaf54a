"""What ``contentkit review`` gives to its screen, and the same walk line by line."""
