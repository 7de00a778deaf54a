"""How long a text is to each network, and what each takes for a link. One module per network, pure functions, linear time."""
