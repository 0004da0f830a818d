"""Which addresses belong to the public internet, so that nobody's own network is asked in our name."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

#: newer than the tables of some Python that we run on, or public by number and private in fact
NOT_PUBLIC = tuple(
    ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments; a cloud's metadata service answers at 192.0.0.192
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # a cloud's metadata service
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",
        "2002::/16",  # 6to4 holds an IPv4 address
        "3fff::/20",
    )
)
UNICAST = IPv6Network(
    "2000::/3"
)  #: all that is given out; so ::1, fc00::/7, fe80::/10, 64:ff9b::/96, ::ffff:0:0/96 are not
METADATA = frozenset(map(ip_address, ("169.254.169.254", "fd00:ec2::254", "168.63.129.16", "100.100.100.200")))


def why_not_public(text: str) -> str:
    """Return why an address must not be asked, or nothing when it belongs to the public internet."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return "it is no address"
    if address in METADATA:
        return "a metadata service answers there"
    if address.is_loopback:
        return "it is this machine"
    if address.is_link_local or "%" in text:
        return "it is link-local"
    if isinstance(address, IPv6Address) and (inner := _inside(address)):
        return f"it stands for {inner}"
    if address.is_private:
        return "it is private"
    outside = isinstance(address, IPv6Address) and address not in UNICAST
    if outside or not address.is_global or address.is_multicast or any(address in net for net in NOT_PUBLIC):
        return "it is not on the public internet"
    return ""


def is_loopback(text: str) -> bool:
    """Return whether an address is this machine's own and nothing else."""
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def _inside(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a translator would ask instead."""
    number = int(address)
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in IPv6Network("64:ff9b::/96") or address in IPv6Network("64:ff9b:1::/48"):
        return IPv4Address(number & 0xFFFFFFFF)
    return None
