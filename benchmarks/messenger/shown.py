"""A bot's message as plain text: what its reader sees, links and buttons written out."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote


def shown(message: dict[str, Any]) -> str:
    """The text with the address behind each link, and the rows of buttons below it as ``[ label ]``."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join([_with_links(message["text"], message.get("entities", ())), *(_row(row) for row in rows)])


def labels(message: dict[str, Any]) -> list[dict[str, Any]]:
    """Its buttons that can be pressed, row by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row if "callback_data" in button]


def _row(row: Sequence[dict[str, Any]]) -> str:
    return "  ".join(f"[ {button['text']} ]" + (f" ({unquote(button['url'])})" if "url" in button else "") for button in row)


def _with_links(text: str, entities: Sequence[dict[str, Any]]) -> str:
    """Telegram counts in UTF-16 units."""
    raw = text.encode("utf-16-le")
    links = sorted((entity for entity in entities if entity["type"] == "text_link"), key=lambda entity: -int(entity["offset"]))
    for link in links:
        end = 2 * (link["offset"] + link["length"])
        raw = raw[:end] + f" ({unquote(link['url'])})".encode("utf-16-le") + raw[end:]
    return raw.decode("utf-16-le")
