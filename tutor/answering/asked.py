"""What a question asks of the course's missions, and which sentences can answer it."""

from dataclasses import dataclass
from functools import cached_property

from knowledge_base.language import fold
from knowledge_base.types import Document, Hit
from knowledge_base.words import words
from tutor.question.bodies import bodies
from tutor.question.comparisons import asks_for_first, tells_first
from tutor.question.counted import asks_how_many, tells_count
from tutor.question.deeds import Deed, deeds
from tutor.question.demands import Demands, demands
from tutor.question.dimensions import Dimension
from tutor.question.everyday import meanings
from tutor.question.fields import Field
from tutor.question.names import Names, subject_of
from tutor.question.patterns import DATE
from tutor.question.wants import Wants, fit, wanted


@dataclass(frozen=True)
class Asked:
    """The missions that a question names, and what it wants of them: a field, a count, a figure, a dimension. Each may be missing.

    `document` is that of the one mission named, in the reply's language; `parts` are the words for what of it is measured or compared.
    """

    question: str
    names: Names
    subjects: frozenset[str]
    document: Document | None = None
    field: Field | None = None
    counted: str | None = None
    of_figure: bool = False
    dimension: Dimension | None = None
    parts: tuple[str, ...] = ()

    def fits(self, hit: Hit, sentence: str) -> bool:
        """Whether a sentence may answer: it tells what is asked, of a mission that is asked about. A course without missions is not judged."""
        return not self.names or (self._belongs(hit, sentence) and self.tells(sentence))

    def prefers(self, hit: Hit, sentence: str) -> bool:
        """Whether a sentence that fits answers better than others that fit, where the question is `choosy`: it tells of a first, or the deed."""
        better = tells_first(sentence) if self._for_the_first else all(deed.told.search(sentence) for deed in self._deeds)
        return better and self.fits(hit, sentence)

    @property
    def choosy(self) -> bool:
        """Whether some of the sentences that fit answer better: the question is which was the first of all, or for a figure of some deed."""
        return self._for_the_first or (bool(self.subjects) and self._of_number and bool(self._deeds))

    def tells(self, sentence: str) -> bool:
        """Whether the sentence holds what the question asks for, of whatever mission."""
        return (
            self._demands.met_by(sentence)
            and (self.field is None or self.field.tells(sentence))
            and (self.dimension is None or self.dimension.tells(sentence))
            and (self.counted is None or tells_count(sentence, self.counted))
            and self._of_all_parts(sentence)
            and (not self.subjects or self._tells_of_a_mission(sentence))
        )

    @cached_property
    def _demands(self) -> Demands:
        return demands(self.question)

    @cached_property
    def _wants(self) -> Wants:
        return wanted(self.question)

    @cached_property
    def _of_number(self) -> bool:
        return self.of_figure or asks_how_many(self.question)

    @cached_property
    def _deeds(self) -> tuple[Deed, ...]:
        return tuple(deeds(fold(self.question)))

    @cached_property
    def _bodies(self) -> frozenset[int]:
        return bodies(fold(self.question))

    @property
    def _exact(self) -> bool:
        return self._of_number or self.field is not None or self.counted is not None

    @property
    def _for_the_first(self) -> bool:
        return bool(self.names) and not self.subjects and not self.of_figure and asks_for_first(self.question) and self._wants == "other"

    def _of_all_parts(self, sentence: str) -> bool:
        held = set(words(sentence)) if self.parts else set()
        return all(meanings(part) & held for part in self.parts)

    def _tells_of_a_mission(self, sentence: str) -> bool:
        """Whether a date of the deed is told where it is asked for, a number where one is, and both missions where two are compared."""
        if self._wants == "time":
            return bool(DATE.search(sentence)) and all(deed.told.search(sentence) for deed in self._deeds)
        if self._of_number and fit("number", self.question, sentence) < 0:
            return False
        return len(self.subjects) < 2 or not self._demands.comparison or len(self.names.named(sentence) & self.subjects) > 1

    def _belongs(self, hit: Hit, sentence: str) -> bool:
        """Whether it is about a mission asked about. Where something exact is asked, its passage's naming the mission is not enough."""
        if not self.subjects:
            about = [hit.document.title, *hit.passage.section, sentence]
            return not (self.of_figure or self.counted) or self._bodies <= bodies(fold("\n".join(about)))
        if subject_of(hit.document) in self.subjects or self.names.named(sentence) & self.subjects:
            return True
        return not self._exact and bool(self.names.named("\n".join([*hit.passage.section, hit.passage.text])) & self.subjects)
