"""Splits a Markdown file into its front matter and its body, remembering lines; checks a lesson's against the course's schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ingest.errors import Unreadable

_FENCE = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """The front matter's values, the line each key stands on, and the body with the line it begins on."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int


def split_front_matter(text: str) -> FrontMatter:
    """Front matter and body; no front matter is no error, a broken one is Unreadable with its line."""
    text = text.removeprefix("\ufeff")
    match = _FENCE.match(text)
    if match is None:
        if re.match(r"---[ \t]*\r?\n", text):
            raise Unreadable("the front matter is opened by --- and never closed", line=1)
        return FrontMatter({}, {}, text, 1)
    values, lines = load_mapping(match["yaml"], first_line=2)
    return FrontMatter(values, lines, text[match.end() :], text.count("\n", 0, match.end()) + 1)


def load_mapping(text: str, *, first_line: int = 1) -> tuple[dict[str, Any], dict[str, int]]:
    """A YAML mapping and the line of each of its top keys; Unreadable when it is none, or names a key twice."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(f"YAML: {error.problem or error.context}", line=first_line + (mark.line if mark else 0)) from error
    except (yaml.YAMLError, ValueError) as error:  # a character YAML does not admit, an impossible date
        raise Unreadable(f"YAML: {str(error).splitlines()[0]}", line=first_line) from error
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        raise Unreadable("YAML: key: value lines are expected here", line=first_line)
    lines: dict[str, int] = {}
    for key, _value in node.value:
        line = first_line + key.start_mark.line
        if key.value in lines:
            raise Unreadable(f"the key {key.value!r} stands here a second time", line=line)
        lines[key.value] = line
    return {str(key): value for key, value in values.items()}, lines
