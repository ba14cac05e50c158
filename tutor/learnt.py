"""What the tutor learns from a release once and keeps while it answers from it: its numbered names and its facts."""

from dataclasses import dataclass

from knowledge_base.library import Reader
from tutor.answering.facts import Facts
from tutor.grounding.missions import missions
from tutor.grounding.reading import Missions
from tutor.question.designators import Designators


@dataclass(frozen=True)
class Learnt:
    """Of the release with id `release`."""

    release: str
    designators: Designators
    facts: Facts
    missions: Missions


def learn(reader: Reader) -> Learnt:
    """Reads the names and facts of every document; some milliseconds for hundreds."""
    return Learnt(reader.release_id, Designators(reader.documents.values()), Facts(reader.documents), missions(reader.documents.values()))
