"""An answer as Telegram messages: its text, where it comes from, what to look at next, and that a machine wrote it."""

from collections.abc import Iterable, Sequence

from bot.markup import escape, link
from bot.split import pack, paragraphs
from bot.words import WORDS, Words
from tutor.types import Answer, Citation, Language, Suggestion

_SHORT = 120
_QUOTE = 200


def render(answer: Answer) -> list[str]:
    """The messages, in HTML, that show `answer` in its own language; the sources stand in the last one."""
    words = WORDS[answer.language]
    body = [line for paragraph in paragraphs(answer.text) for line in (escape(paragraph), "")]
    tail = [
        *_sources(answer.citations, answer.language),
        *_suggestions(answer.suggestions, words),
        _italic(_short(answer.notice or words.machine, 2 * _QUOTE)),
    ]
    return pack(body, tail)


def _sources(citations: Sequence[Citation], language: Language) -> list[str]:
    """One paragraph a document's section, whichever of its sentences are cited."""
    by_place: dict[tuple[str, str | None], list[Citation]] = {}
    for citation in citations:
        by_place.setdefault((citation.doc_id, citation.section), []).append(citation)
    heading = [f"<b>{escape(WORDS[language].sources)}</b>"] if citations else []
    return heading + [line for cited in by_place.values() for line in _source(cited, language)]


def _source(cited: Sequence[Citation], language: Language) -> list[str]:
    first, words = cited[0], WORDS[language]
    numbers = _short(" ".join(f"[{citation.n}]" for citation in cited), _SHORT)
    title = escape(_short(first.title, _SHORT))
    if first.url is not None and first.url.startswith("https://"):
        title = link(first.url, title)
    line = " · ".join([f"{escape(numbers)} {title}", *(escape(_short(part, _SHORT)) for part in _place(cited, words))])
    if first.language != language:
        line += f" ({escape(words.other_language)})"
    quotes = dict.fromkeys(_short(citation.quote, _QUOTE) for citation in cited)
    return [line, *(_italic(f"“{quote}”") for quote in quotes if quote), ""]


def _place(cited: Sequence[Citation], words: Words) -> list[str]:
    """Section, page, moment and date, as far as the citations of one section state them."""
    pages = _listed(citation.page for citation in cited)
    moments = _listed(_clock(citation.position_s) for citation in cited)
    dates = _listed(citation.as_of for citation in cited)
    return [
        *([cited[0].section] if cited[0].section else []),
        *([words.page.format(pages)] if pages else []),
        *([words.moment.format(moments)] if moments else []),
        *([words.as_of.format(dates)] if dates else []),
    ]


def _suggestions(suggestions: Sequence[Suggestion], words: Words) -> list[str]:
    if not suggestions:
        return []
    return [escape(words.suggestions), *(f"• {escape(_short(suggestion.text, _QUOTE))}" for suggestion in suggestions), ""]


def _listed(values: Iterable[int | str | None]) -> str:
    return ", ".join(dict.fromkeys(str(value) for value in values if value is not None))


def _clock(position_s: float | None) -> str | None:
    if position_s is None:
        return None
    minutes, seconds = divmod(int(position_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _short(text: str, length: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _italic(text: str) -> str:
    return f"<i>{escape(text)}</i>"
