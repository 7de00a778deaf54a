"""A Draft and its Renditions become Problems: what has no support, and what breaks a rule."""
