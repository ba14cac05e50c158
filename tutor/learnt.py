"""What the tutor learns from a release once and keeps while it answers from it: names, facts, topics and what it can be asked."""

from dataclasses import dataclass

from knowledge_base.library import Reader
from tutor.answering.askable import Askable
from tutor.answering.facts import Facts
from tutor.grounding.missions import missions
from tutor.grounding.reading import Missions
from tutor.question.designators import Designators
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


def learn(reader: Reader) -> Learnt:
    """Reads the names and facts of every document; about a tenth of a second for hundreds."""
    documents = reader.documents
    facts, topics = Facts(documents), Topics(documents)
    named, numbered = missions(documents.values()), Designators(documents.values())
    return Learnt(reader.release_id, numbered, facts, topics, Topics(documents, terms=True), named, Askable(facts, topics))
