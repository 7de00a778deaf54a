"""The server under all the servers here is shipped: see ``contentkit.testing.loopback``."""

from contentkit.testing.loopback import Answer, HangUp, LoopbackServer, Reply, Request, Truncated

__all__ = ["Answer", "HangUp", "LoopbackServer", "Reply", "Request", "Truncated"]
