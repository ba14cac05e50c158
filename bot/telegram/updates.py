"""What Telegram delivers, so that an update which the library cannot read takes none of the others with it."""

import logging
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.outline import outline

log = logging.getLogger(__name__)

_IDS = range(2**63)  # what an inbox holds


def readable(raw: object) -> dict[str, Any] | None:
    """`raw` if the library can read it, its id alone if it cannot, which the log says; None for what is no update at all."""
    if not isinstance(raw, dict) or type(raw.get("update_id")) is not int or raw["update_id"] not in _IDS:
        return None
    try:
        Update.de_json(raw)
    except Exception as error:
        log.warning("skipped an update that cannot be read: %s", outline(error))
        return {"update_id": raw["update_id"]}
    return raw


class UpdatesRequest(HTTPXRequest):
    """Fetches what is ``readable``; TelegramError for an answer that is not Telegram's, or holds no update though it is not empty."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What Telegram answered, with the updates that can be read."""
        try:
            answer: Any = HTTPXRequest.parse_json_payload(payload)
        except RecursionError:
            answer = None
        if not isinstance(answer, dict):
            raise TelegramError("no answer of Telegram")
        return answer | {"result": _updates(answer.get("result"))} if answer.get("ok") is not False else answer


def _updates(delivered: object) -> list[dict[str, Any]]:
    updates = [update for raw in delivered if (update := readable(raw)) is not None] if isinstance(delivered, list) else []
    if not updates and delivered != []:
        raise TelegramError("no update")
    return updates
