"""Which sentences answer: how many, in which order, and which never."""

import pytest
from made_hits import document, hit, told

from knowledge_base.calibration import SentenceWeights
from tutor.answering.extract import HITS, LAG

ROCKETS, MOON = document("rockets", "Rockets"), document("moon", "The Moon")
FIVE = "Alpha engines burn hydrogen. Beta tanks hold oxygen. Gamma fins steer gently. Delta crews train hard. Epsilon clocks tick on."
MISSIONS = ("Chang'e-4", "Chang'e-5 / 嫦娥五号", "Chang'e-6")


def test_the_best_sentence_is_told_and_at_most_one_beside_it() -> None:
    assert told("Who flew?", [hit(ROCKETS, FIVE, cosines=(0.1, 0.9, 0.3, 0.8, 0.2))]) == ["Beta tanks hold oxygen.", "Delta crews train hard."]


@pytest.mark.parametrize(
    ("question", "most"), [("Who flew?", 2), ("When was it?", 2), ("Why did it fly?", 3), ("How does it work?", 3), ("为什么？", 3)]
)
def test_an_explanation_takes_a_third_sentence_and_nothing_takes_a_fourth(question: str, most: int) -> None:
    assert len(told(question, [hit(ROCKETS, FIVE + " It flew on 3 May 1999 for 7 days.")])) == most


def test_sentences_are_told_in_reading_order_whatever_their_worth() -> None:
    assert told("Why?", [hit(ROCKETS, FIVE, cosines=(0.7, 0.1, 0.8, 0.1, 0.9))]) == [
        "Alpha engines burn hydrogen.",
        "Gamma fins steer gently.",
        "Epsilon clocks tick on.",
    ]


def test_passages_of_one_document_are_told_in_the_document_s_order() -> None:
    later, earlier = hit(ROCKETS, "Beta tanks hold oxygen.", cosines=(0.9,), start=500), hit(ROCKETS, "Alpha engines burn hydrogen.", start=10)
    assert told("Who flew?", [later, earlier]) == ["Alpha engines burn hydrogen.", "Beta tanks hold oxygen."]


def test_the_document_of_the_best_sentence_comes_first() -> None:
    lesser, better = hit(MOON, "Alpha engines burn hydrogen.", cosines=(0.4,)), hit(ROCKETS, "Beta tanks hold oxygen.", cosines=(0.9,), start=700)
    assert told("Who flew?", [lesser, better]) == ["Beta tanks hold oxygen.", "Alpha engines burn hydrogen."]


def test_a_sentence_far_behind_the_best_is_left_out() -> None:
    weights = SentenceWeights(lag=0, cosine=10, coverage=0, fit=0)
    near, far = 0.9 - 0.9 * LAG / 10, 0.9 - 1.1 * LAG / 10
    assert len(told("Who flew?", [hit(ROCKETS, "Alpha engines burn. Beta tanks hold.", cosines=(0.9, near))], weights=weights)) == 2
    assert told("Who flew?", [hit(ROCKETS, "Alpha engines burn. Beta tanks hold.", cosines=(0.9, far))], weights=weights) == ["Alpha engines burn."]


def test_what_is_nearly_the_same_is_told_once() -> None:
    text = "Empty tanks are thrown away on the way up. The empty tanks are thrown away on their way up. Fins steer."
    assert told("Why?", [hit(ROCKETS, text, cosines=(0.8, 0.9, 0.1))]) == ["The empty tanks are thrown away on their way up.", "Fins steer."]


def test_a_question_is_never_told_as_an_answer() -> None:
    text = "How do engines burn? Engines burn hydrogen."
    assert told("Who flew?", [hit(ROCKETS, text, cosines=(0.9, 0.1))]) == ["Engines burn hydrogen."]
    assert told("为什么？", [hit(ROCKETS, "发动机烧什么？", cosines=(0.9,))]) == []


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("Why exercise?", "Idle muscles get weak. So crews train daily. Fins steer.", ["Idle muscles get weak.", "So crews train daily."]),
        ("为什么要锻炼？", "肌肉不干活会变弱。所以航天员天天锻炼。鸟会飞。", ["肌肉不干活会变弱。", "所以航天员天天锻炼。"]),
        # what is no question for a reason, and what tells one in so many words, need none
        ("Who trains?", "Idle muscles get weak. So crews train daily. Fins steer.", ["So crews train daily.", "Fins steer."]),
        (
            "Why exercise?",
            "Gamma tanks leak. So crews train daily. They train because bones weaken.",
            ["So crews train daily.", "They train because bones weaken."],
        ),
    ],
)
def test_a_conclusion_brings_its_reason(question: str, text: str, answer: list[str]) -> None:
    weights = SentenceWeights(lag=0, cosine=10, coverage=0, fit=0)
    chosen = told(question, [hit(ROCKETS, text, cosines=(0.1, 0.9, 0.8))], weights=weights)
    assert [sentence for sentence in chosen if sentence not in ("Fins steer.", "鸟会飞。") or sentence in answer] == answer


