"""Markdown into blocks of plain text under their heading paths."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.formats.text import spaced
from ingest.types import Block, Parsed

CONCEPT = "concept:"


def parse(body: str) -> tuple[Parsed, list[str]]:
    """The body's text under its first heading of level one as title, and the ids of the concepts that it marks as ``[term](concept:id)``."""
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    title = next((_plain(tokens[at + 1]) for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"), None)
    return Parsed(tuple(_blocks(tokens)), title), _marked(tokens)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Lists, tables and quotations nest: a block ends where the outermost of them does."""
    path: list[tuple[int, str]] = []
    lines: list[str] = []
    depth = 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            level = int(token.tag[1])
            path = [*(part for part in path if part[0] < level), (level, _plain(tokens[at + 1]))]
            continue
        if token.type == "inline" and tokens[at - 1].type == "heading_open":
            continue
        depth += token.nesting if token.type.startswith(("bullet_list", "ordered_list", "table", "blockquote")) else 0
        lines.extend(_lines(tokens, at))
        if lines and depth == 0 and token.type in _ENDS:
            yield Block(tuple(heading for _level, heading in path), "\n".join(lines))
            lines = []


_ENDS = {"paragraph_close", "bullet_list_close", "ordered_list_close", "table_close", "blockquote_close", "fence", "code_block"}


def _lines(tokens: Sequence[Token], at: int) -> Iterator[str]:
    token = tokens[at]
    if token.type in ("fence", "code_block"):
        yield token.content.rstrip()
    elif token.type == "tr_open":
        end = next(i for i in range(at, len(tokens)) if tokens[i].type == "tr_close")
        yield " | ".join(_plain(cell) for cell in tokens[at:end] if cell.type == "inline")
    elif token.type == "inline" and tokens[at - 1].type not in ("th_open", "td_open"):
        in_item = at >= 2 and tokens[at - 2].type == "list_item_open"
        yield ("- " if in_item else "") + _plain(token)


def _plain(token: Token) -> str:
    """The words of an inline token: marks and links fall away, a picture is its description, a soft break joins Chinese text directly."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline") and child.content:
            parts.append(child.content)
        elif child.type == "image":
            parts.append(_plain(child))
        elif child.type == "hardbreak" or child.content.lower().startswith("<br"):
            parts.append("\n")
        elif child.type == "softbreak":
            parts[-1:] = [spaced(before) for before in parts[-1:]]
    return "".join(parts).strip()


def _marked(tokens: Sequence[Token]) -> list[str]:
    hrefs = (str(child.attrGet("href")) for token in tokens if token.type == "inline" for child in token.children or [] if child.type == "link_open")
    return list(dict.fromkeys(href.removeprefix(CONCEPT) for href in hrefs if href.startswith(CONCEPT)))
