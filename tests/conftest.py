from __future__ import annotations

import signal

# A shell starts what it runs in the background with Ctrl-C ignored, and programs inherit that: then no test could press it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
