"""Which sentences answer a question, if any: the fact that tells the field asked for, else the best of what was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.calibration import Calibration
from knowledge_base.library import Reader
from knowledge_base.types import Document, Fact, Filters, Hit
from tutor.answering.extract import Chosen, Extractor
from tutor.answering.facts import Asked, told
from tutor.answering.grade import EVERY, Grade
from tutor.answering.premises import defined, explains, presumes_too_much
from tutor.answering.terms import explanation
from tutor.learnt import Learnt
from tutor.question.names import subject_of
from tutor.question.understand import Understood

EXTRACT = "extract"
FACT = "fact"
MOST = 50  # passages of one mission that are looked through for the sentence of a fact


@dataclass(frozen=True)
class Choice:
    """The sentences to show, none for a refusal, and the engine that chose them."""

    sentences: tuple[Chosen, ...] = ()
    engine: str = EXTRACT


@dataclass(frozen=True)
class Chooser:
    """Chooses for one question, within its filters, from one release."""

    reader: Reader
    learnt: Learnt
    calibration: Calibration
    understood: Understood
    filters: Filters
    grade: Grade = EVERY

    async def choose(self, asked: Asked, hits: Sequence[Hit], confidence: float) -> Choice:
        """The answer's sentences; none when the evidence is weak, speaks of other missions, or the question presumes what nothing tells."""
        fact = await self._fact(asked)
        choice = Choice(fact, FACT) if fact else Choice(self._extract(asked, hits, confidence))
        return Choice() if self._presumes(asked, choice.sentences) else self._explained(choice)

    def _explained(self, choice: Choice) -> Choice:
        """With the sentence that explains the first hard term of an answer for young students, from the glossary."""
        if not self.grade.young or not choice.sentences:
            return choice
        term = explanation(choice.sentences, self.understood, self.grade, self.learnt.topics, self.reader)
        return replace(choice, sentences=(*choice.sentences, term)) if term is not None else choice

    async def _fact(self, asked: Asked) -> tuple[Chosen, ...]:
        fact = told(asked, self.understood.words)
        if fact is None or asked.document is None or not self.filters.admits(asked.document):
            return ()
        found = await self.reader.search(self.understood.text, k=MOST, filters=Filters(lesson=asked.document.doc_id))
        return next((chosen for hit in found.hits if (chosen := _telling(hit, fact))), ())

    def _extract(self, asked: Asked, hits: Sequence[Hit], confidence: float) -> tuple[Chosen, ...]:
        """The gate, in code: nothing is chosen when the evidence is weak, or speaks of other missions than the question names."""
        if confidence < self.calibration.gate.bar or not self.understood.asks_of_something:
            return ()
        designators = self.learnt.designators
        numbered = designators.named(self.understood.text)
        admitted = [hit for hit in hits if not numbered or numbered & designators.named(_all_names(hit))]
        rarity = self.reader.rarity(self.understood.words)
        extractor = Extractor(self.calibration.sentence, self.understood, rarity, designators, numbered, asked.fits, self.grade)
        return extractor.extract(self.grade.first(self._preferred(admitted)))

    def _preferred(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Hits in the student's language when these alone would pass the gate; else all, whatever their language."""
        same = [hit for hit in hits if hit.document.language == self.understood.reply_language]
        gate = self.calibration.gate
        return same if same and gate.confidence(same) >= gate.bar else hits

    def _presumes(self, asked: Asked, chosen: Sequence[Chosen]) -> bool:
        """Whether the question takes for granted what its missions, or else the facts chosen, do not tell."""
        if not chosen or not (asked.subjects or chosen[0].hit.document.facts):
            return False
        if presumes_too_much(self.understood.text, self._known(asked, chosen)):
            return True
        thing = defined(self.understood.text)
        facts = [one for one in chosen if one.hit.document.facts]
        return bool(thing and facts) and not any(explains(one.text, _names(one.hit.document), thing) for one in chosen)

    def _known(self, asked: Asked, chosen: Sequence[Chosen]) -> list[str]:
        """All that the course tells of the missions named, or else of what the chosen sentences stand in; with those sentences."""
        doc_ids = self.learnt.facts.documents_of(asked.subjects or {subject_of(one.hit.document) for one in chosen})
        return [*map(self._text_of, doc_ids), *("\n".join([*one.hit.passage.section, one.text]) for one in chosen)]

    def _text_of(self, doc_id: str) -> str:
        passages = self.reader.passages_of(doc_id)
        return "\n".join([*_names(self.reader.documents[doc_id]), *(line for one in passages for line in (*one.section, one.text))])


def _telling(hit: Hit, fact: Fact) -> tuple[Chosen, ...]:
    """The passage's sentence that tells the fact; empty when it holds none."""
    at = hit.passage.text.find(fact.sentence)
    indexes = [index for index, (start, end) in enumerate(hit.passage.sentences) if start <= at < end]
    return tuple(Chosen(hit, index, hit.score) for index in indexes)


def _all_names(hit: Hit) -> str:
    return "\n".join([*_names(hit.document), *hit.passage.section, hit.passage.text])


def _names(document: Document) -> tuple[str, ...]:
    return (document.title, *document.aliases)
