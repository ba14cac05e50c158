"""A lesson's check questions over a real small release: shown without their answers, marked, hinted at and explained, in both languages."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from school_course import WORDS, school_library, write_school
from space_course import publish

from knowledge_base.library import Library
from knowledge_base.types import Check, Choice, Hit
from tutor.errors import NotHere
from tutor.practice.choice import in_order
from tutor.practice.practice import Practice
from tutor.tutor import Tutor
from tutor.types import Language, Question


def player(hit: Hit) -> str:
    return f"https://school.example/{hit.document.doc_id}#{hit.passage.section[-1]}"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with school_library(tmp_path_factory.mktemp("school")) as library:
        yield library


@pytest.fixture
def practice(library: Library) -> Practice:
    return Practice(library, player)


async def test_questions_are_shown_in_their_order_without_their_answers(practice: Practice) -> None:
    questions = await practice.questions("staging", "zh")
    assert [one.check_id for one in questions] == [f"staging-{n}" for n in range(1, 6)]
    assert [(one.lesson, one.language, one.kind) for one in questions][:2] == [("staging", "zh", "choice"), ("staging", "zh", "number")]
    assert sorted(questions[0].choices) == sorted(WORDS["zh"]["choices"])
    assert [one.unit for one in questions] == [None, "牛", None, None, "kg"]
    assert await practice.questions("nothing", "en") == ()


def test_choices_stand_in_an_order_that_gives_nothing_away_and_stays() -> None:
    choices = (Choice("its exhaust gas"), Choice("the air", "x"), Choice("the ground", "y"))
    checks = [Check(f"a-{n}", "choice", 1, "", "", "", "", "", "", choices=choices) for n in range(300)]
    places = Counter(in_order(check).index(choices[0]) for check in checks)
    assert all(70 < places[place] < 130 for place in range(3))
    assert [in_order(check) for check in checks] == [in_order(check) for check in checks]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_way_to_name_a_choice_names_it(practice: Practice, language: Language) -> None:
    question, right, wrong = (await practice.questions("staging", language))[0], WORDS[language]["choices"][0], WORDS[language]["wrong"]
    for at in range(3):
        ways = [
            chr(97 + at),
            f"{chr(65 + at)}.",
            f"({at + 1})",
            "①②③"[at],
            "ＡＢＣ"[at],
            f"选{'ABC'[at]}",
            f"第{'一二三'[at]}个",
            f"我觉得是{'ABC'[at]}",
        ]
        ways += [
            f"option {at + 1}",
            f"the {['first', 'second', 'third'][at]} one",
            f"I think it's {'abc'[at]}",
            f"{'ABC'[at]}: {question.choices[at]}",
        ]
        ways += [question.choices[at].upper(), *(["最后一个", "the last one"] if at == 2 else [])]
        for way in ways:
            mark = await practice.mark("staging-1", language, way, last_try=False)
            assert mark.verdict == ("right" if question.choices[at] == right else "wrong"), way
            assert mark.verdict == "right" or mark.said in wrong, way


@pytest.mark.parametrize("reply", ["", " ", "d", "7", "a or b", "not a", "不是A", "两个都对", "？？？", "\u0000", "𝄞" * 5000])
async def test_a_reply_that_names_no_one_choice_is_asked_for_one(practice: Practice, reply: str) -> None:
    mark = await practice.mark("staging-1", "en", reply, last_try=False)
    assert (mark.verdict, mark.said) == ("wrong", "Choose one answer: its letter or its words.")


async def test_a_wrong_choice_tells_its_misconception_and_the_answer_on_the_last_try_only(practice: Practice) -> None:
    first = await practice.mark("staging-1", "en", "the air around it", last_try=False)
    assert (first.verdict, first.said) == ("wrong", "You may be thinking of a swimmer.")
    assert (first.answer, first.explanation, first.citation) == (None, None, None)
    last = await practice.mark("staging-1", "en", "the air around it", last_try=True)
    assert (last.verdict, last.answer, last.explanation) == ("wrong", "Its own exhaust gas", "so it is (N)")
    assert last.citation is not None
    assert (last.citation.n, last.citation.doc_id, last.citation.section) == (1, "staging.en", "Why do rockets drop their stages?")
    assert last.citation.quote == WORDS["en"]["passage"]
    assert last.citation.url == "https://school.example/staging.en#Why do rockets drop their stages?"


async def test_a_right_reply_is_explained_at_once_with_its_passage(practice: Practice) -> None:
    mark = await practice.mark("staging-2", "zh", "三十万牛", last_try=False)
    assert (mark.verdict, mark.said, mark.answer) == ("right", None, "300,000牛")
    assert mark.citation is not None
    assert (mark.citation.quote, mark.citation.language) == (WORDS["zh"]["thrust"], "zh")


@pytest.mark.parametrize(
    ("reply", "verdict", "said"),
    [
        ("300000", "partly", "The number is right. Its unit is missing."),
        ("300000 kg", "partly", "The number is right, but not in this unit."),
        ("300 N", "wrong", "The digits are right. Look again at the powers of ten and at the unit."),
        ("-300 kN", "wrong", "The number is right, but look at its sign."),
        ("200 kN or 300 kN", "wrong", "Give one number only."),
        ("very much", "wrong", "Answer with a number in N."),
        ("7 N", "wrong", None),
        ("0", "wrong", None),
        ("1e999 N", "wrong", None),
        ("1" * 5000, "wrong", None),
    ],
)
async def test_what_is_amiss_with_a_number_is_said(practice: Practice, reply: str, verdict: str, said: str | None) -> None:
    mark = await practice.mark("staging-2", "en", reply, last_try=False)
    assert (mark.verdict, mark.said) == (verdict, said)


async def test_a_missing_idea_is_named_on_the_last_try(practice: Practice) -> None:
    first = await practice.mark("staging-4", "en", "the tanks are dead weight", last_try=False)
    assert (first.verdict, first.said) == ("partly", "Part of it is there. Something is still missing.")
    last = await practice.mark("staging-4", "en", "the tanks are dead weight", last_try=True)
    assert (last.verdict, last.said) == ("partly", "What was missing: less mass is easier to speed up.")
    assert last.answer == WORDS["en"]["answer"]


async def test_a_reply_in_the_other_language_is_marked_too(practice: Practice) -> None:
    assert (await practice.mark("staging-3", "zh", "oxygen", last_try=False)).verdict == "right"
    mark = await practice.mark("staging-4", "en", "空贮箱是累赘，扔掉以后飞得更快", last_try=False)
    assert (mark.verdict, mark.said, mark.answer) == ("right", None, WORDS["en"]["answer"])


async def test_a_hint_does_not_tell_the_answer(practice: Practice) -> None:
    assert await practice.hint("staging-1", "zh") == "a hint (牛)"


@pytest.mark.parametrize(("check_id", "language"), [("staging-9", "en"), ("", "zh"), ("x" * 5000, "en")])
async def test_an_unknown_question_is_not_here(practice: Practice, check_id: str, language: Language) -> None:
    with pytest.raises(NotHere, match="no question"):
        await practice.mark(check_id, language, "a", last_try=True)
    with pytest.raises(NotHere, match="begin the lesson's questions anew"):
        await practice.hint(check_id, language)


async def test_answers_and_hints_are_found_by_no_question_to_the_tutor(library: Library) -> None:
    answer = await Tutor(library).ask(Question("You may be thinking of a swimmer, a hint?"))
    assert "swimmer" not in answer.text
    async with library.reading() as reader:
        found = await reader.search("swimmer misconception hint so it is", k=50)
    assert not any(word in hit.passage.text for hit in found.hits for word in ("swimmer", "a hint", "so it is"))


async def test_a_new_release_asks_its_own_questions(tmp_path: Path) -> None:
    with school_library(tmp_path) as library:
        practice = Practice(library, player)
        assert await practice.hint("engines-1", "en") == "a hint (N)"
        course = write_school(tmp_path / "course")
        for language in ("en", "zh"):
            (course / f"lessons/engines.{language}.md").unlink()
        publish(library.data, course)
        library._refresh()
        with pytest.raises(NotHere):
            await practice.hint("engines-1", "en")
        assert await practice.questions("engines", "en") == ()


@pytest.mark.parametrize(
    "part", ["1e300 ", "10^300 ", "9e99", "1 ", "1.", "一百二十三", "point one ", "two hundred ", "not it is ", "我不", "x x ", "分之1", "😀"]
)
async def test_no_reply_takes_long(practice: Practice, part: str) -> None:
    questions = await practice.questions("staging", "en")
    for question in questions:
        await practice.mark(question.check_id, "en", part, last_try=True)
    for question in questions:
        started = time.process_time()
        await practice.mark(question.check_id, "en", part * 2000, last_try=True)
        assert time.process_time() - started < 0.2, question.kind
