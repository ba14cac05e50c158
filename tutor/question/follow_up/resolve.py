"""A follow-up becomes the question that stands for itself, out of what was asked and answered before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge_base.language import detect
from tutor.question.counted import counted
from tutor.question.follow_up import chinese, english
from tutor.question.follow_up.forms import COUNTED, SUBJECT, About, Again, Asks, FollowUp, Grammar, Talk
from tutor.question.topics import Topics
from tutor.remembered import Exchange
from tutor.types import Language

_GRAMMAR: dict[Language, Grammar] = {"en": english, "zh": chinese}
LONGEST: dict[Language, int] = {"en": 120, "zh": 40}  # characters: what is longer names its own subject


@dataclass(frozen=True)
class Resolved:
    """The question to answer, and the language to answer in; None leaves that to the question."""

    text: str
    language: Language | None = None


def may_follow(question: str, topics: Topics) -> bool:
    """Whether the question may need what was said before it; False spares looking that up."""
    return _read(question, topics) is not None


def resolve(question: str, recent: Sequence[Exchange], topics: Topics, *, language: Language | None = None) -> Resolved:
    """The question that stands for itself; unchanged when it does already, or when the conversation does not tell what it is about.

    `recent` are the turns before it, newest last, with their questions as they were asked. `language` is the one that answers are
    wanted in; only a wish in the question itself ("in English, please") goes before it.
    """
    return _resolved(question, _standing(recent, topics), topics, language)


def repeated(question: str, recent: Sequence[Exchange], topics: Topics, *, language: Language | None = None) -> Resolved | None:
    """The last question again, for one that asks for nothing else ("I don't get it"); None when the conversation tells of none."""
    talk = _talk(_standing(recent, topics), topics, language or detect(question))
    return Resolved(talk.question, language or detect(question)) if talk is not None else None


def _standing(recent: Sequence[Exchange], topics: Topics) -> list[Exchange]:
    """The turns, each with the question that stands for itself."""
    told: list[Exchange] = []
    for exchange in recent:
        told.append(replace(exchange, question=_resolved(exchange.question, told, topics).text))
    return told


def _resolved(question: str, told: Sequence[Exchange], topics: Topics, wanted: Language | None = None) -> Resolved:
    follow_up, language = _read(question, topics), detect(question)
    if isinstance(follow_up, Again):
        language = wanted = follow_up.language
    talk = _talk(told, topics, language) if follow_up is not None else None
    text = _complete(follow_up, talk, language) if follow_up is not None and talk is not None else None
    return Resolved(text, wanted or language) if text else Resolved(question, wanted)


def _read(question: str, topics: Topics) -> FollowUp | None:
    spoken = detect(question)
    if len(question) > LONGEST[spoken]:
        return None
    names = [(mention.start, mention.end) for mention in topics.mentions(question) if mention.mission]
    return _GRAMMAR[spoken].read(question, names)


def _complete(follow_up: FollowUp, talk: Talk, language: Language) -> str | None:
    grammar = _GRAMMAR[language]
    if isinstance(follow_up, Again):
        return talk.of(talk.subject or "") or talk.question
    if isinstance(follow_up, About):
        return _filled(follow_up.template, talk)
    if isinstance(follow_up, Asks):
        asked = grammar.asked_of(talk, follow_up.word) if talk.language == language else None
        return asked or _filled(f"{SUBJECT}{follow_up.word}？" if language == "zh" else f"{follow_up.word} {SUBJECT}?", talk)
    other = grammar.of_other(talk, follow_up.what)
    return _filled(other, talk) if other else None


def _filled(template: str, talk: Talk) -> str | None:
    if SUBJECT in template and talk.subject is None:
        return None
    thing = counted(talk.question) or "one"
    one = thing[:-1] if thing.endswith("s") else thing if thing != "one" or detect(template) == "en" else "个"
    return template.replace(SUBJECT, talk.subject or "").replace(COUNTED, one)


def _talk(told: Sequence[Exchange], topics: Topics, language: Language) -> Talk | None:
    """What the conversation was about last. Small talk, what was blocked, and refusals that named no mission are passed over."""
    for exchange in reversed(told):
        topic = _topic(exchange, topics)
        if exchange.kind in ("chat", "blocked") or (exchange.kind == "refused" and topic is None):
            continue
        return _talk_of(exchange, topic, topics, language)
    return None


def _talk_of(exchange: Exchange, topic: str | None, topics: Topics, language: Language) -> Talk:
    question, spoken = exchange.question, detect(exchange.question)
    mentions = topics.mentions(question)
    span = next(((mention.start, mention.end) for mention in mentions if mention.topic == topic), None)
    if spoken == language and span is not None:
        subject: str | None = question[slice(*span)]
    elif topic is not None:
        subject = topics.called(topic, language)
    else:
        named = any(mention.mission for mention in mentions)  # several, and none of them is meant more than the others
        subject = _GRAMMAR[spoken].noun_of(question) if spoken == language and not named else None
    of_mission = topic is not None and topics.is_mission(topic)
    return Talk(question, spoken, subject, span, named=lambda text: any(one.mission or not of_mission for one in topics.mentions(text)))


def _topic(exchange: Exchange, topics: Topics) -> str | None:
    """The one mission that the question names; else what its answer rests on; else the one concept that it names."""
    mentions = topics.mentions(exchange.question)
    missions = {mention.topic for mention in mentions if mention.mission}
    concepts = {mention.topic for mention in mentions if not mention.mission}
    if len(missions) == 1:
        return next(iter(missions))
    cited = topics.of_document(exchange.topic) if exchange.topic is not None and exchange.kind == "grounded" else None
    if missions:
        return cited if cited in missions else None
    if exchange.kind != "grounded":
        return None
    return cited if cited is not None else next(iter(concepts)) if len(concepts) == 1 else None
