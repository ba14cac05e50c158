"""Question sets: a folder with ``docs/`` and ``questions.jsonl``, or the course's ``golden.yaml``."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from knowledge_base.language import Language, detect


class BadSet(Exception):
    """The set's fault: it is not in the evaluation format; one line says where."""


@dataclass(frozen=True)
class Item:
    """One question. `docs` are right documents, in `chapter` any document of that chapter is right; `contains` wants one of each inner group."""

    item_id: str
    question: str
    language: Language
    answerable: bool
    docs: frozenset[str] = frozenset()
    docs_other_language: frozenset[str] = frozenset()
    chapter: int | None = None
    contains: tuple[tuple[str, ...], ...] = ()

    def is_right(self, doc_id: str) -> bool:
        """Whether a hit in this document is a right one."""
        if self.chapter is not None:
            return doc_id[:2].isdigit() and int(doc_id[:2]) == self.chapter
        return doc_id in self.docs


@dataclass(frozen=True)
class QuestionSet:
    """A named set, and the folder of documents that it asks about."""

    name: str
    docs: Path
    items: tuple[Item, ...]


def load(path: Path) -> QuestionSet:
    """Reads a set from its folder, or from a ``golden.yaml`` that lies in the course it asks about."""
    if path.is_file() and path.suffix in (".yaml", ".yml"):
        return QuestionSet(path.stem, path.parent, tuple(_golden(path)))
    questions = path / "questions.jsonl"
    if not questions.is_file() or not (path / "docs").is_dir():
        raise BadSet(f"{str(path)!r} is no question set: give a folder with docs/ and questions.jsonl, or a golden.yaml")
    return QuestionSet(path.name, path / "docs", tuple(_lines(questions)))


def _lines(path: Path) -> Iterable[Item]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _item(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise BadSet(f"{path}:{number} is not a question: {error!r}") from error


def _item(raw: dict[str, Any]) -> Item:
    answerable = bool(raw.get("answerable", True))
    answers = tuple(str(answer) for answer in raw.get("answers", ()))
    return Item(
        item_id=str(raw["id"]),
        question=str(raw["question"]),
        language=cast(Language, raw.get("lang") or detect(raw["question"])),
        answerable=answerable,
        docs=frozenset([raw["doc"]] if answerable and raw.get("doc") else []),
        docs_other_language=frozenset([raw["doc_other_language"]] if answerable and raw.get("doc_other_language") else []),
        chapter=raw.get("chapter") if answerable else None,
        contains=(answers,) if answerable and answers else (),
    )


def _golden(path: Path) -> Iterable[Item]:
    for number, raw in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")) or [], 1):
        try:
            language = cast(Language, raw["language"])
            refuse = bool(raw.get("refuse", False))
            yield Item(
                item_id=str(raw["id"]),
                question=str(raw["question"]),
                language=language,
                answerable=not refuse,
                docs=frozenset(f"{source}.{language}" for source in raw.get("sources", ())),
                docs_other_language=frozenset(f"{source}.{'zh' if language == 'en' else 'en'}" for source in raw.get("sources", ())),
                contains=tuple(tuple(str(one) for one in group) for group in raw.get("contains", ())),
            )
        except (KeyError, TypeError) as error:
            raise BadSet(f"question {number} of {path} is not a golden question: {error!r}") from error
