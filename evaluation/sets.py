"""Question sets: a folder with ``docs/`` and ``questions.jsonl``, or golden questions in YAML over a course."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.judging.stems import stem
from knowledge_base.golden import BadGolden, load_golden
from knowledge_base.language import Language, detect

COURSE = "course.yaml"  # marks the folder of a course
YAML = (".yaml", ".yml")


class BadSet(Exception):
    """The set's fault: it is not in the evaluation format; one line says where."""


@dataclass(frozen=True)
class Item:
    """One question. `docs` are right documents, in `chapter` any document of that chapter is right; `contains` wants one of each inner group.

    An unanswerable one whose premise is false may be set right from one of `corrects`.
    One asked right `after` another is not searched for.
    """

    item_id: str
    question: str
    language: Language
    answerable: bool
    docs: frozenset[str] = frozenset()
    docs_other_language: frozenset[str] = frozenset()
    chapter: int | None = None
    contains: tuple[tuple[str, ...], ...] = ()
    corrects: frozenset[str] = frozenset()
    after: str | None = None

    @property
    def has_document(self) -> bool:
        """Whether it says where its answer stands."""
        return bool(self.docs) or self.chapter is not None

    @property
    def pair(self) -> str:
        """The id without its language: ``en-7`` and ``zh-7`` are the same question in two languages."""
        return stem(self.item_id)

    def is_right(self, doc_id: str) -> bool:
        """Whether a hit in this document is a right one."""
        if self.chapter is not None:
            return doc_id[:2].isdigit() and int(doc_id[:2]) == self.chapter
        return doc_id in self.docs


@dataclass(frozen=True)
class QuestionSet:
    """A named set, and the folder of documents that it asks about; `golden` ones are a course's own."""

    name: str
    docs: Path
    items: tuple[Item, ...]
    golden: bool = False


def load(path: Path, docs: Path | None = None) -> QuestionSet:
    """Reads a set from its folder, or from a YAML file over the course in which it lies, or else over `docs`."""
    path = path.resolve()
    if path.is_file() and path.suffix in YAML:
        asked, about, items = path, docs.resolve() if docs is not None else _course_of(path), tuple(_golden(path))
    else:
        asked, about = path / "questions.jsonl", path / "docs"
        if not asked.is_file() or not about.is_dir():
            raise BadSet(f"{str(path)!r} is no question set: give a folder with docs/ and questions.jsonl, or a golden.yaml")
        items = tuple(_lines(asked))
    if not items:
        raise BadSet(f"{asked} holds no question")
    golden = asked == path
    return QuestionSet(path.stem if golden else path.name, about, items, golden)


def _course_of(path: Path) -> Path:
    if not (path.parent / COURSE).is_file():
        raise BadSet(f"{str(path)!r} lies in no course: say with --docs which documents it asks about, such as --docs content")
    return path.parent


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSet(f"{path} cannot be read as UTF-8 text: {error}") from error


def _lines(path: Path) -> Iterable[Item]:
    for number, line in enumerate(_text(path).split("\n"), 1):  # JSON may hold the other line ends that splitlines() knows
        if line.strip():
            try:
                yield _item(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise BadSet(f"{path}:{number} is not a question: {error!r}") from error


def _item(raw: dict[str, Any]) -> Item:
    answerable = bool(raw.get("answerable", True))
    answers = _alternatives(raw.get("answers", ()))
    chapter = raw.get("chapter")
    return Item(
        item_id=str(raw["id"]),
        question=str(raw["question"]),
        language=_language(raw.get("lang") or detect(raw["question"])),
        answerable=answerable,
        docs=frozenset([raw["doc"]] if answerable and raw.get("doc") else []),
        docs_other_language=frozenset([raw["doc_other_language"]] if answerable and raw.get("doc_other_language") else []),
        chapter=int(chapter) if answerable and chapter is not None else None,
        contains=(answers,) if answerable and answers else (),
    )


def _golden(path: Path) -> Iterable[Item]:
    try:
        questions = load_golden(path)
    except BadGolden as error:
        raise BadSet(f"{path}:{error.line}: {error}") from error
    for question in questions:
        other = "zh" if question.language == "en" else "en"
        yield Item(
            item_id=question.question_id,
            question=question.question,
            language=question.language,
            answerable=not question.refuse,
            docs=frozenset(f"{source}.{question.language}" for source in question.sources if question.after is None),
            docs_other_language=frozenset(f"{source}.{other}" for source in question.sources if question.after is None),
            contains=question.contains,
            corrects=frozenset(f"{source}.{language}" for source in question.corrects for language in ("en", "zh")),
            after=question.after,
        )


def _language(named: object) -> Language:
    if named == "en" or named == "zh":
        return named
    raise ValueError(f"the language {named!r} is neither 'en' nor 'zh'")


def _alternatives(group: object) -> tuple[str, ...]:
    """A text where a list belongs would be taken letter by letter."""
    if not isinstance(group, list | tuple):
        raise TypeError(f"{group!r} is no list")
    return tuple(map(str, group))
