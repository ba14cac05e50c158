"""What is refused by a request's address and origin alone, before anybody looks at the rest of it."""

import re
from ipaddress import ip_address
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.doors import Access
from api.errors import FORBIDDEN_HOST, FORBIDDEN_ORIGIN, TOKEN_NEEDED, error_response
from api.middleware import HEADERS

METHODS = ("GET", "POST", "DELETE")
SENT = ("Authorization", "Content-Type", "Last-Event-ID", "X-Request-Id")
STAINLESS = ("Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version", "Retry-Count", "Timeout", "Helper-Method")
OF_OPENAI = ("User-Agent", *(f"X-Stainless-{name}" for name in STAINLESS))  # what its JavaScript client says of itself; nothing here reads it
SHOWN = ("Retry-After", "X-Request-Id")
HARMLESS = ("GET", "HEAD", "OPTIONS")
IN_ADDRESS = (
    "A token does not belong in an address, where logs and histories keep it: send it in the header Authorization: Bearer TOKEN, and get a new one."
)

TOKEN = re.compile(rb"(?<![\w-])eyJ[\w-]*\.[\w-]+\.")  # eyJ is what base64url makes of {"
_NAMED = re.compile(rb"(^|&)(access_token|id_token|token|jwt|authorization)=", re.IGNORECASE)


class _Cors(CORSMiddleware):
    """Starlette's, with our error for the preflight of a stranger."""

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code != 200:
            response = error_response(FORBIDDEN_ORIGIN)
            response.headers["Vary"] = self.preflight_headers["Vary"]
        response.headers.update(HEADERS)
        return response


def cors(access: Access) -> Middleware:
    """Lets pages of the allowed origins read what is answered, errors too; the cookie of open doors may come with them."""
    return Middleware(
        _Cors,
        allow_origins=access.origins,
        allow_methods=METHODS,
        allow_headers=SENT + OF_OPENAI,
        expose_headers=SHOWN,
        allow_credentials=True,
        max_age=600,
    )


class Gate:
    """Refuses tokens in addresses, strangers' pages that would change something, and, where only this machine may ask, other names for it."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else None
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if self._access.this_machine and not _is_this_machine(headers.get("host", "localhost")):
            return error_response(FORBIDDEN_HOST)
        if _holds_token(scope):
            refusal = error_response(TOKEN_NEEDED, IN_ADDRESS)
            refusal.headers["WWW-Authenticate"] = "Bearer"
            return refusal
        if scope["method"] not in HARMLESS and self._is_forged(headers):
            return error_response(FORBIDDEN_ORIGIN)
        return None

    def _is_forged(self, headers: Headers) -> bool:
        """Whether a page that may not ask sends this, perhaps with a cookie that is not its own: the steps of Go's net/http.CrossOriginProtection."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin in self._access.origins:
            return False
        if site is not None:
            return site not in ("same-origin", "none")
        return origin is not None and origin.partition("://")[2] != headers.get("host")


def _holds_token(scope: Scope) -> bool:
    query = scope["query_string"]
    return bool(_NAMED.search(query) or TOKEN.search(unquote_to_bytes(query)) or TOKEN.search(scope["path"].encode()))


def _is_this_machine(host: str) -> bool:
    """Whether a Host header names what every machine calls itself: another name may be anybody's, and lead here (DNS rebinding)."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
