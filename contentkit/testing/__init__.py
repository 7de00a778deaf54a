"""For authors of plug-ins: what contentkit expects of a platform and of a drafter, as tests to inherit.

    from contentkit.testing import Network, PlatformContract

    class TestGuestbook(PlatformContract):
        platform = Guestbook()

        @pytest.fixture
        def network(self): ...

Beside them are a server on 127.0.0.1 (``loopback``) and a proxy that plays network faults (``faulty_proxy``).
This package alone needs pytest; nothing else of contentkit imports it.
"""

import pytest

# Before they are imported, so that a failing test shows the values it compared.
pytest.register_assert_rewrite(*(f"contentkit.testing.{name}" for name in ("drafters", "platforms", "wires")))

from contentkit.testing.drafters import DrafterContract  # noqa: E402
from contentkit.testing.network import Network  # noqa: E402
from contentkit.testing.platforms import PlatformContract  # noqa: E402

__all__ = ["DrafterContract", "Network", "PlatformContract"]
