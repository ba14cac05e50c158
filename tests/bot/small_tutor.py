"""A tutor small enough to see through, and the answers it gives."""

import asyncio
from dataclasses import dataclass, field, replace

from tutor.types import Answer, Citation, Question, Suggestion

CITATION = Citation(
    n=1,
    passage_id="p1",
    doc_id="rockets.en",
    title="Rockets",
    section="Stages",
    page=None,
    position_s=None,
    url=None,
    quote="An empty stage is dead weight.",
    language="en",
    as_of=None,
    score=0.9,
)

ANSWER = Answer(
    answer_id="a1",
    conversation_id="c1",
    kind="grounded",
    text="An empty stage is only weight, so it is dropped [1].",
    language="en",
    citations=(CITATION,),
    confidence=0.9,
    suggestions=(),
    engine="extract",
    release="r1",
    timings_ms={},
    notice=None,
)

REFUSAL = replace(
    ANSWER,
    kind="refused",
    text="That is not in our lessons.",
    citations=(),
    suggestions=(Suggestion("How rockets fly", "rockets.en"), Suggestion("Chang'e 5 <2020>", None)),
)


@dataclass
class SmallTutor:
    """Answers what it knows, echoes what it does not, fails at what breaks it, and waits at a question's gate until that opens."""

    known: dict[str, Answer] = field(default_factory=dict)
    breaks: dict[str, Exception] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)

    async def ask(self, question: Question) -> Answer:
        """Answer one question."""
        self.asked.append(question)
        if question.text in self.gates:
            await self.gates[question.text].wait()
        if question.text in self.breaks:
            raise self.breaks[question.text]
        return self.known.get(question.text) or replace(ANSWER, text=f"Echo: {question.text}")

    async def is_asked(self, questions: int = 1) -> bool:
        """Whether so many questions have arrived."""
        return len(self.asked) >= questions
