"""Grounded figures: the numbers, dates and mission names shown that stand in the source cited for them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.judging.dates import Date, dates, parts
from evaluation.judging.figures import Figure, figures
from evaluation.judging.names import MissionNames
from evaluation.judging.statements import Source, Statement
from evaluation.judging.stems import stem
from evaluation.metrics.share import Share, share


@dataclass(frozen=True)
class Told:
    """What a statement tells that its sources must hold: each thing and whether they do."""

    numbers: tuple[tuple[Figure, bool], ...]
    dates: tuple[tuple[Date, bool], ...]
    names: tuple[tuple[frozenset[str], bool], ...]

    @property
    def grounded(self) -> bool:
        """Whether every one stands in a source."""
        return all(held for told in (self.numbers, self.dates, self.names) for _thing, held in told)


@dataclass(frozen=True)
class Grounded:
    """Shares of the numbers, dates and mission names shown that their sources hold."""

    numbers: Share
    dates: Share
    names: Share


def grounded(statements: Iterable[Told]) -> Grounded:
    """Every figure, date and name of all statements counts once where it stands."""
    told = list(statements)
    return Grounded(
        numbers=share(held for one in told for _number, held in one.numbers),
        dates=share(held for one in told for _date, held in one.dates),
        names=share(held for one in told for _name, held in one.names),
    )


def told(statement: Statement, missions: MissionNames) -> Told:
    """Reads a statement beside its sources, across languages: 1,731 g is 1731克, 20 July 1969 is 1969年7月20日, CE-5 is 嫦娥五号.

    A number must stand with the same unit or none, unconverted; a date as far as it is told. Signs, "second" as an ordinal, a lone "one",
    and how a figure is meant (of what, more or less than it) are not judged.
    """
    said_dates, rest = dates(statement.text)
    said_names, rest = missions.named(rest)
    known = _Known(statement.sources, missions)
    return Told(
        numbers=tuple((figure, known.number(figure)) for figure in figures(rest)),
        dates=tuple((date, known.date(date)) for date in said_dates),
        names=tuple((subjects, bool(subjects & known.subjects)) for subjects in said_names),
    )


class _Known:
    """What the sources of a statement tell, read leniently: what they might mean by a word counts as told."""

    def __init__(self, sources: Sequence[Source], missions: MissionNames) -> None:
        found = [dates(source.whole) for source in sources]
        self._dates = [date for told_dates, _rest in found for date in told_dates]
        of_dates = (Figure(float(part)) for date in self._dates for part in parts(date))
        # The whole text, for a passage's 3月 is a number too where it was read as no date.
        self._figures = {*of_dates, *(figure for source in sources for figure in figures(source.whole, lenient=True))}
        self.subjects = frozenset(_subjects(sources, missions))

    def number(self, said: Figure) -> bool:
        return any(figure.value == said.value and (None in (figure.unit, said.unit) or figure.unit == said.unit) for figure in self._figures)

    def date(self, said: Date) -> bool:
        return any(self._same(said, date) for date in self._dates)

    def _same(self, said: Date, date: Date) -> bool:
        """A source often tells the year once and then days of it."""
        years = said.year in (None, date.year) or (date.year is None and self.number(Figure(float(said.year or 0))))
        return years and said.month == date.month and said.day in (None, date.day)


def _subjects(sources: Sequence[Source], missions: MissionNames) -> Iterator[str]:
    for source in sources:
        yield stem(source.doc_id)
        named, _rest = missions.named(source.whole)
        yield from (subject for subjects in named for subject in subjects)
