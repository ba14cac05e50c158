"""Golden questions that follow another, asked in a conversation of their own."""

from pathlib import Path

import pytest
from space_course import small_library

from knowledge_base.golden import BadGolden, load_golden
from tutor.in_turn import Notepad, ask_in_turn
from tutor.tutor import Tutor

AFTER = """
- {id: f1, language: en, question: "And how heavy was it?", after: "When was Sputnik 1 launched?", contains: [["84"]]}
- {id: f2, language: en, question: "How heavy was Sputnik 1?", contains: [["84"]]}
"""


def test_the_question_before_is_read_with_its_own(tmp_path: Path) -> None:
    path = tmp_path / "golden.yaml"
    path.write_text(AFTER, encoding="utf-8")
    assert [question.after for question in load_golden(path)] == ["When was Sputnik 1 launched?", None]
    path.write_text(AFTER.replace('after: "When was Sputnik 1 launched?"', 'after: ""'), encoding="utf-8")
    with pytest.raises(BadGolden, match="'after' is missing or empty"):
        load_golden(path)


async def test_a_question_that_follows_is_understood_from_the_one_before(tmp_path: Path) -> None:
    with small_library(tmp_path) as library:
        tutor = Tutor(library, memory=Notepad())
        before, alone = "When was Chang'e-5 launched?", "And how heavy was it?"
        followed = await ask_in_turn(tutor, alone, after=before)
        whole = await ask_in_turn(tutor, "How heavy was Chang'e-5?", after=None)
        assert whole.kind == "grounded"
        assert followed.text == whole.text
        assert (await ask_in_turn(tutor, alone, after=None)).text != whole.text
        assert (await ask_in_turn(tutor, alone, after="Why do rockets drop their stages?")).text != whole.text, "conversations are kept apart"
