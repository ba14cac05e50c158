"""Questions that a release's documents answer for certain: the fields that a mission's file tells, and a lesson's headings that are questions."""

import re
from dataclasses import dataclass

from knowledge_base.library import Reader
from knowledge_base.types import Document, Fact
from knowledge_base.words import words
from tutor.answering.facts import Facts, told
from tutor.question.fields import Field
from tutor.question.follow_up import may_follow
from tutor.question.names import subject_of
from tutor.question.topics import Topics
from tutor.types import Language

FEWEST = 2  # content words of a heading that says what it asks about
_POINTS = re.compile(r"\b(?:such|this|that|these|those|it|its|they|their)\b|[这那它]", re.IGNORECASE)  # to what stands elsewhere in the lesson
_MARKS = ("?", "？")
_OVER = ("end", "crew")  # fields of what nobody asks whether it still works

# How each field of a mission is asked for, the more telling ones first.
_ASKS: dict[str, dict[Language, str]] = {
    "crew": {"en": "Who flew on {name}?", "zh": "{name}的航天员是谁？"},
    "launch date": {"en": "When was {name} launched?", "zh": "{name}是什么时候发射的？"},
    "landing place": {"en": "Where did {name} land?", "zh": "{name}在哪里着陆？"},
    "rocket": {"en": "Which rocket launched {name}?", "zh": "{name}是用什么火箭发射的？"},
    "launch site": {"en": "Where was {name} launched from?", "zh": "{name}是从哪里发射的？"},
    "landing date": {"en": "When did {name} land?", "zh": "{name}是什么时候着陆的？"},
    "status": {"en": "Is {name} still working?", "zh": "{name}现在还在工作吗？"},
}


@dataclass(frozen=True)
class Asks:
    """A question for one field of a mission, and the fact that answers it."""

    question: str
    field: Field
    fact: Fact


class Askable:
    """Remembers what it found of each document: one is cited again and again."""

    def __init__(self, facts: Facts, topics: Topics) -> None:
        self._facts = facts
        self._topics = topics
        self._asks: dict[str, tuple[Asks, ...]] = {}
        self._headings: dict[str, tuple[tuple[str, bool], ...]] = {}

    def of_mission(self, document: Document) -> tuple[Asks, ...]:
        """What its file tells, asked in its language."""
        if document.doc_id not in self._asks:
            name = self._topics.called(subject_of(document), document.language)
            found = (self._asked(document, field, texts[document.language].format(name=name)) for field, texts in _ASKS.items())
            self._asks[document.doc_id] = tuple(one for one in found if one is not None)
        return self._asks[document.doc_id]

    def _asked(self, document: Document, field: str, question: str) -> Asks | None:
        if field == "status" and any(fact.field in _OVER for fact in document.facts):
            return None
        asked = self._facts.asked(question, document.language)
        if asked.document is not document or asked.field is None or asked.field.name != field:
            return None
        fact = told(asked, tuple(words(question)))
        return Asks(question, asked.field, fact) if fact is not None else None

    def headings(self, reader: Reader, document: Document) -> tuple[tuple[str, bool], ...]:
        """A lesson's headings in order, each with whether it is a question that leaves out nothing."""
        if document.doc_id not in self._headings:
            found = dict.fromkeys(heading for one in reader.passages_of(document.doc_id) for heading in one.headings(document)[-1:])
            self._headings[document.doc_id] = tuple((heading, self._stands_alone(heading)) for heading in found)
        return self._headings[document.doc_id]

    def _stands_alone(self, heading: str) -> bool:
        whole = len(set(words(heading))) >= FEWEST and not _POINTS.search(heading)
        return whole and heading.endswith(_MARKS) and not may_follow(heading, self._topics)
