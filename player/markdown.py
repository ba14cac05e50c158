"""A lesson's Markdown as HTML: headings with anchors, tables, formulas as MathML. HTML within it is shown as text."""

import html
import re
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree

from latex2mathml import exceptions
from latex2mathml.converter import convert_to_element
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.anchors import anchors_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

CONCEPT = "concept:"  # marks a word that the course explains; there is no page behind it
_BAD_FORMULA: tuple[type[Exception], ...] = (StopIteration, ValueError, *(kind for kind in vars(exceptions).values() if isinstance(kind, type)))
_INERT = {"href", "style", "class"}  # what a formula may ask for and a strict page does not give


def anchor(heading: str) -> str:
    """A heading as the tutor's sources name it: words joined by hyphens."""
    return re.sub(r"\W+", "-", heading.lower()).strip("-")


def rendered(body: str) -> tuple[Markup, Markup]:
    """The HTML of the title with which the lesson begins, empty where it begins with none, and of the rest."""
    tokens = _MARKDOWN.parse(body)
    for token in tokens:
        _define(token.children or [])
    begins = 3 if tokens and tokens[0].tag == "h1" else 0  # a heading is its opening, its words and its end
    return _html(tokens[:begins]), _html(tokens[begins:])


def _html(tokens: Sequence[Token]) -> Markup:
    return Markup(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _formula(tex: str, options: dict[str, Any]) -> str:
    """The formula as MathML, as it is written where that cannot be read."""
    try:
        tree = convert_to_element(tex, display="block" if options["display_mode"] else "inline")
    except _BAD_FORMULA:
        return f"<code>{html.escape(tex)}</code>"
    for node in tree.iter():
        node.text = html.unescape(node.text or "")  # the library writes signs as entities, and leaves the rest as it came
        for name in _INERT & node.attrib.keys():
            del node.attrib[name]
    return ElementTree.tostring(tree, encoding="unicode")


def _define(tokens: Sequence[Token]) -> None:
    """Turns links to concepts into marked words."""
    opened: Token | None = None
    for token in tokens:
        if token.type == "link_open" and str(token.attrGet("href")).startswith(CONCEPT):
            opened = token
        elif token.type == "link_close" and opened is not None:
            opened.tag, opened.attrs, token.tag, opened = "dfn", {}, "dfn", None


def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.use(anchors_plugin, max_level=6, slug_func=anchor)
    return made.use(dollarmath_plugin, allow_digits=False, allow_space=False, renderer=_formula)


_MARKDOWN = _markdown()
