"""Where a request comes from, as a real server takes it: from its connection, unless a proxy that the settings name says otherwise."""

import asyncio
import socket

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from uvicorn import Server

from navigator.server import config_of
from navigator.settings import Settings


async def tells(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that tells from where it is asked."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    request = Request(scope)
    assert request.client is not None
    await PlainTextResponse(f"{request.url.scheme} {request.client.host}")(scope, receive, send)


async def heard(proxies: str | None, **headers: str) -> str:
    """What the app hears of a request that comes from this machine with these headers."""
    server = Server(config_of(Settings(trusted_proxies=proxies), tells))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", trust_env=False) as client:
                return (await client.get("/", headers={name.replace("_", "-"): value for name, value in headers.items()})).text
        finally:
            server.should_exit = True
            await serving


@pytest.mark.parametrize(
    ("proxies", "forwarded", "comes"),
    [
        (None, "192.0.2.9", "127.0.0.1"),
        ("10.0.0.0/8", "192.0.2.9", "127.0.0.1"),
        ("127.0.0.1", "192.0.2.9", "192.0.2.9"),
        ("10.0.0.0/8, 127.0.0.0/8", "192.0.2.9", "192.0.2.9"),
        ("127.0.0.1", "198.51.100.7, 192.0.2.9", "192.0.2.9"),  # what stands before was said by whoever asks
        ("127.0.0.1,10.0.0.0/8", "198.51.100.7, 192.0.2.9, 10.1.2.3", "192.0.2.9"),
        ("127.0.0.1", "2001:db8::5", "2001:db8::5"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
async def test_only_named_proxies_are_believed(proxies: str | None, forwarded: str, comes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    scheme = "https" if comes != "127.0.0.1" else "http"
    sent = {"x_forwarded_for": forwarded, "x_forwarded_proto": "https"} if forwarded else {"x_forwarded_for": ""}
    assert await heard(proxies, **sent) == f"{scheme} {comes}"
