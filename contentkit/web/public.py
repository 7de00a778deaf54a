"""Which addresses belong to the public internet. Everything else may be somebody's inside: it is reached by nobody's order.

The list stands here and not in ``ipaddress``, whose answers differ between versions of Python. Whole blocks that hold no
web pages are left out, also where single addresses of them could be reached.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

# IANA's registry of special addresses, and what lies outside of it but inside of something.
_CLOSED_V4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network; 0.0.0.0 reaches this machine
            "10.0.0.0/8",
            "100.64.0.0/10",  # between a provider and its customers (CGNAT)
            "127.0.0.0/8",
            "168.63.129.16/32",  # a public number under which a cloud answers its own machines only
            "169.254.0.0/16",  # link-local; 169.254.169.254 is where clouds hand out credentials
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",  # documentation
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
# Only this part of IPv6 is given out: loopback, v4-mapped, unique local, link-local and multicast ones lie outside.
_OPEN_V6 = IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols: Teredo, which carries a v4 address, ORCHID, benchmarks
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4, which carries a v4 address
            "3fff::/20",  # documentation
        ),
    )
)
# Networks without IPv4 reach it through this prefix: the v4 address stands at the end and decides.
_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: Address) -> bool:
    """Whether this is an address of the public internet, as far as a number can tell."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address.scope_id is None and address in _OPEN_V6 and not any(address in one for one in _CLOSED_V6)
