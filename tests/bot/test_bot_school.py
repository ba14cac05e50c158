"""`navigator bot` as a student meets it: the real program, the real tutor over a small course, the real database, over HTTP."""

from telegram_stage import Stage, Student

STAGES, LAUNCHED, HEAVY = "Why do rockets drop their empty stages?", "When was Chang'e-5 launched?", "And how heavy was it?"


async def test_a_question_in_each_language_is_answered_with_its_source(class_of: Stage) -> None:
    student = Student(class_of)
    await student.says(STAGES)
    (text,) = await student.hears()
    assert "less mass is easier to speed up" in text
    links = [entity["url"] for entity in student.messages()[-1]["entities"] if entity["type"] == "text_link"]
    assert links == ["https://school.example/play?doc=rockets.en&anchor=empty-stages"]
    await student.says("火箭为什么要分级？")
    assert "空贮箱只是多余的质量" in (await student.hears(2))[1]
