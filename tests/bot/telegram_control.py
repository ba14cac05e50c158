"""The stand-in's back door, for programs that are not in its process: open an account, look into it, hand it raw updates."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from telegram_account import Account
from telegram_shim import Shim

AccountOf = Callable[[Request], Account]


def control(shim: Shim) -> Mount:
    """Routes below ``/sim``: ``POST /sim/TOKEN`` opens an account, ``GET`` sums it up; below it ``/chats``, ``/calls?since=N``, ``/updates``.

    ``GET /sim/emulator`` tells where the students' side is.
    """

    def account_of(request: Request) -> Account:
        return shim.accounts[request.path_params["token"]]

    async def opened(request: Request) -> Response:
        shim.tokens.add(request.path_params["token"])
        account_of(request).stops_floods = True
        return Response(status_code=204)

    async def emulator(_: Request) -> Response:
        return JSONResponse({"address": shim.upstream})

    async def summed_up(request: Request) -> Response:
        return JSONResponse(_summary(account_of(request)))

    async def chats(request: Request) -> Response:
        account, shown = account_of(request), dict[str, list[Any]]()
        for (chat_id, _), message in list(account.messages.items()):
            shown.setdefault(str(chat_id), []).append(message)
        return JSONResponse({"messages": shown, "drafts": {str(chat): account.draft(chat) for chat in account.drafts}})

    async def calls(request: Request) -> Response:
        since = int(request.query_params.get("since", 0))
        calls = account_of(request).calls[since:]
        told = [{"method": call.method, "form": call.form, "at": call.at, "refused": call.fault is not None} for call in calls]
        return JSONResponse(told)

    async def updates(request: Request) -> Response:
        return JSONResponse(account_of(request).deliver(await request.json()))

    routes = [
        Route("/emulator", emulator),
        Route("/{token}", opened, methods=["POST"]),
        Route("/{token}", summed_up),
        Route("/{token}/chats", chats),
        Route("/{token}/calls", calls),
        Route("/{token}/updates", updates, methods=["POST"]),
    ]
    return Mount("/sim", routes=routes)


def _summary(account: Account) -> dict[str, Any]:
    floods = Counter(flood.limit.name for flood in account.meter.floods)
    return {
        "calls": Counter(call.method for call in account.calls),
        "refused": Counter(f"{call.method}: {call.fault.description}" for call in account.calls if call.fault is not None),
        "violations": account.violations,
        "floods": floods,
        "busiest_second": account.meter.busiest_second,
    }
