"""Telegram's HTML, read as strictly as Telegram reads it: the text that is shown, and the entities in it."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

MOST_ENTITIES = 100  # Telegram shows no further ones

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
}
_ATTRIBUTE = r'[a-z]+(?:="[^"<>]*")?'
_TAG = re.compile(rf"<(/?)([a-z-]+)((?:\s+{_ATTRIBUTE})*)>")
_HREF = re.compile(r'href="([^"]*)"')
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-f]+);")  # Telegram knows no other
_URL = re.compile(r"(?:https?|tg)://[^\s/]+")


@dataclass(frozen=True)
class Shown:
    """A message as its reader sees it: without blanks around it, offsets in UTF-16 units."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class _Open:
    name: str
    attributes: str
    offset: int


def utf16_length(text: str) -> int:
    """Length as Telegram counts it."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def shown(markup: str) -> Shown:
    """What Telegram shows for `markup`; ValueError, in Telegram's words, where it would refuse it."""
    return _trimmed(*_read(markup))


def visible(markup: str) -> str:
    """The text alone, with the blanks around it that Telegram cuts away."""
    return _read(markup)[0]


def _read(markup: str) -> tuple[str, list[dict[str, Any]]]:
    text, entities, opened = "", [], list[_Open]()
    end = 0
    for tag in _TAG.finditer(markup):
        text += _unescaped(markup[end : tag.start()])
        end = tag.end()
        closing, name, attributes = tag.groups()
        if name not in _KINDS:
            raise ValueError(f'can\'t parse entities: Unsupported start tag "{name}"')
        if not closing:
            opened.append(_Open(name, attributes, utf16_length(text)))
        elif not opened or opened[-1].name != name:
            raise ValueError(f'can\'t parse entities: Unmatched end tag "{name}"')
        else:
            entities += _entity(opened.pop(), utf16_length(text))
    text += _unescaped(markup[end:])
    if opened:
        raise ValueError(f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1].name}\"")
    return text, entities


def _unescaped(text: str) -> str:
    if "<" in text:
        raise ValueError("can't parse entities: Can't find end of the entity starting at a '<'")
    return _ENTITY.sub(lambda entity: unescape(entity[0]), text)


def _entity(opened: _Open, end: int) -> list[dict[str, Any]]:
    """The entity of a closed tag; none where nothing is in it, or where a link leads nowhere: its text is shown all the same."""
    entity: dict[str, Any] = {"type": _KINDS[opened.name], "offset": opened.offset, "length": end - opened.offset}
    if opened.name == "a":
        href = _HREF.search(opened.attributes)
        entity["url"] = unescape(href[1]) if href else ""
        if not _URL.match(entity["url"]):
            return []
    return [entity] if entity["length"] else []


def _trimmed(text: str, entities: list[dict[str, Any]]) -> Shown:
    left = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    kept = []
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        start, end = (min(max(at - left, 0), utf16_length(text)) for at in (entity["offset"], entity["offset"] + entity["length"]))
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return Shown(text, tuple(kept[:MOST_ENTITIES]))
