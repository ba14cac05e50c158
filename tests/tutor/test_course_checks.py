"""The course's own check questions, marked by the practice that asks them: a right answer is right, a wrong choice shows its misconception."""

from pathlib import Path

import pytest

from ingest.read import read
from knowledge_base.types import Check
from tutor.practice.choice import in_order, judge_choice
from tutor.practice.ideas import judge_ideas
from tutor.practice.number import judge_number
from tutor.types import Language

CONTENT = Path(__file__).parents[2] / "content" / "lessons"
Asked = tuple[Check, Language]


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return [(check, material.document.language) for material in read([CONTENT], source="course").materials for check in material.document.checks]


def nothing(_word: str) -> bool:
    return False


def test_every_choice_is_named_by_its_letter_and_by_its_words(asked: list[Asked]) -> None:
    for check, language in asked:
        for at, choice in enumerate(in_order(check)):
            for reply in ("abcd"[at], choice.text):
                judged = judge_choice(check, reply, language, known=nothing)
                assert (judged.verdict, judged.said) == ("wrong" if choice.misconception else "right", choice.misconception), (check.check_id, reply)


def test_every_number_is_right_with_its_unit_and_wrong_when_it_is_another(asked: list[Asked]) -> None:
    for check, language in asked:
        if check.kind == "number" and check.value is not None:
            assert judge_number(check, check.answer, language).verdict == "right", check.check_id
            assert judge_number(check, f"{check.value * 3 + 1:.10g} {check.unit}", language).verdict == "wrong", check.check_id


def test_every_answer_told_in_words_holds_all_its_ideas(asked: list[Asked]) -> None:
    lacking = [
        (check.check_id, language)
        for check, language in asked
        if check.ideas and judge_ideas(check, check.answer, language, known=nothing, last_try=True).verdict != "right"
    ]
    assert lacking == []
