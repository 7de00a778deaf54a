"""What networks bill: the prices, and what was asked of them."""
