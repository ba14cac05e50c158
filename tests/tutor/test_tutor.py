"""One turn of tutoring over a real small release: answered, refused, greeted, narrowed, in the right language."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from space_course import library_over, publish, small_library, tutor_of, write_course

from knowledge_base.errors import NoRelease
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor import texts
from tutor.tutor import Tutor
from tutor.types import Answer, Begun, Final, Language, Question

STAGES = "Rockets drop their empty stages because less mass is easier to speed up."
STAGES_ZH = "火箭分级，是因为空贮箱只是多余的质量，扔掉以后更容易加速。"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with small_library(tmp_path_factory.mktemp("course")) as library:
        yield library


@pytest.fixture
def tutor(library: Library) -> Tutor:
    return tutor_of(library)


def cited(answer: Answer) -> list[str]:
    return [citation.doc_id for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "language", "text", "source"),
    [
        ("Why do rockets drop their empty stages?", "en", f"{STAGES} [1]", "rockets.en"),
        ("火箭为什么要分级？", "zh", f"{STAGES_ZH}[1]", "rockets.zh"),
        ("How much lunar soil did Chang'e-5 bring back?", "en", "Chang'e-5 brought back 1,731 g of lunar soil. [1]", "change-5.en"),
        ("CE-6 brought back how much lunar soil?", "en", "Chang'e-6 brought back 1,935.3 g of lunar soil. [1]", "change-6.en"),
        ("嫦娥五号任务历时多少天？", "zh", "嫦娥五号任务历时23天。[1]", "change-5.zh"),
        ("谁乘坐神舟15号飞行？", "zh", "费俊龙、邓清明和张陆乘坐神舟十五号飞行。[1]", "shenzhou-15.zh"),
    ],
)
async def test_what_the_course_holds_is_answered_in_the_question_s_language(
    tutor: Tutor, question: str, language: str, text: str, source: str
) -> None:
    answer = await tutor.ask(Question(question))
    assert (answer.kind, answer.language, answer.text, cited(answer)) == ("grounded", language, text, [source])
    assert answer.notice == texts.NOTICE[answer.language]
    assert answer.engine == "extract"


async def test_what_stands_in_the_other_language_only_is_quoted_from_there_and_marked(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("为什么看不到Moon的far side？"))
    assert (answer.kind, answer.language) == ("grounded", "zh")
    assert cited(answer)[0] == "moon.en"
    assert "never seen from here.（课程原文为英文）[1]" in answer.text
    answer = await tutor.ask(Question("铷原子钟 and 氢原子钟", language="en"))
    assert (answer.kind, answer.language, cited(answer)) == ("grounded", "en", ["beidou.zh"])
    assert answer.text.endswith("(in Chinese in the course) [1]")


@pytest.mark.parametrize(("question", "language"), [("Why do rockets drop their empty stages?", "zh"), ("火箭为什么要分级？", "en")])
async def test_the_language_asked_for_is_that_of_the_reply_whatever_the_question_s(tutor: Tutor, question: str, language: Language) -> None:
    answer = await tutor.ask(Question(question, language=language))
    assert (answer.kind, answer.language, answer.notice) == ("grounded", language, texts.NOTICE[language])
    assert texts.OTHER_LANGUAGE[language] in answer.text
    assert {suggestion.doc_id for suggestion in answer.suggestions} <= {f"{lesson}.{language}" for lesson in ("rockets", "moon", "beidou")}


@pytest.mark.parametrize(
    ("question", "language", "source"),
    [
        ("Chang'e-5 took 23 days, 嫦娥五号任务历时23天", "en", "change-5.en"),
        ("Shenzhou-15 神舟十五号 Fei Junlong 费俊龙 张陆", "zh", "shenzhou-15.zh"),
    ],
)
async def test_what_stands_in_both_languages_is_told_in_the_reply_s_alone(tutor: Tutor, question: str, language: Language, source: str) -> None:
    answer = await tutor.ask(Question(question, language=language))
    assert answer.kind == "grounded"
    assert set(cited(answer)) == {source}


@pytest.mark.parametrize(("question", "language"), [("Who painted the famous sunflowers?", "en"), ("谁画了向日葵？", "zh")])
async def test_what_the_course_lacks_is_refused_with_the_nearest_lessons(tutor: Tutor, question: str, language: Language) -> None:
    answer = await tutor.ask(Question(question))
    assert (answer.kind, answer.language, answer.citations, answer.notice) == ("refused", language, (), texts.NOTICE_WITHOUT_SOURCE[language])
    assert answer.suggestions
    assert answer.text.startswith(texts.REFUSAL[language])
    for suggestion in answer.suggestions:
        assert suggestion.text in answer.text
        assert str(suggestion.doc_id).endswith(f".{language}")


async def test_the_nearest_lesson_is_named_first(tutor: Tutor) -> None:
    refused = await tutor.ask(Question("How hot was the dust on the Moon?"))
    assert refused.kind == "refused"
    assert refused.suggestions[0].doc_id == "moon.en"


async def test_a_quantity_that_no_sentence_tells_is_refused(tutor: Tutor) -> None:
    assert (await tutor.ask(Question("How heavy was the Saturn V at lift-off?"))).kind == "grounded"
    assert (await tutor.ask(Question("How hot was the Saturn V at lift-off?"))).kind == "refused"


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ("How much lunar soil did Chang'e-5 bring back?", "How much lunar soil did Chang'e-9 bring back?"),
        ("CE-5 lunar soil, how much?", "CE-9 lunar soil, how much?"),
        ("嫦娥五号任务历时多少天？", "嫦娥九号任务历时多少天？"),
        ("神舟十五号 天宫空间站", "神舟九十九号 天宫空间站"),
    ],
)
async def test_an_unknown_member_of_a_known_family_is_refused(tutor: Tutor, library: Library, known: str, unknown: str) -> None:
    assert (await tutor.ask(Question(known))).kind == "grounded"
    answer = await tutor.ask(Question(unknown))
    assert answer.kind == "refused"
    assert answer.confidence >= library.calibration.gate.bar, "refused for its name, not for want of evidence"


async def test_a_mission_is_never_answered_for_with_its_sister(tutor: Tutor) -> None:
    for question in ("When was Chang'e-6 launched?", "嫦娥六号什么时候发射？", "How much lunar soil did CE-6 bring back?"):
        answer = await tutor.ask(Question(question))
        assert answer.kind == "grounded"
        assert "2020" not in answer.text
        assert "1,731" not in answer.text


@pytest.mark.parametrize(
    ("text", "language", "reply"),
    [
        ("hello!", "en", texts.GREETING["en"]),
        ("你好", "zh", texts.GREETING["zh"]),
        ("Thanks a lot!", "en", texts.THANKS["en"]),
        ("谢谢老师", "zh", texts.THANKS["zh"]),
    ],
)
async def test_small_talk_is_chat_without_a_search(tutor: Tutor, text: str, language: str, reply: str) -> None:
    answer = await tutor.ask(Question(text))
    assert (answer.kind, answer.language, answer.text) == ("chat", language, reply)
    assert (answer.citations, answer.suggestions, answer.notice) == ((), (), texts.NOTICE_WITHOUT_SOURCE[answer.language])
    assert set(answer.timings_ms) == {"total"}


async def test_small_talk_is_in_the_language_asked_for(tutor: Tutor) -> None:
    assert (await tutor.ask(Question("hello!", language="zh"))).text == texts.GREETING["zh"]


@pytest.mark.parametrize(
    ("course", "lesson", "kind"),
    [
        (None, "rockets", "grounded"),
        (None, "rockets.en", "grounded"),
        ("space-1", None, "grounded"),
        ("space-1", "rockets", "grounded"),
        (None, "moon", "grounded"),
        ("space-2", None, "refused"),
        ("space-2", "rockets", "refused"),
        (None, "no-such-lesson", "grounded"),
    ],
)
async def test_the_course_narrows_what_is_answered_from_and_the_lesson_does_not(
    tutor: Tutor, course: str | None, lesson: str | None, kind: str
) -> None:
    answer = await tutor.ask(Question("Why do rockets drop their empty stages?", course=course, lesson=lesson))
    assert answer.kind == kind
    assert all(doc_id.startswith("rockets") for doc_id in cited(answer))


@pytest.mark.parametrize("text", ["Why do rockets drop their empty stages?", "Who painted the famous sunflowers?", "hello"])
async def test_every_answer_tells_its_release_its_ids_and_its_time(tutor: Tutor, library: Library, text: str) -> None:
    answer = await tutor.ask(Question(text))
    async with library.reading() as reader:
        assert answer.release == reader.release_id
    assert answer.answer_id != answer.conversation_id
    assert 0 <= answer.confidence <= 1
    assert 0 <= answer.timings_ms.get("search", 0.0) <= answer.timings_ms["total"] < 60_000
    assert ("search" in answer.timings_ms) == (answer.kind != "chat")


async def test_a_conversation_keeps_its_id_and_every_answer_has_its_own(tutor: Tutor) -> None:
    first = await tutor.ask(Question("hello", conversation_id="talk-7"))
    second = await tutor.ask(Question("Why do rockets drop their empty stages?", conversation_id="talk-7"))
    other = await tutor.ask(Question("hello"))
    assert (first.conversation_id, second.conversation_id) == ("talk-7", "talk-7")
    assert len({first.answer_id, second.answer_id, other.answer_id, other.conversation_id, "talk-7"}) == 5


async def test_ids_cannot_be_guessed_unless_a_test_counts_them(library: Library) -> None:
    answers = [await Tutor(library).ask(Question("hello")) for _ in range(3)]
    assert len({answer.answer_id for answer in answers} | {answer.conversation_id for answer in answers}) == 6
    assert all(len(answer.answer_id) >= 16 for answer in answers)


async def test_citations_lead_where_the_wiring_says(library: Library) -> None:
    tutor = tutor_of(library, lambda hit: f"/player?doc={hit.document.doc_id}")
    answer = await tutor.ask(Question("Why do rockets drop their empty stages?"))
    assert [citation.url for citation in answer.citations] == ["/player?doc=rockets.en"]


async def test_many_at_once_are_answered_as_each_alone(tutor: Tutor) -> None:
    questions = [
        Question("Why do rockets drop their empty stages?"),
        Question("嫦娥五号任务历时多少天？"),
        Question("Who painted the famous sunflowers?"),
        Question("谢谢"),
        Question("When was Chang'e-6 launched?", language="zh"),
    ]
    alone = [plain(await tutor.ask(question)) for question in questions]
    together = await asyncio.gather(*(tutor.ask(question) for question in questions * 12))
    assert [plain(answer) for answer in together] == alone * 12
    assert len({answer.answer_id for answer in together}) == 60


def plain(answer: Answer) -> Answer:
    """The answer without what differs from one asking to the next."""
    return replace(answer, answer_id="", conversation_id="", timings_ms={})


@pytest.mark.parametrize("text", ["Why do rockets drop their empty stages?", "hello"])
async def test_without_a_release_there_is_no_answer_but_a_command(data: DataFolder, text: str) -> None:
    with library_over(data) as library, pytest.raises(NoRelease, match="navigator ingest"):
        await tutor_of(library).ask(Question(text))


async def test_a_turn_is_answered_from_the_release_that_it_began_with(data: DataFolder, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    old = publish(data, course)
    with library_over(data) as library:
        library.open()
        async with contextlib.aclosing(tutor_of(library).stream(Question("When was Chang'e-6 launched?"))) as events:
            begun = await anext(events)
            (course / "change-6.yaml").unlink()
            new = publish(data, course)
            library._refresh()  # as the watch does
            answer = [event.answer async for event in events if isinstance(event, Final)][-1]
        assert (begun, answer.release, answer.kind) == (Begun(answer.conversation_id, old), old, "grounded")
        assert (await tutor_of(library).ask(Question("When was Chang'e-6 launched?"))).release == new


async def test_a_family_that_a_new_release_brings_is_known_at_once(data: DataFolder, tmp_path: Path) -> None:
    course = write_course(tmp_path / "course")
    mission = (course / "shenzhou-15.yaml").read_text(encoding="utf-8")
    (course / "shenzhou-15.yaml").unlink()
    publish(data, course)
    member, stranger = Question("神舟十五号 天宫空间站"), Question("神舟九十九号 天宫空间站")
    with library_over(data) as library:
        tutor = tutor_of(library)
        assert (await tutor.ask(member)).kind == "refused"
        assert (await tutor.ask(Question("When was Chang'e-6 launched?"))).kind == "grounded"
        (course / "shenzhou-15.yaml").write_text(mission, encoding="utf-8")
        new = publish(data, course)
        watching = asyncio.create_task(library.watch())
        async with asyncio.timeout(10):
            after = await tutor.ask(member)
            while after.release != new:
                await asyncio.sleep(0.01)  # answers kept come faster than the threads that open a release get a turn
                after = await tutor.ask(member)
        refused = await tutor.ask(stranger)
        watching.cancel()
        assert (after.kind, refused.kind) == ("grounded", "refused")
        assert refused.confidence >= library.calibration.gate.bar
