"""How updates reach a bot: it asks for them and confirms them, or they are pushed to its webhook until it takes them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
from telegram_account import Account, Update, Webhook
from telegram_faults import POLLED_BY_ANOTHER, WEBHOOK_IS_SET, Refused
from telegram_methods import Request, Upstream, allow

LOOK_EVERY_S = 0.03
PUSH_TRIES = 50
PUSH_AGAIN_S = 0.1


async def fetch(account: Account, upstream: Upstream) -> None:
    """Moves what students did from the emulator into the bot's queue."""
    for update in await upstream.call("getUpdates", {}):
        del update["update_id"]  # the emulator counts its own; raw updates and these must not cross
        account.deliver(update)


async def get_updates(request: Request, gone: Callable[[], Awaitable[bool]]) -> list[Update]:
    """The updates that wait, as soon as there are any, at the latest after the timeout; those below the offset are confirmed."""
    account = request.account
    if account.webhook is not None:
        raise Refused(WEBHOOK_IS_SET)
    account.polls += 1
    poll = account.polls
    allow(request)
    offset, limit = int(request.form.get("offset", 0)), int(request.form.get("limit", 100))
    account.pending[:] = [update for update in account.pending if update["update_id"] >= offset]
    deadline = time.monotonic() + int(request.form.get("timeout", 0))
    while True:
        await fetch(account, request.upstream)
        if account.pending or time.monotonic() >= deadline or await gone():
            return account.pending[:limit]
        await asyncio.sleep(LOOK_EVERY_S)
        if account.polls != poll:
            raise Refused(POLLED_BY_ANOTHER)


@dataclass
class Pusher:
    """Pushes the updates of bots that have a webhook."""

    client: httpx2.AsyncClient
    _pushing: set[asyncio.Task[None]] = field(default_factory=set)

    async def push(self, account: Account, upstream: Upstream) -> None:
        """Sends off what waits, without waiting for it to arrive."""
        if account.webhook is None:
            return
        await fetch(account, upstream)
        while account.pending:
            task = asyncio.create_task(self._until_taken(account.webhook, account.pending.pop(0)))
            self._pushing.add(task)
            task.add_done_callback(self._pushing.discard)

    async def _until_taken(self, webhook: Webhook, update: Update) -> None:
        for _ in range(PUSH_TRIES):
            refusal = await self._once(webhook, update)
            if refusal is None:
                return
            webhook.refusals.append(refusal)
            await asyncio.sleep(PUSH_AGAIN_S)

    async def _once(self, webhook: Webhook, update: Update) -> str | None:
        headers: dict[str, Any] = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret is not None else {}
        try:
            response = await self.client.post(webhook.url, json=update, headers=headers)
        except httpx2.HTTPError as error:
            return f"Connection failed ({type(error).__name__})"
        return None if response.is_success else f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
