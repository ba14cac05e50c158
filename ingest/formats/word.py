"""WordprocessingML: what its styles say, and the plain text of a paragraph's runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from ingest.formats.typography import lowered, raised, whole

Element = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INSIDE = {f"{W}{name}" for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")}
_MARKS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录)(?:\s*(?:heading|标题|\d))?", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """What a style and those that it is based upon say: a heading's level from zero, whether it is a list's, a title's, a table of contents'."""

    level: int | None = None
    listed: bool = False
    title: bool = False
    contents: bool = False
    place: str | None = None


@dataclass(frozen=True)
class Inline:
    """A paragraph's text and the marks of the notes that it refers to, such as ``footnote 2``."""

    text: str
    notes: tuple[str, ...]


def child(element: Element, *path: str) -> Element | None:
    """The first descendant along a path of WordprocessingML names."""
    found: Element | None = element
    for name in path:
        found = found.find(f"{W}{name}") if found is not None else None
    return found


def value(element: Element, *path: str) -> str | None:
    """The ``val`` of a descendant; an empty text when it stands there without one."""
    found = child(element, *path)
    return None if found is None else found.get(f"{W}val", "")


def on(element: Element, *path: str) -> bool:
    """Whether a switch stands there and is not off."""
    return value(element, *path) not in (None, "0", "false", "off")


def level(properties: Element) -> int | None:
    """The outline level that a paragraph's or a style's properties state; 9 means body text."""
    stated = value(properties, "pPr", "outlineLvl")
    return int(stated) if stated and stated.isdigit() else None


def listed(element: Element) -> bool | None:
    """Whether it is a list's item; None when it says nothing."""
    number = value(element, "pPr", "numPr", "numId")
    return None if number is None else number != "0"


def styles(root: Element) -> dict[str, Style]:
    """A document's styles by their ids."""
    found = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    return {name: _style(name, found) for name in found}


def _style(name: str, found: dict[str, Element]) -> Style:
    """Nearest first: what a style says counts before what those say that it is based upon."""
    chain: list[Element] = []
    while name in found and found[name] not in chain:
        chain.append(found[name])
        name = value(found[name], "basedOn") or ""
    names = [value(one, "name") or "" for one in chain]
    named = next((int(match[1]) - 1 for match in map(_HEADING.fullmatch, names) if match), None)
    stated = next((one for one in map(level, chain) if one is not None), named)
    return Style(
        level=stated,
        listed=next((one for one in map(listed, chain) if one is not None), False),
        title=any(one.lower() in ("title", "标题") for one in names),
        contents=any(_CONTENTS.fullmatch(one) for one in names),
        place=next((place for one in chain if (place := value(one, "rPr", "vertAlign"))), None),
    )


def inline(paragraph: Element, known: dict[str, Style]) -> Inline:
    """The paragraph's text as it stands once its tracked changes are accepted; hidden text is left out."""
    notes: list[str] = []
    runs = groupby(_runs(paragraph, known, notes), key=lambda run: run[0])
    return Inline("".join(_placed("".join(text for _place, text in run), place) for place, run in runs), tuple(notes))


def _placed(text: str, place: str) -> str:
    return raised(text) if place == "superscript" else lowered(text) if place == "subscript" else text


def _runs(element: Element, known: dict[str, Style], notes: list[str]) -> Iterator[tuple[str, str]]:
    """Texts and their places on the line."""
    for one in element:
        if one.tag in _INSIDE:
            yield from _runs(one, known, notes)
        elif one.tag == f"{W}r" and not on(one, "rPr", "vanish"):
            style = known.get(value(one, "rPr", "rStyle") or "", Style())
            yield value(one, "rPr", "vertAlign") or _moved(one) or style.place or "baseline", "".join(_texts(one))
            notes.extend(f"{_NOTES[mark.tag]} {mark.get(f'{W}id')}" for mark in one if mark.tag in _NOTES)
        elif one.tag in (f"{M}oMath", f"{M}oMathPara"):
            yield "baseline", formula(one)


def _moved(run: Element) -> str | None:
    """LibreOffice writes what HTML raised or lowered as a smaller size at a height; a height alone is a matter of looks."""
    height = (value(run, "rPr", "position") or "0") if child(run, "rPr", "sz") is not None else "0"
    return None if height == "0" else "subscript" if height.startswith("-") else "superscript"


def _texts(run: Element) -> Iterator[str]:
    for one in run:
        if one.tag == f"{W}t":
            yield one.text or ""
        elif one.tag == f"{W}br" and one.get(f"{W}type", "textWrapping") == "textWrapping":
            yield "\n"
        else:
            yield _MARKS.get(str(one.tag), "")


def formula(element: Element) -> str:
    """A formula of Office's own kind on one line."""
    parts = {str(one.tag).removeprefix(M): formula(one) for one in element if isinstance(one.tag, str)}
    match str(element.tag).removeprefix(M):
        case "t":
            return element.text or ""
        case "f":
            return f"{whole(parts.get('num', ''))}/{whole(parts.get('den', ''))}"
        case "rad":
            return f"{parts.get('deg', '')}√{whole(parts.get('e', ''))}"
        case "sSup" | "sSub" | "sSubSup":
            return parts.get("e", "") + lowered(parts.get("sub", "")) + raised(parts.get("sup", ""))
        case _:
            return "".join(formula(one) for one in element if isinstance(one.tag, str))
