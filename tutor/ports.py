"""What the tutor asks of its memory, of a language model and of somebody who counts events, and what the memory asks of a database."""

import datetime as dt
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tutor.remembered import Exchange, JudgedAnswer, Judgement, KeptAnswer, RefusedQuestion, Turn
from tutor.types import Answer, Kind, Language, Question


@dataclass(frozen=True)
class Prompt:
    """What a language model is given: the rules with the passages, and the student's question."""

    rules: str
    question: str


class Writer(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """The model's name, as answers tell it."""
        ...

    def write(self, prompt: Prompt) -> AsyncGenerator[str, None]:
        """The model's text, piece by piece. ModelUnavailable when it fails, is late, or stops before it has finished; closing it ends the request."""
        ...


class Remembers(Protocol):
    """What the tutor asks of its memory: no call fails, and none but `recent` waits, for less than half a second."""

    def conversation(self, caller: str, wanted: str | None) -> str:
        """The id of the caller's conversation: `wanted`, unless it was made for another caller, else a new one."""
        ...

    async def recent(self, caller: str, conversation_id: str) -> tuple[Exchange, ...]:
        """The caller's last turns in this conversation, newest last; empty for another's."""
        ...

    def record(self, question: Question, answer: Answer) -> None:
        """Keeps one turn of the question's caller, soon."""
        ...


class Events(Protocol):
    """Where what an operator wants counted is told; a call neither waits nor fails, and learns neither what was written nor by whom."""

    def answered(self, kind: Kind, language: Language, engine: str) -> None:
        """A question has its answer, of whatever kind."""
        ...

    def blocked(self, concern: str, language: str) -> None:
        """A message raised a concern and was not answered from the course."""
        ...

    def took(self, stage: str, seconds: float) -> None:
        """A stage of a turn has just ended: screen, search, choose, model, ground (a sentence of the model's each), and total."""
        ...

    def model_failed(self, reason: str) -> None:
        """The model did not write to the end; the reason is one of ModelUnavailable's."""
        ...


class Store(Protocol):
    """Where the memory is kept. Every call may raise MemoryUnavailable; what is deleted or blanked leaves the files too, where that can be had."""

    async def add(self, turns: Sequence[Turn]) -> None:
        """Keeps these turns, all or none."""
        ...

    async def recent(self, conversation: str, since: dt.datetime, most: int) -> tuple[Exchange, ...]:
        """The newest turns of a conversation, by its key, that were asked since then; newest last."""
        ...

    async def last_answer(self, conversation: str) -> KeptAnswer | None:
        """The newest answer of a conversation, by its key, that is no small talk."""
        ...

    async def answer(self, caller: str, answer_id: str) -> KeptAnswer | None:
        """One of the caller's answers; None when the caller has no such answer."""
        ...

    async def judge(self, caller: str, judgement: Judgement) -> bool:
        """Keeps what the caller thinks of an answer, in place of what was thought before; False when the caller has no such answer."""
        ...

    async def erase(self, caller: str) -> None:
        """Deletes everything of one caller."""
        ...

    async def forget_before(self, moment: dt.datetime) -> int:
        """Deletes the turns asked before that with all that hangs on them, and the learners not seen since; how many turns."""
        ...

    async def forget_aged(self, now: dt.datetime) -> None:
        """Deletes what is kept for an hour or a day at most: messengers' notes and updates, the counts of questions."""
        ...

    async def forget_passages(self, passage_ids: Sequence[str]) -> int:
        """Blanks what is quoted of these passages, and the answers that quote them; how many quotes."""
        ...

    async def refused(self, most: int) -> tuple[RefusedQuestion, ...]:
        """The newest refused questions, newest first."""
        ...

    async def judged(self, most: int) -> tuple[JudgedAnswer, ...]:
        """The newest judgements, newest first."""
        ...

    async def tallies(self) -> dict[str | None, tuple[int, int]]:
        """For each document, how many of the judged answers about it helped and how many did not."""
        ...

    async def close(self) -> None:
        """Frees everything; the next call opens it again."""
        ...
