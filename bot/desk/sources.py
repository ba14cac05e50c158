"""Citations as a reader wants them: the passages of one section are one source, numbered by first use."""

import re
from collections.abc import Iterable, Sequence

from bot.desk.words import WORDS
from bot.desk.words.types import Asking
from bot.port import Source
from tutor.types import Citation, Language

_MARKS = re.compile(r"\[(\d{1,3})\](?:\s?\[\d{1,3}\])*")
_NUMBER = re.compile(r"\d+")

Place = tuple[object, ...]


def sources_of(citations: Sequence[Citation], language: Language) -> tuple[Source, ...]:
    """The sources of a reply in `language`, numbered from 1."""
    return tuple(_source(n, cited, language) for n, cited in enumerate(_by_place(citations).values(), 1))


def numbers_of(citations: Sequence[Citation]) -> tuple[tuple[int, ...], ...]:
    """For each of these sources, the numbers of the citations that it stands for."""
    return tuple(tuple(citation.n for citation in cited) for cited in _by_place(citations).values())


def renumbered(text: str, citations: Sequence[Citation]) -> str:
    """`text` with the sources' numbers in place of the citations'; a run of marks names each source once."""
    numbers = {n: source for source, merged in enumerate(numbers_of(citations), 1) for n in merged}

    def marks(run: re.Match[str]) -> str:
        cited = [int(number) for number in _NUMBER.findall(run[0])]
        if not all(n in numbers for n in cited):
            return run[0]
        return "".join(f"[{n}]" for n in dict.fromkeys(numbers[n] for n in cited))

    return _MARKS.sub(marks, text)


def place_of(citations: Sequence[Citation], language: Language) -> tuple[str, ...]:
    """Page, minute and date of one source's citations, in words."""
    words = WORDS[language].asking
    return tuple(_places(citations, words))


def _by_place(citations: Iterable[Citation]) -> dict[Place, list[Citation]]:
    """Without a heading it is the page or the second that parts them."""
    places: dict[Place, list[Citation]] = {}
    for citation in citations:
        within = (citation.section,) if citation.section else (None, citation.page, citation.position_s)
        places.setdefault((citation.doc_id, *within), []).append(citation)
    return places


def _source(n: int, cited: Sequence[Citation], language: Language) -> Source:
    first = cited[0]
    return Source(
        n=n,
        title=first.title,
        section=first.section,
        where=place_of(cited, language),
        note=WORDS[language].asking.other_language if first.language != language else None,
        url=first.url if first.url is not None and first.url.startswith("https://") else None,
        quotes=tuple(dict.fromkeys(" ".join(citation.quote.split()) for citation in cited if citation.quote.strip())),
    )


def _places(cited: Sequence[Citation], words: Asking) -> Iterable[str]:
    told = (
        (words.page, _listed(citation.page for citation in cited)),
        (words.moment, _listed(_clock(citation.position_s) for citation in cited)),
        (words.as_of, _listed(citation.as_of for citation in cited)),
    )
    return (line.format(values) for line, values in told if values)


def _listed(values: Iterable[int | str | None]) -> str:
    return ", ".join(dict.fromkeys(str(value) for value in values if value is not None))


def _clock(position_s: float | None) -> str | None:
    if position_s is None:
        return None
    minutes, seconds = divmod(int(position_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