def test_a_reason_takes_the_place_of_the_last_sentence() -> None:
    text = "Idle muscles get weak. So crews train daily. Fins steer gently. Clocks tick on."
    weights = SentenceWeights(lag=0, cosine=10, coverage=0, fit=0)
    chosen = told("Why exercise?", [hit(ROCKETS, text, cosines=(0.1, 0.9, 0.8, 0.7))], weights=weights)
    assert chosen == ["Idle muscles get weak.", "So crews train daily.", "Fins steer gently."]


def test_a_passage_that_opens_with_its_conclusion_has_no_reason_to_bring() -> None:
    assert told("Why exercise?", [hit(ROCKETS, "So crews train daily.")]) == ["So crews train daily."]


def test_what_a_mission_and_a_lesson_tell_in_other_words_is_told_once() -> None:
    lesson = "A Moon lander must brake with a rocket engine, because there is almost no air to fill a parachute."
    mission = "A lander has to brake with its engines alone, because a parachute is useless where there is practically no air."
    assert told("Who flew?", [hit(ROCKETS, lesson, cosines=(0.9,)), hit(MOON, mission, cosines=(0.8,))]) == [lesson]
    assert told("Who flew?", [hit(ROCKETS, f"{lesson} {mission}", cosines=(0.9, 0.8))]) == [lesson, mission]


def test_the_same_sentence_in_two_documents_is_told_once() -> None:
    assert told("Why?", [hit(ROCKETS, "Empty tanks are only weight."), hit(MOON, "Empty tanks are only weight.")]) == ["Empty tanks are only weight."]


def test_only_the_first_hits_are_read() -> None:
    hits = [hit(document(f"d{n}"), f"Word{n} stands alone{n}.", cosines=(n / 10,)) for n in range(HITS + 2)]
    assert told("Who flew?", hits) == [f"Word{HITS - 1} stands alone{HITS - 1}.", f"Word{HITS - 2} stands alone{HITS - 2}."]


def test_no_hit_gives_no_sentence() -> None:
    assert told("Who flew?", []) == []


def test_a_question_of_one_mission_never_gets_a_sentence_of_another() -> None:
    text = "Chang'e-4 weighed 3,780 kg. Chang'e-5 weighed 8,200 kg. 嫦娥六号重8,350千克。It fell gently."
    for question in ("Tell me about Chang'e-5.", "说说嫦娥五号。"):
        answer = told(question, [hit(MOON, text, cosines=(0.9, 0.5, 0.9, 0.1))], names=MISSIONS)
        assert "Chang'e-5 weighed 8,200 kg." in answer
        assert not any("4" in sentence or "六" in sentence for sentence in answer)


def test_a_sentence_that_names_the_mission_beside_another_may_be_told() -> None:
    text = "Chang'e-5 brought 1,731 g and Chang'e-6 brought 1,935.3 g."
    assert told("What about Chang'e-5?", [hit(MOON, text)], names=MISSIONS) == [text]
    assert told("What about Chang'e-4?", [hit(MOON, text)], names=MISSIONS) == []


def test_a_sentence_without_a_name_and_one_of_another_family_may_be_told() -> None:
    hits = [hit(MOON, "It landed softly. A Long March 5 lifted it.")]
    assert len(told("What about Chang'e-5?", hits, names=(*MISSIONS, "Long March 5"))) == 2


def test_a_question_that_names_no_mission_takes_any_mission_s_sentence() -> None:
    assert told("Which probe landed?", [hit(MOON, "Chang'e-4 landed.")], names=MISSIONS) == ["Chang'e-4 landed."]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("How heavy is it?", "It is 57 m tall. It weighs 869 t.", ["It weighs 869 t."]),
        ("How tall is it?", "It is 57 m tall. It weighs 869 t.", ["It is 57 m tall."]),
        ("它有多重？", "它高57米。它重869吨。", ["它重869吨。"]),
        ("How hot is it?", "It is 57 m tall. It weighs 869 t.", []),
        ("它飞了多久？", "它于2003年10月15日发射。它飞了21小时。", ["它飞了21小时。"]),
    ],
)
def test_a_question_of_a_quantity_takes_only_sentences_that_tell_one(question: str, text: str, answer: list[str]) -> None:
    assert told(question, [hit(ROCKETS, text)]) == answer


@pytest.mark.parametrize("strong", ["lag", "cosine", "coverage", "fit", "context"])
def test_each_feature_decides_when_it_alone_weighs(strong: str) -> None:
    weights = SentenceWeights(**(dict.fromkeys(("lag", "cosine", "coverage", "fit", "context"), 0.0) | {strong: 100.0}))
    right = {
        "lag": hit(MOON, "Sand lies there.", score=2.0, cosines=(0.1,)),
        "cosine": hit(MOON, "Sand lies there.", score=0.0, cosines=(0.9,)),
        "coverage": hit(MOON, "Empty tanks fall.", score=0.0, cosines=(0.1,)),
        "fit": hit(MOON, "It was in May.", score=0.0, cosines=(0.1,)),
        "context": hit(MOON, "It was gone.", score=0.0, cosines=(0.1,), section=("Empty tanks",)),
    }[strong]
    wrong = hit(ROCKETS, "Nothing of it stands here.", score=1.0, cosines=(0.5,))
    hits = sorted([right, wrong], key=lambda one: -one.score)
    assert told("When did empty tanks fall?", hits, weights=weights)[0] == right.passage.text
