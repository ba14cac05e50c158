"""What the Bot API takes: every request checked against its published schema, and against what the schema says in prose."""

import json
import re
from collections.abc import Iterator
from typing import Any

from telegram_html import shown, utf16_length

_LIMIT = re.compile(r"(\d+)-(\d+) (characters|bytes)", re.IGNORECASE)
_CONSTANT = re.compile(r"must be ([a-z_]+)$")
_SCALARS: dict[str, tuple[type, ...]] = {"Integer": (int,), "Float": (int, float), "Boolean": (bool,), "True": (bool,), "String": (str,)}
_MARKED_UP = ("text", "message_text", "caption")

_PATTERNS = {
    "BotCommand.command": re.compile(r"[a-z0-9_]+"),
    "setWebhook.secret_token": re.compile(r"[A-Za-z0-9_-]+"),
    "InlineQueryResultsButton.start_parameter": re.compile(r"[A-Za-z0-9_-]+"),
    "sendChatAction.action": re.compile(
        r"typing|upload_photo|record_video|upload_video|record_voice|upload_voice|upload_document|choose_sticker|find_location"
        r"|record_video_note|upload_video_note"
    ),
    "InlineKeyboardButton.text": re.compile(r"\S.*", re.DOTALL),
    "InlineKeyboardButton.url": re.compile(r"(?:https?|tg)://[^\s]+"),
    "sendMessageDraft.draft_id": re.compile(r"-?[1-9]\d*"),
}
_LONGEST_LISTS = {"answerInlineQuery.results": 50, "setMyCommands.commands": 100}
_BUTTON_LOOKS = {"text", "icon_custom_emoji_id", "style"}


class Schema:
    """The Bot API's methods and types, as aiogram's source distribution has them."""

    def __init__(self, text: str) -> None:
        children = [child for group in json.loads(text)["items"] for child in group["children"]]
        self._members: dict[str, list[dict[str, Any]]] = {child["name"]: child["annotations"] for child in children}
        self._unions = {
            child["name"]: re.findall(r"^ - (\w+)$", child["description"], re.MULTILINE)
            for child in children
            if child["name"][0].isupper() and not child["annotations"]
        }

    def problems(self, method: str, form: dict[str, str]) -> list[str]:
        """What is wrong with a request; empty when nothing is. ValueError, in Telegram's words, for markup that it would refuse."""
        if method not in self._members:
            return [f"{method}: no such method"]
        kinds = {member["name"]: member["type"] for member in self._members[method]}
        values = {name: _decoded(value, kinds.get(name, "String")) for name, value in form.items()}
        return list(self._object(method, _as_shown(values)))

    def _object(self, kind: str, values: dict[str, Any]) -> Iterator[str]:
        if kind in self._unions:
            yield from self._any_of(self._unions[kind], values)
            return
        members = {member["name"]: member for member in self._members[kind]}
        yield from (f"{kind}: unknown {name!r}" for name in values.keys() - members.keys())
        if kind == "InlineKeyboardButton" and len(values.keys() - _BUTTON_LOOKS) != 1:
            yield f"{kind}: not exactly one thing to do in {sorted(values)}"
        for name, member in members.items():
            if name in values:
                yield from self._value(f"{kind}.{name}", member, values[name])
            elif member["required"]:
                yield f"{kind}: {name!r} is missing"

    def _any_of(self, kinds: list[str], values: dict[str, Any]) -> Iterator[str]:
        """What is wrong with the likeliest member of a union; a union that does not name its members takes anything."""
        wrong = [list(self._object(kind, values)) for kind in kinds]
        yield from min(wrong, key=len, default=[])

    def _value(self, path: str, member: dict[str, Any], value: Any) -> Iterator[str]:
        wrong = [list(self._kind(path, kind, value)) for kind in member["type"].split(" or ")]
        yield from min(wrong, key=len)
        limit = _LIMIT.search(member["description"])
        if limit and isinstance(value, str) and not int(limit[1]) <= _length(value, limit[3]) <= int(limit[2]):
            yield f"{path}: {_length(value, limit[3])} is not within {limit[0]}"
        constant = _CONSTANT.search(member["description"])
        if constant and value != constant[1]:
            yield f"{path}: {value!r} is not {constant[1]!r}"
        if path in _PATTERNS and not _PATTERNS[path].fullmatch(str(value)):
            yield f"{path}: {value!r} is not allowed"
        if isinstance(value, list) and len(value) > _LONGEST_LISTS.get(path, len(value)):
            yield f"{path}: {len(value)} are more than {_LONGEST_LISTS[path]}"

    def _kind(self, path: str, kind: str, value: Any) -> Iterator[str]:
        if kind.startswith("Array of ") and isinstance(value, list):
            for number, item in enumerate(value):
                yield from self._kind(f"{path}[{number}]", kind.removeprefix("Array of "), item)
        elif kind in self._members and isinstance(value, dict):
            yield from self._object(kind, value)
        elif not isinstance(value, _SCALARS.get(kind, ())) or (isinstance(value, bool) and kind in ("Integer", "Float")):
            yield f"{path}: {value!r} is not {kind}"


def _as_shown(value: Any) -> Any:
    """A request with every text as a reader sees it, since Telegram counts after parsing."""
    if isinstance(value, list):
        return [_as_shown(item) for item in value]
    if not isinstance(value, dict):
        return value
    told = {name: _as_shown(item) for name, item in value.items()}
    for name in _MARKED_UP:
        if isinstance(told.get(name), str):
            told[name] = shown(told[name]).text if told.get("parse_mode") == "HTML" else told[name].strip()
    return told


def _length(text: str, unit: str) -> int:
    return len(text.encode()) if unit.lower() == "bytes" else utf16_length(text)


def _decoded(value: str, kind: str) -> Any:
    if kind == "String":
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
