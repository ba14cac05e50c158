"""What the tutor learns from a release once and keeps while it answers from it: names, facts, topics and what it can be asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.library import Reader
from tutor.answering.askable import Askable
from tutor.answering.facts import Facts
from tutor.grounding.missions import missions
from tutor.grounding.reading import Missions
from tutor.lesson.place import Lessons
from tutor.question.designators import Designators
from tutor.question.homophones import Homophones
from tutor.question.names import crews
from tutor.question.spelling import Spelling
from tutor.question.topics import Topics


@dataclass(frozen=True)
class Learnt:
    """Of the release with id `release`."""

    release: str
    designators: Designators
    facts: Facts
    topics: Topics
    terms: Topics
    missions: Missions
    askable: Askable
    spelling: Spelling
    lessons: Lessons


def learn(reader: Reader) -> Learnt:
    """Reads the names and facts of every document; about a tenth of a second for hundreds."""
    documents = reader.documents
    facts, topics = Facts(documents), Topics(documents)
    return Learnt(
        release=reader.release_id,
        designators=Designators(documents.values()),
        facts=facts,
        topics=topics,
        terms=Topics(documents, terms=True),
        missions=missions(documents.values()),
        askable=Askable(facts, topics),
        spelling=_spelling(reader),
        lessons=Lessons(reader),
    )


def _spelling(reader: Reader) -> Spelling:
    documents, texts = list(reader.documents.values()), list(_texts(reader))
    titles = (name for one in documents if one.kind == "fact" for name in (one.title, *one.aliases))
    return Spelling(texts, Homophones(titles, (name for name, _subject in crews(documents)), texts))


def _texts(reader: Reader) -> Iterator[str]:
    for doc_id, document in reader.documents.items():
        yield from (document.title, *document.aliases)
        yield from ("\n".join([*one.section, one.text]) for one in reader.passages_of(doc_id))
