"""HTML: the text of a page's main part under its headings. Menus, scripts and hidden elements are not read; nothing is fetched."""

import re
from collections.abc import Iterator, Sequence, Set

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from ingest.encoding import decode
from ingest.errors import Unreadable
from ingest.formats.outline import Outline
from ingest.formats.titles import sensible
from ingest.formats.typography import WIDE, clean, lowered, one_line, raised, whole
from ingest.types import Block, Parsed
from knowledge_base.language import Language, detect, has_han

DEEPEST = 100  # elements within each other; what lies deeper is read as plain text
BLOCKS = {
    *("address", "article", "blockquote", "body", "center", "details", "div", "dl", "fieldset", "figcaption", "figure", "form", "header", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "legend", "main", "ol", "p", "pre", "section", "summary", "table", "ul"),
    *("dd", "dt", "li", "tbody", "td", "th", "tr"),
}
_HEADING = re.compile(r"h[1-6]")
_LAYOUT = {"h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "dl"}  # in a list or a table these tell that it only arranges a page
_TEXT = {"p", "li", "td", "dd", "pre", "h1", "h2", "h3"}
_UNREAD = {
    *("script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "rt", "rp"),
    *("input", "select", "textarea", "button", "nav", "aside", "footer", "dialog", "menu", "annotation", "annotation-xml", "head"),
}
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar", "dialog", "alert"}
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_MARK = re.compile(r"[\[(]\w{1,3}[\])]|[*†‡↩↑^\ufe0e ]{1,4}")  # a footnote's, as a link within the page
_NOTED = re.compile(r"#.*(?:note|fn|ref|cite)", re.IGNORECASE)
_SOURCE = "\x1f"  # a line break of the source, which is a space or, in Chinese, nothing


def parse(content: bytes) -> Parsed:
    """The page's text in order; Unreadable when it has none."""
    page = BeautifulSoup(_decoded(content), "lxml")
    named = page.select_one("head > title")
    title = sensible(named.get_text() if named else None)
    roots = _roots(page)
    for root in roots:
        _drop_unread(root)
    outline = Outline()
    blocks = [block for root in roots for block in _read(root, outline, 0) if block.text]
    if blocks and not blocks[0].section and blocks[0].text == title:
        del blocks[0]
    if not blocks:
        raise Unreadable("holds no text: a page that a script fills is saved from a browser as PDF")
    headings = (block.section[0] for block in blocks if block.section)
    return Parsed(tuple(blocks), title=title or next(headings, None), language=_language(page, blocks))


def _decoded(content: bytes) -> str:
    """By its byte order mark, by what it declares, else by its bytes. Who declares gb2312 often uses more of GB18030."""
    declared = _CHARSET.search(content[:4096])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    name = "gb18030" if name in ("gb2312", "gbk", "gb18030") else name
    if not name or name.startswith("utf") or content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or b"\0" in content:
        return decode(content)
    try:
        return content.decode(name)
    except (LookupError, UnicodeError):
        return decode(content)


def _language(page: BeautifulSoup, blocks: Sequence[Block]) -> Language | None:
    """The language that the page states, unless its text says otherwise: templates often state English."""
    tags = (tag.get("lang") or tag.get("xml:lang") for tag in (page.html, page.body) if tag)
    stated = next((str(value).lower() for value in tags if value), "")
    text = "\n".join(block.text for block in blocks)
    if stated.startswith("zh") and has_han(text):
        return "zh"
    return "en" if stated.startswith("en") and detect(text) == "en" else None


def _roots(page: BeautifulSoup) -> list[Tag]:
    """The page's main part, else its articles, else all of it without what heads it."""
    for found in (page.select("main, [role=main]")[:1], page.select("article:not(article article)")):
        if any(_holds(one, _TEXT) for one in found):
            return found
    body = page.body or page
    for header in body.find_all("header"):
        header.decompose()
    return [body]


def _drop_unread(root: Tag) -> None:
    for tag in root.find_all(_is_unread):
        tag.extract()
    for form in root.find_all("form"):
        if not _holds(form, _TEXT):
            form.extract()


def _is_unread(tag: Tag) -> bool:
    """Menus, controls, hidden elements, a printed page's header and footer, marks of footnotes."""
    if tag.name in _UNREAD or tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or tag.get("role") in _ROLES:
        return True
    target = str(tag.get("href", "")) if tag.name == "a" else ""
    if target.startswith("#"):
        text = tag.get_text().strip()
        return _MARK.fullmatch(text) is not None or (text.isdigit() and _NOTED.match(target) is not None)
    in_print = tag.name == "div" and tag.get("title") in ("header", "footer")
    return in_print or _HIDDEN.search(str(tag.get("style", ""))) is not None


def _read(container: Tag, outline: Outline, depth: int) -> Iterator[Block]:
    """Blocks of a container's children; text that stands in it directly is a paragraph."""
    loose: list[str] = []
    for child in [*container.children, None]:
        if isinstance(child, Tag) and (child.name in BLOCKS or _holds(child, BLOCKS)):
            yield Block(outline.section, _finished("".join(loose)))
            loose = []
            yield from _block(child, outline, depth + 1)
        elif child is not None:
            loose.append(_inline(child, depth + 1))
    yield Block(outline.section, _finished("".join(loose)))


def _block(tag: Tag, outline: Outline, depth: int) -> Iterator[Block]:
    if depth > DEEPEST:
        yield Block(outline.section, one_line(tag.get_text(" ")))
    elif _HEADING.fullmatch(tag.name):
        if heading := one_line(_words(tag, depth)):
            outline.enter(heading, (int(tag.name[1]),))
    elif tag.name == "pre":
        yield Block(outline.section, clean(tag.get_text()))
    elif tag.name in ("ul", "ol", "dl") and not _holds(tag, _LAYOUT):
        items = _terms(tag, depth) if tag.name == "dl" else _items(tag, depth)
        yield Block(outline.section, "\n".join(f"- {item}" for item in items if item))
    elif tag.name == "table" and not _holds(tag, _LAYOUT) and any(len(row) > 1 for row in _rows(tag)):
        yield Block(outline.section, "\n".join(_table(tag, depth)))
    else:
        yield from _read(tag, outline, depth)


def _within(tag: Tag, names: Set[str]) -> Iterator[Tag]:
    """Elements of these names below `tag`; Beautiful Soup's own search is ten times slower."""
    return (one for one in tag.descendants if isinstance(one, Tag) and one.name in names)


def _holds(tag: Tag, names: Set[str]) -> bool:
    return next(_within(tag, names), None) is not None


def _items(listed: Tag, depth: int) -> list[str]:
    """A list's items, those of a list within an item after it."""
    texts: list[str] = []
    for item in list(_within(listed, {"li"}))[::-1]:  # the innermost first, each taken out of what holds it
        texts.append(one_line(_words(item, depth)))
        item.extract()
    return texts[::-1]


def _terms(listed: Tag, depth: int) -> Iterator[str]:
    """Terms with what is said of them: ``apogee: the farthest point``."""
    terms: list[str] = []
    said = False
    for one in _within(listed, {"dt", "dd"}):
        text = one_line(_words(one, depth))
        if one.name == "dt":
            terms = [*(() if said else terms), text]
            said = False
        else:
            yield ": ".join(filter(None, (", ".join(terms), text)))
            said = True


def _rows(table: Tag) -> list[list[Tag]]:
    return [[cell for cell in row.children if isinstance(cell, Tag) and cell.name in ("td", "th")] for row in _within(table, {"tr"})]


def _table(table: Tag, depth: int) -> Iterator[str]:
    if table.caption:
        yield one_line(_words(table.caption, depth))
    for row in _rows(table):
        line = " | ".join(one_line(_words(cell, depth)) for cell in row)
        if line.strip(" |"):
            yield line


def _words(tag: Tag, depth: int) -> str:
    """All the words in an element, blocks in it parted by spaces."""
    return _finished("".join(_inline(child, depth + 1) for child in tag.children))


def _finished(text: str) -> str:
    """Line breaks of the source become spaces, in Chinese nothing."""
    text = re.sub(f"(?<=[{WIDE}]) ?{_SOURCE}+|{_SOURCE}+ ?(?=[{WIDE}])", "", text)
    return clean(text.replace(_SOURCE, " "))


def _inline(node: PageElement, depth: int) -> str:
    """A piece of a line: raised and lowered digits told as such, a picture as its description."""
    if isinstance(node, NavigableString):
        return "" if isinstance(node, PreformattedString) else re.sub(r"[ \t\r\f]+", " ", re.sub(r"\s*\n\s*", _SOURCE, str(node)))
    if not isinstance(node, Tag) or depth > DEEPEST:
        return node.get_text(" ")
    inner = "".join(_inline(child, depth + 1) for child in node.children)
    match node.name:
        case "br":
            return "\n"
        case "img":
            return str(node.get("alt") or "")
        case "sup":
            return raised(inner)
        case "sub":
            return lowered(inner)
        case "math" | "mrow" | "msup" | "msub" | "msubsup" | "mfrac" | "msqrt":
            return _formula(node, depth)
        case name:
            return f" {inner} " if name in BLOCKS else inner


def _formula(node: Tag, depth: int) -> str:
    """A formula in MathML on one line."""
    parts = [_inline(child, depth + 1).strip(f" {_SOURCE}") for child in node.children if isinstance(child, Tag)]
    match node.name, parts:
        case "msup", [base, up]:
            return base + raised(up)
        case "msub", [base, down]:
            return base + lowered(down)
        case "msubsup", [base, down, up]:
            return base + lowered(down) + raised(up)
        case "mfrac", [over, under]:
            return f"{whole(over)}/{whole(under)}"
        case "msqrt", _:
            return "√" + whole("".join(parts))
        case _:
            return "".join(parts)
