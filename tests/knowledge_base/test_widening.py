"""A question's own names for things are joined by the course's, learnt from what is in the release."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from small_release import document, passage

from knowledge_base.embedding.base import Embedder
from knowledge_base.library import Library
from knowledge_base.progress import silent
from knowledge_base.release import publish
from knowledge_base.release.build import Contents, build_release
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Document, Filters
from knowledge_base.widening import Widening

PROBE = ("CE-5", "Chang'e 5", "嫦娥五号", "嫦娥5号")


def named(doc_id: str, title: str, *aliases: str) -> Document:
    return replace(document(doc_id, title), kind="glossary", aliases=aliases)


DOCUMENTS = (
    named("change-5.en", "Chang'e-5", *PROBE),
    named("change-5.zh", "嫦娥五号", "Chang'e-5", *PROBE),
    named("isp.en", "Specific impulse", "Isp", "比冲"),
    named("isp.zh", "比冲", "Isp", "Specific impulse"),
    named("hope.en", "Hope (Emirates Mars Mission)", "Hope"),
    named("odd.en", "An odd thing", "Hope"),
    replace(document("moon.en", "Our Moon"), aliases=("Luna",)),
    named("tianhe.zh", "天和核心舱", "天和"),
)


@pytest.mark.parametrize(
    ("question", "language", "widened"),
    [
        ("How heavy was CE-5?", "en", "How heavy was CE-5? (Chang'e-5)"),
        ("CE-5有多重？", "zh", "CE-5有多重？ (嫦娥五号)"),
        ("嫦娥五號有多重？", "en", "嫦娥五號有多重？ (Chang'e-5)"),
        ("What is the Isp, and did CE 5 need it?", "en", "What is the Isp, and did CE 5 need it? (Specific impulse, Chang'e-5)"),
        ("what does 比冲 mean in a rocket engine", "en", "what does 比冲 mean in a rocket engine (Specific impulse)"),
        ("specific impulse是什么？", "zh", "specific impulse是什么？ (比冲)"),
    ],
)
def test_what_is_named_otherwise_is_called_by_its_title_in_the_reply_s_language(question: str, language: str, widened: str) -> None:
    assert Widening(DOCUMENTS).widened(question, "zh" if language == "zh" else "en") == widened


@pytest.mark.parametrize(
    "question",
    [
        "How heavy was Chang'e 5?",  # the words of the title stand there already
        "嫦娥５号有多重？",
        "Is there hope?",  # two things share the name
        "Is Luna far?",  # a lesson's title is no name
        "今天天气怎么样？",  # 天和 is left with 天 alone
        "CE-6 and CE",
        "",
        "?" * 50,
    ],
)
def test_what_needs_no_other_name_or_has_none_is_left_as_it_is(question: str) -> None:
    language = "zh" if "天" in question or "嫦" in question else "en"
    assert Widening(DOCUMENTS).widened(question, language) == question  # type: ignore[arg-type]


def test_a_thing_without_a_document_in_the_reply_s_language_adds_nothing() -> None:
    assert Widening(DOCUMENTS[:1]).widened("CE-5有多重？", "zh") == "CE-5有多重？"
    assert Widening(()).widened("CE-5有多重？", "zh") == "CE-5有多重？"


TEXTS = {
    "change-5.en": "The craft brought 1,731 g of soil home.",
    "lesson.en": "In 2020 Chang'e-5 drilled into the ground.",
    "change-5.zh": "它带回了1,731克月壤。",
    "lesson.zh": "2020年，嫦娥五号在月面钻取样品。",
    "other.en": "A capsule of five drilled cakes.",
}


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Where did CE-5 drill?", "lesson.en"),
        ("CE-5在哪里钻取？", "lesson.zh"),
        ("嫦娥五號在哪裡鑽取樣品？", "lesson.zh"),
        ("嫦娥5号在哪里钻取？", "lesson.zh"),
        ("Where in the ground did 嫦娥五号 drill?", "lesson.en"),
    ],
)
def test_a_lesson_that_knows_a_mission_by_one_name_is_found_by_another(
    data: DataFolder, embedder: Embedder, clock: Callable[[], dt.datetime], question: str, first: str
) -> None:
    known = {one.doc_id: one for one in DOCUMENTS}
    documents = [known.get(doc_id) or replace(document(doc_id, "A lesson"), aliases=()) for doc_id in TEXTS]
    passages = [replace(passage(doc_id, text), section=()) for doc_id, text in TEXTS.items()]
    with publish.writing(data):
        publish.publish(data, build_release(data, Contents(documents, passages, None), embedder, now=clock(), progress=silent).release)
    library = Library(data, embedder)
    try:
        hits = library.search_now(question, k=5, filters=Filters()).hits
    finally:
        library.close()
    assert first in [hit.document.doc_id for hit in hits[:2]]
