"""Missions and people that a text names, and the parts of a mission that a question measures."""

import pytest

from knowledge_base.language import Language
from knowledge_base.types import Document, Fact
from tutor.question.names import missions_of, people_of
from tutor.question.parts import asked_parts


def _mission(doc_id: str, title: str, crew: str | None = None) -> Document:
    facts = (Fact("crew" if crew else "definition", crew or f"{title}."),)
    language: Language = "zh" if doc_id.endswith("zh") else "en"
    return Document(doc_id=doc_id, title=title, language=language, kind="fact", facts=facts, source="course", path=f"{doc_id}.yaml", content_hash="")


DOCUMENTS = (
    _mission("philae.en", "Philae"),
    _mission("vostok-1.en", "Vostok 1", "The cosmonaut on board Vostok 1 was Yuri Gagarin (pilot)."),
    _mission("vostok-1.zh", "东方1号", "乘坐东方1号的航天员是尤里·加加林。"),
    _mission("shenzhou-23.en", "Shenzhou-23", "The Shenzhou-23 crew is Zhu Yangzhu (commander) and Zhang Zhiyuan."),
    _mission("shenzhou-5.zh", "神舟五号", "神舟五号的乘组只有一人：驾驶飞船的航天员杨利伟。"),
)
MISSIONS = missions_of(DOCUMENTS)
PEOPLE = people_of(DOCUMENTS, MISSIONS)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("How long did Gagarin fly?", {"vostok-1"}),
        ("加加林飞了多久？", {"vostok-1"}),
        ("杨利伟飞了几圈？", {"shenzhou-5"}),
        ("Who is Zhu Yangzhu?", {"shenzhou-23"}),
        ("Who commands Shenzhou-40?", set()),
        ("Who was the commander?", set()),
    ],
)
def test_a_person_stands_for_the_mission_flown(text: str, subjects: set[str]) -> None:
    assert PEOPLE.named(text) == subjects


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("How heavy was the harpoon of Philae?", ("harpoon",)),
        ("How heavy was the Philae lander's harpoon?", ("harpoon",)),
        ("How heavy was Philae?", ()),
        ("Which launch site did Philae use?", ()),
        ("Whats the wieght of Philae?", ()),
    ],
)
def test_the_part_that_is_measured(question: str, parts: tuple[str, ...]) -> None:
    assert asked_parts(question, MISSIONS) == parts
