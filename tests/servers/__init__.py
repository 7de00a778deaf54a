"""Real servers on 127.0.0.1 for tests: a network that fails, a strict server, and mastodon-mock."""
