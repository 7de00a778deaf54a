"""Which numbers are the public internet's."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.web.public import is_public


@pytest.mark.parametrize(
    "number",
    ["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "223.255.255.255",
     "2606:4700:4700::1111", "2a00:1450:4001:830::200e", "64:ff9b::808:808"],
)  # fmt: skip
def test_public_numbers_are_public(number: str) -> None:
    assert is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "number",
    ["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
     "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1",
     "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"],
)  # fmt: skip
def test_other_v4_numbers_are_not(number: str) -> None:
    assert not is_public(ipaddress.ip_address(number))


@pytest.mark.parametrize(
    "number",
    ["::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
     "64:ff9b:1::808:808", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:db8::1",
     "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
     "2606:4700::1%eth0", "fec0::1", "ff02::1"],
)  # fmt: skip
def test_other_v6_numbers_are_not_also_when_they_carry_a_v4_number(number: str) -> None:
    assert not is_public(ipaddress.ip_address(number))


@given(st.ip_addresses())
@settings(max_examples=300, deadline=None)
def test_what_python_calls_private_is_never_called_public(
    number: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if number.is_private or number.is_multicast or number.is_reserved or number.is_link_local or number.is_loopback:
        # 64:ff9b:: is reserved to Python, and carries a public v4 number here.
        assert not is_public(number) or number in ipaddress.ip_network("64:ff9b::/96")
