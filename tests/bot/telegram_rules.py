"""What the Bot API takes: every request checked against its published schema, and HTML read as strictly as Telegram does."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

TAGS = frozenset(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"])

_TAG = re.compile(r"<(/?)([a-z-]+)((?:\s+[a-z]+=\"[^\"<>]*\")*)>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);")  # Telegram knows no other
_LIMIT = re.compile(r"(\d+)-(\d+) (?:characters|bytes)")
_SCALARS: dict[str, tuple[type, ...]] = {"Integer": (int,), "Float": (int, float), "Boolean": (bool,), "True": (bool,), "String": (str,)}


def visible(markup: str) -> str:
    """The text that Telegram shows for `markup`; ValueError, in Telegram's words, where it would refuse it."""
    open_tags: list[str] = []
    for closing, name, _ in _TAG.findall(markup):
        if name not in TAGS:
            raise ValueError(f'can\'t parse entities: Unsupported start tag "{name}"')
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            raise ValueError(f'can\'t parse entities: Unmatched end tag "{name}"')
    text = _TAG.sub("", markup)
    if open_tags or "<" in text:
        raise ValueError("can't parse entities: Can't find end tag")
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def utf16_length(text: str) -> int:
    """Length as Telegram counts it."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


class Schema:
    """The Bot API's methods and types, as aiogram's source distribution has them."""

    def __init__(self, text: str) -> None:
        groups = json.loads(text)["items"]
        self._members: dict[str, list[dict[str, Any]]] = {child["name"]: child["annotations"] for group in groups for child in group["children"]}

    def problems(self, method: str, form: dict[str, str]) -> list[str]:
        """What is wrong with a request; empty when nothing is."""
        if method not in self._members:
            return [f"{method}: no such method"]
        kinds = {member["name"]: member["type"] for member in self._members[method]}
        return list(self._object(method, {name: _decoded(value, kinds.get(name, "String")) for name, value in form.items()}))

    def _object(self, kind: str, values: dict[str, Any]) -> Iterator[str]:
        members = {member["name"]: member for member in self._members[kind]}
        if not members and values and kind[0].isupper():
            return  # a union of types: which of them is not said
        yield from (f"{kind}: unknown {name!r}" for name in values.keys() - members.keys())
        for name, member in members.items():
            if name in values:
                yield from self._value(f"{kind}.{name}", member, values[name])
            elif member["required"]:
                yield f"{kind}: {name!r} is missing"

    def _value(self, path: str, member: dict[str, Any], value: Any) -> Iterator[str]:
        wrong = [list(self._kind(path, kind, value)) for kind in member["type"].split(" or ")]
        yield from min(wrong, key=len)
        limit = _LIMIT.search(member["description"])
        if limit and isinstance(value, str) and not int(limit[1]) <= utf16_length(value) <= int(limit[2]):
            yield f"{path}: {utf16_length(value)} is not within {limit[0]}"

    def _kind(self, path: str, kind: str, value: Any) -> Iterator[str]:
        if kind.startswith("Array of ") and isinstance(value, list):
            for number, item in enumerate(value):
                yield from self._kind(f"{path}[{number}]", kind.removeprefix("Array of "), item)
        elif kind in self._members and isinstance(value, dict):
            yield from self._object(kind, value)
        elif not isinstance(value, _SCALARS.get(kind, ())) or (isinstance(value, bool) and kind in ("Integer", "Float")):
            yield f"{path}: {value!r} is not {kind}"


def _decoded(value: str, kind: str) -> Any:
    if kind == "String":
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
