"""Which sentences answer a question, if any: the fact that tells the field asked for, else the best of what was found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from knowledge_base.calibration import Calibration
from knowledge_base.library import Reader
from knowledge_base.types import Document, Fact, Filters, Hit
from knowledge_base.words import words
from tutor.answering.asked import Asked
from tutor.answering.extract import Chosen, Extractor, repeats, same
from tutor.answering.facts import told
from tutor.answering.familiar import Candidate, candidates, likeliest, meant
from tutor.answering.grade import EVERY, Grade
from tutor.answering.history import asked_state
from tutor.answering.premises import defined, explains, gives_reason, presumes_too_much
from tutor.answering.terms import asked_meaning, explanation
from tutor.learnt import Learnt
from tutor.lesson.place import Place
from tutor.question.asked_kind import asked_kinds
from tutor.question.names import subject_of
from tutor.question.strangers import strangers
from tutor.question.understand import Understood
from tutor.turn import EXTRACT
from tutor.types import Suggestion

FACT = "fact"
# Hits that a model is given: those that the extract quotes, then the best. All in the reply's language: what it writes from another one
# cannot be checked by words, and cosines tell no two statements on one mission apart (right ones reach 0.85 in the median, wrong ones 0.81).
HANDED = 5
LIKELY = 0.1  # how sure a known question must be at least to be asked back where there is no answer
MOST = 50  # passages of one mission that are looked through for the sentence of a fact


@dataclass(frozen=True)
class Choice:
    """The sentences to show, none for a refusal, and the engine that chose them; the hits that a model may write from, none beside a fact.

    `certain` says that they are what is asked for, whatever a model finds in the hits; `sure` how likely (0..1) that is, where more is known than
    the search's confidence tells. `meant` are questions that the course knows and that this one may be: to ask back where it is refused.
    """

    sentences: tuple[Chosen, ...] = ()
    engine: str = EXTRACT
    hits: tuple[Hit, ...] = ()
    certain: bool = False
    sure: float = 0.0
    meant: tuple[Suggestion, ...] = ()


@dataclass(frozen=True)
class Chooser:
    """Chooses for one question, within its filters, from one release; `hands_on` says whether a model is to have hits to write from."""

    reader: Reader
    learnt: Learnt
    calibration: Calibration
    understood: Understood
    filters: Filters
    grade: Grade = EVERY
    hands_on: bool = False
    place: Place | None = None

    async def choose(self, asked: Asked, hits: Sequence[Hit], confidence: float) -> Choice:
        """The answer's sentences; none when the evidence is weak, speaks of other missions, or the question presumes what nothing tells."""
        if asked.names and strangers(self.understood.text, self._written(hits)):
            return Choice()
        state = await self._state(asked, hits)
        if state:
            return self._explained(Choice(state, FACT))
        fact = await self._fact(asked, hits)
        choice = Choice(fact, FACT) if fact else await self._extract(asked, self._admitted(hits, confidence))
        meaning = None if fact else asked_meaning(self.understood, self.grade, self.learnt.terms, self.reader)
        if meaning is not None and self.filters.admits(meaning.hit.document):
            return self._defined(meaning, choice)
        choice = Choice() if self.presumes(asked, choice.sentences) else choice
        return self._explained(choice if fact else await self._recognised(asked, choice))

    def _defined(self, meaning: Chosen, choice: Choice) -> Choice:
        """The glossary's sentence, and the first of those chosen that speaks of the term and says something else."""
        topics = self.learnt.terms
        term = topics.of_document(meaning.hit.document.doc_id)
        further = (
            one
            for one in choice.sentences
            if not same(one.text, meaning.text) and any(mention.topic == term for mention in topics.mentions(one.text))
        )
        return Choice((meaning, *islice(further, 1)), EXTRACT, (meaning.hit, *choice.hits)[:HANDED] if self.hands_on else ())

    def _explained(self, choice: Choice) -> Choice:
        """With the sentence that explains the first hard term of an answer for young students, from the glossary."""
        if not self.grade.young or not choice.sentences:
            return choice
        term = explanation(choice.sentences, self.understood, self.grade, self.learnt.topics, self.reader)
        return replace(choice, sentences=(*choice.sentences, term)) if term is not None else choice

    def _written(self, hits: Sequence[Hit]) -> Iterator[str]:
        """All that was found, and every document's names."""
        yield from (hit.passage.text for hit in hits)
        yield from (name for document in self.reader.documents.values() for name in _names(document))

    async def _fact(self, asked: Asked, hits: Sequence[Hit]) -> tuple[Chosen, ...]:
        fact = told(asked, self.understood.words)
        return () if fact is None else await self._telling(asked, fact, hits)

    async def _state(self, asked: Asked, hits: Sequence[Hit]) -> tuple[Chosen, ...]:
        """Where the mission was at the time asked about, all of it or nothing."""
        facts = asked_state(asked)
        found = [await self._telling(asked, fact, hits) for fact in facts]
        return tuple(one for chosen in found for one in chosen[:1]) if all(found) else ()

    async def _telling(self, asked: Asked, fact: Fact, hits: Sequence[Hit]) -> tuple[Chosen, ...]:
        if asked.document is None or not self.filters.admits(asked.document):
            return ()
        doc_id = asked.document.doc_id
        near = _first_telling((hit for hit in hits if hit.document.doc_id == doc_id), fact)
        return near or _first_telling(await self._of_document(doc_id), fact)

    async def _of_document(self, doc_id: str) -> Sequence[Hit]:
        """All that one document tells of the question, best first."""
        found = await self.reader.search(self.understood.text, k=MOST, filters=Filters(lesson=doc_id), language=self.understood.reply_language)
        return found.hits

    def answers(self, asked: Asked, hit: Hit, sentence: str) -> bool:
        """Whether a sentence about a hit's passage tells the kind of thing that is asked."""
        return asked.fits(hit, sentence) and self._tells_kind(sentence)

    def _tells_kind(self, sentence: str) -> bool:
        quantity = self.understood.quantity
        return self.understood.fit(sentence) >= 0 and (quantity is None or bool(quantity.told.search(sentence)))

    async def _recognised(self, asked: Asked, found: Choice) -> Choice:
        """The answer of the question that this one is another wording of, and behind it what was found.

        Where the course knows no such question: what was found, unless all of that stands in texts of which it is listed what students ask. Of
        what was found there three answers in four were to another question; a model may still write from the passages.
        """
        gate = self.calibration.faq_gate
        if not gate.fitted:
            return found
        those = await self.candidates(asked)
        familiar = likeliest(those, self.calibration.faq)
        doubted = replace(found, sentences=()) if all(self._listed(one.hit.document) for one in found.sentences) else found
        if familiar is None:
            return doubted
        sure = familiar.probability(gate, granted=not self.presumes(asked, familiar.candidate.sentences))
        choice = replace(self._with(familiar.candidate.sentences, found), sure=sure) if sure >= gate.bar else doubted
        return replace(choice, meant=meant(those, self.calibration.faq)) if sure >= LIKELY else choice

    def _listed(self, document: Document) -> bool:
        """Whether what students ask about the document is listed, or about the lesson that it records."""
        lesson = self.reader.documents.get(f"{document.lesson}.{document.language}") if document.kind == "transcript" else None
        return bool((lesson or document).faq)

    def _with(self, familiar: Sequence[Chosen], found: Choice) -> Choice:
        """A known question's answer, and behind it, where there is room, what was found and says something else."""
        room = max(0, self.understood.most_sentences - len(familiar))
        further = [one for one in found.sentences if not any(repeats(one, other) for other in familiar)][:room]
        hits = self._handed([one.hit for one in familiar], found.hits) if self.hands_on else ()
        return Choice((*familiar, *further), EXTRACT, hits)

    async def candidates(self, asked: Asked) -> list[Candidate]:
        """The questions often asked that this one may be."""
        if not self.understood.asks_of_something:
            return []
        filters = replace(self.filters, language=self.understood.reply_language)
        known = await self.reader.known(self.understood.text, filters=filters)
        those = candidates(known, lambda one: (asked.fits(one.hit, one.text) + self._tells_kind(one.text)) / 2)
        kinds = asked_kinds(self.understood.text)
        return [one for one in those if one.knows(kinds) and one.tells(self.understood.quantity) and self._of_the_same(asked, one)]

    def _of_the_same(self, asked: Asked, one: Candidate) -> bool:
        """Whether a known question is about the missions asked about, if it names any, and their numbers: its own, or those around its answer."""
        document, question, designators = one.known.document, one.known.question, self.learnt.designators
        numbered = designators.named(self.understood.text)
        if not asked.subjects and not numbered:
            return True  # most questions name none, and to read every list for its names takes longer than all the rest
        text = " ".join([document.title, *question.wordings, *question.sentences])
        subjects = asked.names.named(text) | ({subject_of(document)} if document.facts else set())
        if asked.subjects and subjects and not asked.subjects & subjects:
            return False
        families = {family for family, _number in numbered}
        own = {named for named in designators.named(text) if named[0] in families}
        return not numbered or bool(numbered & own if own else any(numbered & designators.named(_all_names(told.hit)) for told in one.sentences))

    def _admitted(self, hits: Sequence[Hit], confidence: float) -> Sequence[Hit]:
        """The gate, in code: nothing passes when the evidence is weak, or speaks of other missions than the question names."""
        if confidence < self.calibration.gate.bar or not self.understood.asks_of_something:
            return ()
        designators = self.learnt.designators
        numbered = designators.named(self.understood.text)
        admitted = self._preferred([hit for hit in hits if not numbered or numbered & designators.named(_all_names(hit))])
        return admitted if self.place is None else self.place.preferred(admitted)

    async def _extract(self, asked: Asked, admitted: Sequence[Hit]) -> Choice:
        """From what was found; where none of it answers, from all that the one mission's own document tells."""
        choice = self._extracted(asked, admitted)
        if admitted and not choice.sentences and asked.document is not None and self.filters.admits(asked.document):
            return self._extracted(asked, await self._of_document(asked.document.doc_id))
        return choice

    def _extracted(self, asked: Asked, admitted: Sequence[Hit]) -> Choice:
        designators = self.learnt.designators
        rarity = self.reader.rarity(self.understood.words)
        numbered = designators.named(self.understood.text)
        extracts = (
            Extractor(self.calibration.sentence, self.understood, rarity, designators, numbered, fits, self.grade).extract(self.grade.first(admitted))
            for fits in ((asked.prefers, asked.fits) if asked.choosy else (asked.fits,))
        )
        chosen = next((sentences for sentences in extracts if sentences), ())
        return Choice(chosen, EXTRACT, self._handed([one.hit for one in chosen], admitted) if self.hands_on else ())

    def _handed(self, quoted: Sequence[Hit], admitted: Sequence[Hit]) -> tuple[Hit, ...]:
        """What a model may write from, the best passage's neighbours with it: nothing where the answer stands in the other language alone."""
        language = self.understood.reply_language
        if not quoted or any(hit.document.language != language for hit in quoted):
            return ()
        near = self.reader.neighbours(quoted[0])
        hits = {hit.passage.passage_id: hit for hit in (*quoted, *admitted[:1], *near, *admitted[1:]) if hit.document.language == language}
        return tuple(hits.values())[:HANDED]

    def _preferred(self, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Hits in the student's language when these alone would pass the gate; else all, whatever their language."""
        same = [hit for hit in hits if hit.document.language == self.understood.reply_language]
        gate = self.calibration.gate
        return same if same and gate.confidence(same) >= gate.bar else hits

    def presumes(self, asked: Asked, chosen: Sequence[Chosen]) -> bool:
        """Whether the question takes for granted what its missions, or else the facts chosen, do not tell."""
        if not chosen:
            return False
        thing = defined(self.understood.text)
        if thing and not any(set(thing) <= set(words(_all_names(one.hit))) for one in chosen):
            return True  # a black hole is neither a hole nor black
        if not (asked.subjects or chosen[0].hit.document.facts):
            return False
        if self.understood.wants == "reason" and not any(one.hit.document.kind != "fact" or gives_reason(one.text) for one in chosen):
            return True  # missions' facts seldom say why
        if presumes_too_much(self.understood.text, self._known(asked, chosen)):
            return True
        facts = [one for one in chosen if one.hit.document.facts]
        return bool(thing and facts) and not any(explains(one.text, _names(one.hit.document), thing) for one in chosen)

    def _known(self, asked: Asked, chosen: Sequence[Chosen]) -> list[str]:
        """All that the course tells of the missions named, or else of what the chosen sentences stand in; with those sentences."""
        doc_ids = self.learnt.facts.documents_of(asked.subjects or {subject_of(one.hit.document) for one in chosen})
        return [*map(self._text_of, doc_ids), *("\n".join([*one.hit.passage.section, one.text]) for one in chosen)]

    def _text_of(self, doc_id: str) -> str:
        passages = self.reader.passages_of(doc_id)
        return "\n".join([*_names(self.reader.documents[doc_id]), *(line for one in passages for line in (*one.section, one.text))])


def _first_telling(hits: Iterable[Hit], fact: Fact) -> tuple[Chosen, ...]:
    return next((chosen for hit in hits if (chosen := _telling(hit, fact))), ())


def _telling(hit: Hit, fact: Fact) -> tuple[Chosen, ...]:
    """The passage's sentence that tells the fact; empty when it holds none."""
    at = hit.passage.text.find(fact.sentence)
    indexes = [index for index, (start, end) in enumerate(hit.passage.sentences) if start <= at < end]
    return tuple(Chosen(hit, index, hit.score) for index in indexes)


def _all_names(hit: Hit) -> str:
    return "\n".join([*_names(hit.document), *hit.passage.section, hit.passage.text])


def _names(document: Document) -> tuple[str, ...]:
    return (document.title, *document.aliases)
