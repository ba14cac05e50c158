"""Splits a Markdown file into its front matter and its body, remembering lines; checks a lesson's against the course's schema."""

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import ReaderError

from ingest.errors import Unreadable

_FENCE = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)

# What is begun and not ended well is noticed only further down: the line to mend is where it begins.
_BEGUN = {"while scanning a simple key", "while scanning a quoted scalar", "while parsing a flow sequence", "while parsing a flow mapping"}
_LONGEST = 1_000_000
_MOST_NODES = 100_000  # of a file, its aliases written out


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
    """A YAML mapping and the line of each of its top keys, and of the records in their lists; Unreadable when it is none, or names a key twice."""
    with _faults_told(text, first_line):
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return {}, {}
        lines = _lines(node, first_line)
        values = _constructed(loader, node, first_line)
    return {str(key): value for key, value in values.items()}, lines


def load_records(text: str) -> list[tuple[dict[str, Any], dict[str, int]]]:
    """A YAML list of mappings, each with the lines of its keys; Unreadable when it is none, or one of them names a key twice."""
    with _faults_told(text, 1):
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise Unreadable("YAML: a list is expected here, each of its items behind a hyphen", line=1)
        lines = [_lines(item, 1, begun=item.start_mark.line) for item in node.value]
        values = _constructed(loader, node, 1)
    return [({str(key): value for key, value in record.items()}, at) for record, at in zip(values, lines, strict=True)]


def _constructed(loader: "_Loader", node: yaml.Node, first_line: int) -> Any:
    if _size(node, {}) > _MOST_NODES:
        raise Unreadable(f"YAML: holds more than {_MOST_NODES} values, its aliases (*name) written out: split it into parts", line=first_line)
    return loader.construct_document(node)


@contextmanager
def _faults_told(text: str, first_line: int) -> Iterator[None]:
    """What is wrong with a YAML text as Unreadable, with its line."""
    if len(text) > _LONGEST:
        raise Unreadable(f"YAML: has {len(text)} characters, more than {_LONGEST}: split it into parts", line=first_line)
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if error.context in _BEGUN else error.problem_mark or error.context_mark
        line = min(mark.line, text.rstrip().count("\n")) if mark else 0  # what is never closed is noticed behind the last line
        raise Unreadable(f"YAML: {error.problem or error.context}", line=first_line + line) from error
    except ReaderError as error:
        raise Unreadable(f"YAML: {str(error).splitlines()[0]}", line=first_line + text.count("\n", 0, error.position)) from error
    except RecursionError as error:
        raise Unreadable("YAML: nested too deeply to be read: write it flatter", line=first_line) from error


class _Loader(yaml.SafeLoader):
    """Tells the line of an impossible value, too: the thirtieth of February, a number that is none."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError) as error:
            raise yaml.constructor.ConstructorError(problem=str(error), problem_mark=node.start_mark) from error


def _lines(node: yaml.Node, first_line: int, *, begun: int = 0) -> dict[str, int]:
    """The lines of a mapping's keys; Unreadable, with the line `begun` after the first, when it is no mapping."""
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable("YAML: key: value lines are expected here", line=first_line + begun)
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue  # no key of ours, and refused when it is constructed
        line = first_line + key.start_mark.line
        if key.value in lines:
            raise Unreadable(f"the key {key.value!r} stands here a second time", line=line)
        lines[key.value] = line
        lines |= _item_lines(key.value, value, first_line)
    return lines


def _item_lines(key: str, value: yaml.Node, first_line: int) -> dict[str, int]:
    """Where each record of a list begins, such as ``questions.2``, counted from nought."""
    items = value.value if isinstance(value, yaml.SequenceNode) else []
    return {f"{key}.{at}": first_line + item.start_mark.line for at, item in enumerate(items) if isinstance(item, yaml.MappingNode)}


def _size(node: yaml.Node, known: dict[int, float]) -> float:
    """How many nodes there are with aliases written out; without end where an alias holds itself."""
    if not isinstance(node, yaml.CollectionNode):
        return 1
    if id(node) not in known:
        known[id(node)] = math.inf
        inner = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
        known[id(node)] = 1 + sum(_size(part, known) for part in inner)
    return known[id(node)]
