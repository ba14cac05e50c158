"""Questions asked one after the other in a conversation of which nothing is kept: how golden questions that follow another are asked."""

import datetime as dt
from typing import Protocol

from tutor.remembered import Exchange, Turn
from tutor.types import Answer, Question


class Notepad:
    """A memory of what was said in each conversation, as long as it lives."""

    def __init__(self) -> None:
        self._said: dict[str, tuple[Exchange, ...]] = {}

    def conversation(self, caller: str, wanted: str | None) -> str:
        """`wanted`; who names none has one conversation."""
        return wanted or caller

    async def recent(self, caller: str, conversation_id: str) -> tuple[Exchange, ...]:  # noqa: ARG002
        """All turns of this conversation, newest last."""
        return self._said.get(conversation_id, ())

    def record(self, question: Question, answer: Answer) -> None:
        """Notes one turn of a caller's."""
        if question.caller is None:
            return
        at = dt.datetime.now(dt.UTC)
        turn = Turn(question.caller, answer.conversation_id, at, question.text, question.lesson, question.grade_band, answer)
        self._said[answer.conversation_id] = (*self._said.get(answer.conversation_id, ()), turn.exchange)


class Asked(Protocol):
    """A tutor, as far as it is asked."""

    async def ask(self, question: Question) -> Answer:
        """Answers one question."""
        ...


async def ask_in_turn(tutor: Asked, question: str, *, after: str | None) -> Answer:
    """The answer to a question that was asked right after another, where there is one; the tutor's memory is to be a `Notepad`."""
    if after is None:
        return await tutor.ask(Question(question))
    first = await tutor.ask(Question(after, caller=f"{after}\n{question}"))
    return await tutor.ask(Question(question, caller=f"{after}\n{question}", conversation_id=first.conversation_id))
