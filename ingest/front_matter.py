"""Splits a Markdown file into its front matter and its body, remembering lines; checks a lesson's against the course's schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import ReaderError

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
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        if not isinstance(node, yaml.MappingNode):
            raise Unreadable("YAML: key: value lines are expected here", line=first_line)
        lines = _lines(node, first_line)
        values = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line, text.rstrip().count("\n")) if mark else 0  # what is never closed is noticed behind the last line
        raise Unreadable(f"YAML: {error.problem or error.context}", line=first_line + line) from error
    except ReaderError as error:
        raise Unreadable(f"YAML: {str(error).splitlines()[0]}", line=first_line + text.count("\n", 0, error.position)) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"YAML: {error}", line=first_line) from error
    return {str(key): value for key, value in values.items()}, lines


class _Loader(yaml.SafeLoader):
    """Tells the line of an impossible date, too."""

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError as error:
            raise yaml.constructor.ConstructorError(problem=str(error), problem_mark=node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)


def _lines(node: yaml.MappingNode, first_line: int) -> dict[str, int]:
    lines: dict[str, int] = {}
    for key, _value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue  # no key of ours, and refused when it is constructed
        line = first_line + key.start_mark.line
        if key.value in lines:
            raise Unreadable(f"the key {key.value!r} stands here a second time", line=line)
        lines[key.value] = line
    return lines
