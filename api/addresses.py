"""Where a request comes from, and what of it counts as one place."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from starlette.requests import Request

HOST_BITS = 64  # of an IPv6 address: whoever has one has all addresses of its /64


def client_of(request: Request) -> str:
    """The address that a request came from."""
    return request.client.host if request.client else "unknown"


def network_of(client: str) -> str:
    """What is counted as one address: an IPv4 address, an IPv6 /64, and whatever is no address as it is."""
    try:
        address: IPv4Address | IPv6Address | None = ip_address(client)
    except ValueError:
        return client
    if isinstance(address, IPv6Address):
        network = IPv6Network((int(address) >> HOST_BITS << HOST_BITS, HOST_BITS))
        return str(address.ipv4_mapped or network)
    return str(address)
