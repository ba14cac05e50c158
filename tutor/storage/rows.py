"""Turns as rows. Text loses what no database takes: NUL, and halves of characters."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Row as Found

from tutor.remembered import KeptAnswer, Turn
from tutor.types import Citation

Row = dict[str, Any]


def conversation_rows(turns: Sequence[Turn]) -> list[Row]:
    """One row a conversation, in order of their keys, so that two servers never wait for each other in a circle."""
    rows: dict[str, Row] = {}
    for turn in turns:
        row = {"conversation": turn.conversation, "caller": turn.caller, "created": turn.asked_at, "latest": turn.asked_at}
        rows.setdefault(turn.conversation, row)["latest"] = turn.asked_at
    return [rows[key] for key in sorted(rows)]


def answer_row(turn: Turn) -> Row:
    """The row of one turn."""
    answer = turn.answer
    return _storable(
        {
            "answer_id": answer.answer_id,
            "conversation": turn.conversation,
            "caller": turn.caller,
            "asked_at": turn.asked_at,
            "language": answer.language,
            "question": turn.question,
            "kind": answer.kind,
            "answer": answer.text,
            "engine": answer.engine,
            "release": answer.release,
            "confidence": answer.confidence,
            "lesson": turn.lesson,
            "grade_band": turn.grade_band,
            "topic": turn.topic,
        }
    )


def citation_rows(turn: Turn) -> list[Row]:
    """The rows of what one turn's answer cites."""
    return [_storable({"answer_id": turn.answer.answer_id} | asdict(citation)) for citation in turn.answer.citations]


def kept_answer(row: Found[Any], cited: Sequence[Found[Any]]) -> KeptAnswer:
    """An answer's row, and those of what it cites, as they were given."""
    names = [field.name for field in fields(Citation)]
    citations = tuple(Citation(**{name: getattr(one, name) for name in names}) for one in cited)
    return KeptAnswer(row.answer_id, row.asked_at, row.kind, row.language, row.answer, citations)


def storable(text: str) -> str:
    """The text without NUL, which PostgreSQL refuses, and with a question mark for half a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _storable(row: Row) -> Row:
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}
