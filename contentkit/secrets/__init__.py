"""What opens an account: where it is kept, and for how long it holds."""
