"""Whether one statement of a draft stands in one sentence of a source, and if not, what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge_base.figures.figures import Figure
from knowledge_base.figures.moments import Moment
from tutor.grounding.naming import BODIES, holds, names
from tutor.grounding.polarity import turned, unhedged
from tutor.grounding.reading import Missions, Reading, Unit
from tutor.question.everyday import meanings

Fault = Literal["figure", "date", "mission", "name", "negation", "opposite", "certainty"]


@dataclass(frozen=True)
class Statement:
    """A part of a draft sentence: its text, and what was read in it with the whole sentence in view."""

    reading: Reading
    whole: str  # the sentence that it is part of
    moments: tuple[Moment, ...]
    figures: tuple[Figure, ...]
    missions: frozenset[str]
    about: frozenset[str]  # what its pronoun may stand for
    common: frozenset[str]  # words that are no names though a sentence may begin with them

    @property
    def exact(self) -> int:
        """How many dates and figures it tells, but for the numbers of names: where these stand in a source, they speak for the statement."""
        return len(self.moments) + sum(figure.kind != "serial" for figure in self.figures)


def fault(statement: Statement, unit: Unit, missions: Missions) -> Fault | None:
    """The first thing that the statement says and the unit does not; None when all of it stands there."""
    if not all(_tells_figure(unit, figure) for figure in statement.figures):
        return "figure"
    if not all(any(moment.within(told) for told in unit.moments) for moment in statement.moments):
        return "date"
    if _tells_of_another(statement, unit) or _stands_beside_another(statement, unit):
        return "date" if statement.moments else "figure"
    if not _of_the_same(statement, _missions(unit, missions)):
        return "mission"
    if not _names_stand(statement, unit):
        return "name"
    if _denial_differs(statement, unit, missions):
        return "negation"
    if turned(statement.reading.text, unit.text):
        return "opposite"
    return "certainty" if unhedged(statement.whole, unit.text) else None


def measures_differ(statement: Statement, unit: Unit) -> bool:
    """Whether statement and unit each tell one measure in one and the same unit, and not the same one."""
    ours = [figure for figure in statement.figures if figure.kind == "count" and figure.unit]
    theirs = [figure for figure in unit.figures if figure.kind == "count" and figure.unit]
    return len(ours) == len(theirs) == 1 and ours[0].unit == theirs[0].unit and ours != theirs


def covered(wanted: Iterable[str], held: frozenset[str]) -> frozenset[str]:
    """The words of `wanted` that a source with the words `held` holds, by themselves or by a word that means the same."""
    return frozenset(word for word in wanted if word in held or meanings(word) & held)


def _tells_figure(unit: Unit, figure: Figure) -> bool:
    return figure in unit.figures or (figure.kind == "serial" and figure in unit.context.figures)


def _tells_of_another(statement: Statement, unit: Unit) -> bool:
    """Whether the figure or date stands in a clause of its own, while a clause with another one of its kind holds more of the statement's words."""
    wanted = statement.reading.words
    for kind, ours in (("moments", statement.moments), ("figures", statement.figures)):
        rivals = [clause for clause in unit.clauses if any(_alike(one, other) for one in ours for other in getattr(clause, kind))]
        holding = [clause for clause in rivals if any(_in_clause(one, clause) for one in ours)]
        if holding and len(holding) < len(rivals):
            best = max(len(covered(wanted, clause.words)) for clause in rivals)
            # A clause that is nothing but the date goes with the whole sentence.
            if all(clause.words and len(covered(wanted, clause.words)) < best for clause in holding):
                return True
    return False


def _stands_beside_another(statement: Statement, unit: Unit) -> bool:
    """Whether the word behind a figure stands in the unit behind other figures of its kind, and never behind this one."""
    for figure, word in statement.reading.beside:
        told = {other for other, beside in unit.beside if beside == word and (other.kind, other.unit) == (figure.kind, figure.unit)}
        if told and figure not in told:
            return True
    return False


def _alike(one: Moment | Figure, other: Moment | Figure) -> bool:
    return isinstance(one, Moment) or (isinstance(other, Figure) and (one.kind, one.unit) == (other.kind, other.unit))


def _in_clause(one: Moment | Figure, clause: Reading) -> bool:
    return one in clause.figures if isinstance(one, Figure) else any(one.within(told) for told in clause.moments)


def _missions(unit: Unit, missions: Missions) -> frozenset[str]:
    """Those that the unit names; where it names none, or refers back, those of its context."""
    named = missions(unit.undated)
    return named if named and not unit.refers_back else named | missions(unit.context.undated)


def _of_the_same(statement: Statement, told: frozenset[str]) -> bool:
    return statement.missions <= told and (not told or not statement.about or bool(statement.about & told))


def _names_stand(statement: Statement, unit: Unit) -> bool:
    source = f"{unit.folded}\n{unit.context.folded}"
    held = unit.all_words | unit.context.all_words
    return all(holds(source, held, name) for name in names(statement.reading.text, statement.common))


def _denial_differs(statement: Statement, unit: Unit, missions: Missions) -> bool:
    if not statement.reading.denied.text:
        return _affirms_what_is_denied(statement, unit, missions)
    denied, affirmed = unit.denied.words, unit.affirmed.words
    ours = statement.reading.denied.words
    return not unit.denied.text or bool(ours & (affirmed - denied) and not ours & denied)


def _affirms_what_is_denied(statement: Statement, unit: Unit, missions: Missions) -> bool:
    if not unit.denied.text:
        return False
    bodies = BODIES if unit.denied.words - BODIES else frozenset[str]()  # the Moon is spoken of in every other clause
    if statement.reading.words & (unit.denied.words - unit.affirmed.words - bodies):
        return True
    if any(figure in unit.denied.figures and figure not in unit.affirmed.figures for figure in statement.figures):
        return True
    return bool(statement.missions & (missions(unit.denied.undated) - missions(unit.affirmed.undated)))
