"""Missions and concepts that a course's files speak of and that nobody describes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.types import Problem
from knowledge_base.types import Document


@dataclass(frozen=True)
class Reference:
    """That the file at `path` speaks, in one line of it, of a mission or concept by its id."""

    path: str
    line: int
    kind: Literal["mission", "concept"]
    id: str


def dangling(references: Iterable[Reference], described: Iterable[Document], unread: Iterable[str]) -> Iterator[Problem]:
    """References to what is not described. A kind of which nothing at all is described is not looked at: only a part of the course is there.

    `unread` are ids that may be described in files which cannot be read now.
    """
    known = {pair for document in described if document.kind in ("fact", "glossary") for pair in document.metadata}
    kinds = {kind for kind, _id in known}
    maybe = set(unread)
    for one in references:
        if one.kind in kinds and (one.kind, one.id) not in known and one.id not in maybe:
            yield Problem(one.path, one.line, f"the {one.kind} {one.id!r} is not in the course: correct its id, or add its file to {one.kind}s/")
