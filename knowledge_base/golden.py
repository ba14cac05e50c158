"""Golden questions as a course's ``golden.yaml`` writes them, and whether an answer holds what a right one must."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import ReaderError

from knowledge_base.errors import ContentError
from knowledge_base.language import Language
from knowledge_base.review import GoldenQuestion

NAME = "golden.yaml"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"\[\d+\]")


class BadGolden(ContentError):
    """A file of golden questions that is not one; `line` counts from one."""

    def __init__(self, what: str, *, line: int = 1) -> None:
        super().__init__(what)
        self.line = line


def load_golden(path: Path) -> tuple[GoldenQuestion, ...]:
    """The questions in the order written, each id once; BadGolden with the line of the first mistake."""
    questions: dict[str, GoldenQuestion] = {}
    for line, raw in _entries(_text(path)):
        try:
            question = _question(raw)
        except ValueError as error:
            raise BadGolden(str(error), line=line) from error
        if question.question_id in questions:
            raise BadGolden(f"the id {question.question_id!r} stands here a second time", line=line)
        questions[question.question_id] = question
    return tuple(questions.values())


def contains(answer: str, groups: Iterable[Iterable[str]]) -> bool:
    """Whether the answer holds one alternative of every group, without regard to case, width, spaces and citation marks."""
    text = _plain(_MARKS.sub("", answer))
    return all(any(_plain(alternative) in text for alternative in group) for group in groups)


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).casefold())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadGolden(f"it cannot be read as UTF-8 text ({error}): save it as UTF-8, readable") from error


def _entries(text: str) -> Iterator[tuple[int, Any]]:
    """Each entry of the list with the line that it begins on."""
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode):
            raise BadGolden("a list of golden questions is expected here, each beginning with '- id: '", line=1)
        entries = [(entry.start_mark.line + 1, loader.construct_object(entry, deep=True)) for entry in node.value]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BadGolden(f"YAML: {error.problem or error.context}", line=mark.line + 1 if mark else 1) from error
    except ReaderError as error:
        raise BadGolden(f"YAML: {str(error).splitlines()[0]}", line=text.count("\n", 0, error.position) + 1) from error
    except (ValueError, RecursionError) as error:
        raise BadGolden(f"YAML: {error}") from error
    yield from entries


def _question(raw: object) -> GoldenQuestion:
    """One entry; ValueError says what is wrong with it."""
    if not isinstance(raw, dict):
        raise ValueError(f"{raw!r} is no golden question: give it an id, a language, a question, and contains or refuse")
    question_id, question, language = _said(raw, "id"), _said(raw, "question"), _language(_said(raw, "language"))
    contained = tuple(tuple(_listed(group, "a group of contains")) for group in _list(raw.get("contains", []), "contains"))
    refuse = raw.get("refuse", False)
    if not isinstance(refuse, bool):
        raise ValueError(f"refuse: {refuse!r} is neither true nor false")
    if refuse == any(contained):
        raise ValueError("say either what a right answer contains (contains: [[one, or another]]) or that it must be refused (refuse: true)")
    sources, corrects = (tuple(_listed(raw.get(name, []), name)) for name in ("sources", "corrects"))
    after = _said(raw, "after") if "after" in raw else None
    return GoldenQuestion(question_id, question, language, refuse, contained, sources, corrects, after)


def _said(raw: Mapping[Any, Any], key: str) -> str:
    text = str(raw[key]).strip() if raw.get(key) is not None else ""
    if not text:
        raise ValueError(f"the key {key!r} is missing or empty")
    return text


def _language(named: str) -> Language:
    for language in LANGUAGES:
        if named == language:
            return language
    raise ValueError(f"the language {named!r} is neither 'en' nor 'zh'")


def _list(value: object, name: str) -> list[Any]:
    """A text where a list belongs would be taken letter by letter."""
    if not isinstance(value, list):
        raise ValueError(f"{name}: {value!r} is no list")
    return value


def _listed(value: object, name: str) -> Iterator[str]:
    for one in _list(value, name):
        text = "" if one is None or isinstance(one, list | dict) else str(one).strip()
        if not text:
            raise ValueError(f"{name}: {one!r} is no text")
        yield text
