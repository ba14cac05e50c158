"""Facts to be shown by themselves: those of what a query names, and those that a search for it finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, zip_longest

from knowledge_base.language import fold, visible
from knowledge_base.library import Library, Reader
from knowledge_base.types import Document, Hit
from knowledge_base.words import words
from tutor.answering.compose import LinkTo, citation, flowing
from tutor.citing import as_hit
from tutor.question.topics import Topics
from tutor.types import Citation, Language

LONGEST = 300  # characters of a query that are read
SHORT = 160  # characters of two sentences that go on one card together
SEARCHED = 24  # hits


@dataclass(frozen=True)
class Card:
    """A fact to be shown by itself: a heading, one or two sentences in the course's words, and where they stand."""

    card_id: str
    title: str
    text: str
    citation: Citation


@dataclass(frozen=True)
class Dealer:
    """Finds cards in one release, which `topics` were learnt from."""

    library: Library
    reader: Reader
    topics: Topics
    link_to: LinkTo

    async def cards(self, query: str, language: Language, k: int) -> tuple[Card, ...]:
        """The best `k`: of what the query names or begins to name; of what is found, where it says more than a name or names nothing."""
        query = visible(query[:LONGEST]).strip()
        named = list(dict.fromkeys(mention.topic for mention in self.topics.mentions(query))) or self._begun(query, language)
        documents = [document for topic in named for document in self._documents(topic, language)]
        found = await self._found(query, language) if _says_more(query, documents) else []
        if named and found:
            found = [card for card in found if card.citation.doc_id in {document.doc_id for document in documents}] or found
        further = (card for card in self._told(documents) if not any(one.text in card.text for one in found))
        return tuple(islice([*found, *further], k))

    def _documents(self, topic: str, language: Language) -> Sequence[Document]:
        """The topic's document, in the other language where there is none in this one."""
        both = [self.reader.documents.get(f"{topic}.{one}") for one in (language, "zh" if language == "en" else "en")]
        return [one for one in both if one is not None][:1]

    def _begun(self, query: str, language: Language) -> list[str]:
        """Topics whose title begins as the query does, which somebody may still be typing."""
        start = fold(query)
        documents = (one for one in self.reader.documents.values() if one.kind == "fact" and one.language == language)
        begun = (self.topics.of_document(one.doc_id) for one in documents if len(start) > 1 and fold(one.title).startswith(start))
        return [topic for topic in begun if topic is not None]

    async def _found(self, query: str, language: Language) -> list[Card]:
        """The sentence that each hit was found by; none below the bar that an answer must pass."""
        results = await self.reader.search(query, k=SEARCHED, language=language)
        if self.library.calibration.gate.confidence(results.hits) < self.library.calibration.gate.bar:
            return []
        hits = [hit for hit in results.hits if hit.document.kind in ("fact", "glossary") and hit.document.language == language]
        return [self._card(hit, (at, at)) for hit in hits for at in [_best(hit)] if at is not None]

    def _told(self, documents: Sequence[Document]) -> Iterator[Card]:
        """The cards of each document, section by section, then each section's further ones; several documents take turns."""
        for row in zip_longest(*(self._of_document(document) for document in documents)):
            yield from (card for card in row if card is not None)

    def _of_document(self, document: Document) -> list[Card]:
        hits = self.library.clearing.cleared(tuple(as_hit(passage, document) for passage in self.reader.passages_of(document.doc_id)))
        sections = [
            [self._card(hit, run) for hit in of_section for run in _runs(hit)] for _name, of_section in groupby(hits, lambda hit: hit.passage.section)
        ]
        return [card for row in zip_longest(*sections) for card in row if card is not None]

    def _card(self, hit: Hit, run: tuple[int, int]) -> Card:
        """Of the sentences from the first to the last of a run."""
        first, last = run
        passage, document = hit.passage, hit.document
        text = passage.text[passage.sentences[first][0] : passage.sentences[last][1]]
        title = " · ".join([document.title, *passage.headings(document)[-1:]])
        return Card(f"{passage.passage_id}-{first}", title, flowing(text), citation(hit, 1, text, self.link_to))


def _says_more(query: str, documents: Sequence[Document]) -> bool:
    """Whether the query holds words that are no part of the documents' names; also where nothing is named."""
    names = {word for document in documents for name in (document.title, *document.aliases) for word in words(name)}
    return bool(set(words(query)) - names)


def _best(hit: Hit) -> int | None:
    cosines = hit.sentence_cosines[: len(hit.passage.sentences)]
    return max(range(len(cosines)), key=cosines.__getitem__) if cosines else None


def _runs(hit: Hit) -> Iterator[tuple[int, int]]:
    """The passage's sentences, two short neighbours together."""
    at, spans = 0, hit.passage.sentences
    while at < len(spans):
        two = at + 1 < len(spans) and spans[at + 1][1] - spans[at][0] <= SHORT
        yield at, at + two
        at += 1 + two
