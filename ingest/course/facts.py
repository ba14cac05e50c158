"""A mission's or concept's YAML as two documents, one in each language, made of the sentences that the file tells."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.course.schema import Concept, Event, Launch, Mission, Status, Told
from ingest.types import Block, Material
from knowledge_base.language import Language
from knowledge_base.types import Document, Fact, Kind, Origin

Section = tuple[str, list[Told | None], str | None]  # heading's name, what is told under it, its own as-of date
LANGUAGES: tuple[Language, Language] = ("en", "zh")

HEADINGS: dict[str, dict[Language, str]] = {
    "about": {"en": "What it is", "zh": "简介"},
    "flight": {"en": "Launch and flight", "zh": "发射与飞行过程"},
    "crew": {"en": "Crew", "zh": "乘组"},
    "status": {"en": "Status", "zh": "现状"},
    "meaning": {"en": "In a few words", "zh": "简单地说"},
    "figures": {"en": "Figures", "zh": "数据"},
    "results": {"en": "Results", "zh": "成果"},
    "cautions": {"en": "Often confused", "zh": "容易混淆"},
    "disputed": {"en": "Where sources disagree", "zh": "说法不一"},
    "misconceptions": {"en": "Misconceptions", "zh": "常见误解"},
}


def mission_materials(mission: Mission, *, source: str, path: str) -> list[Material]:
    """The mission in English and in Chinese; what its file lists as unverified is not in it, what is disputed is told as disputed."""
    flight = [mission.launch, *mission.events, mission.landing, *_end(mission)]
    sections: list[Section] = [
        ("about", [mission.about], None),
        ("flight", flight, None),
        ("crew", [mission.crew], None),
        ("status", [mission.status], mission.status.as_of if mission.status else None),
        ("figures", list(mission.figures.values()), None),
        ("results", list(mission.results), None),
        ("cautions", list(mission.cautions), None),
        ("disputed", list(mission.disputed), None),
    ]
    launched = [("launched", mission.launch.date)] if mission.launch is not None and mission.launch.date else []
    metadata = (("mission", mission.id), ("check", mission.check), ("source_strength", mission.source_strength), *launched)
    about = _document(mission, "fact", metadata, source, path)
    told = list(_mission_facts(mission))
    return [Material(_in_language(about, mission, told, language), tuple(_blocks(sections, language))) for language in LANGUAGES]


def _mission_facts(mission: Mission) -> Iterator[tuple[str, Told]]:
    """Each field that the mission's file fills, with what tells it."""
    if mission.launch is not None:
        yield from (("launch " + name, mission.launch) for name in ("date", "vehicle", "site") if getattr(mission.launch, name))
    yield from ((f"event {event.event}", event) for event in mission.events)
    if mission.landing is not None:
        yield "landing site", mission.landing
    if mission.crew is not None:
        yield "crew", mission.crew
    yield from (("end", end) for end in _end(mission))
    if mission.status is not None:
        yield "status", mission.status
    yield "agency", mission.about
    yield from ((f"figure {name}", figure) for name, figure in mission.figures.items())


def concept_materials(concept: Concept, *, source: str, path: str) -> list[Material]:
    """The concept in English and in Chinese."""
    sections: list[Section] = [
        ("about", [concept.definition], None),
        ("figures", list(concept.numbers), None),
        ("misconceptions", list(concept.misconceptions), None),
    ]
    about = _document(concept, "glossary", (("concept", concept.id), ("level", concept.level)), source, path)
    told: list[tuple[str, Told]] = [("definition", concept.definition), *(("figure", number) for number in concept.numbers)]
    return [Material(_in_language(about, concept, told, language), tuple(_blocks(sections, language))) for language in LANGUAGES]


def _end(mission: Mission) -> Iterator[Told]:
    if mission.end is not None and mission.end.en and mission.end.zh:
        yield Event(event="end", date=mission.end.date, en=mission.end.en, zh=mission.end.zh)


def _date(told: Told) -> str | None:
    return told.as_of if isinstance(told, Status) else told.date if isinstance(told, Launch | Event) else None


def _blocks(sections: Iterable[Section], language: Language) -> Iterator[Block]:
    for name, told, as_of in sections:
        for one in told:
            if one is not None:
                yield Block((HEADINGS[name][language],), one.en if language == "en" else one.zh, as_of)


def _document(fact: Mission | Concept, kind: Kind, metadata: tuple[tuple[str, str], ...], source: str, path: str) -> Document:
    return Document(
        doc_id=fact.id,
        title=fact.names.en,
        language="en",
        kind=kind,
        source=source,
        path=path,
        content_hash="",
        as_of=fact.as_of,
        origins=tuple(Origin(one.title, one.url, one.date) for one in fact.sources),
        metadata=metadata,
    )


def _in_language(document: Document, fact: Mission | Concept, told: Iterable[tuple[str, Told]], language: Language) -> Document:
    title, other = (fact.names.en, fact.names.zh) if language == "en" else (fact.names.zh, fact.names.en)
    aliases = (other, *fact.aliases.en, *fact.aliases.zh)
    facts = tuple(Fact(field, one.en if language == "en" else one.zh, _date(one)) for field, one in told)
    return replace(document, doc_id=f"{fact.id}.{language}", title=title, language=language, aliases=aliases, facts=facts)
