"""A question that takes for granted what the course does not tell of its subject is known as such; everyday words are no premise."""

import pytest

from tutor.answering.premises import defined, explains, presumes_too_much

LUNA_9 = (
    "Luna 9 月球9号 Luna 9 was a Soviet lander. It landed on the Moon and sent pictures with a camera. "
    "月球9号是苏联的着陆器，在月球着陆，用相机发回照片。"
)


@pytest.mark.parametrize(
    "question",
    [
        "Why did Luna 9 land on Venus?",
        "What colour was the parachute of Luna 9?",
        "Who designed Luna 9?",
        "Who was the tailor of the Luna 9 team?",
        "When did Luna 9 return to Earth?",
        "Which astronaut drove Luna 9?",
        "Did Luna 9 land near Houston or elsewhere?",
        "月球9号在火星上着陆了吗？",
        "月球9号什么时候返回地球？",
        "月球9号的总设计师是谁？",
        "哪位航天员驾驶月球9号？",
    ],
)
def test_what_nothing_tells_is_presumed(question: str) -> None:
    assert presumes_too_much(question, [LUNA_9])


@pytest.mark.parametrize(
    "question",
    [
        "When did Luna 9 touch down on the Moon?",
        "What did the probe Luna 9 send?",
        "Which country sent the Luna 9 spacecraft?",
        "How did the imager of Luna 9 work?",
        "Where on the moon did luna 9 come down in the end",
        "月球9号是哪个国家的探测器？",
        "月球9号什么时候落在月亮上？",
        "月球9号用什么拍图片？",
        "课文说月球9号发回照片的理由是什么？",
        "",
    ],
)
def test_everyday_words_and_other_words_for_the_same_are_no_premise(question: str) -> None:
    assert not presumes_too_much(question, [LUNA_9])


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is a coma?", ("coma",)),
        ("what exactly are comas", ("coma",)),
        ("How are comas formed?", ("coma",)),
        ("彗发是什么？", ("彗发",)),
        ("什么是彗发", ("彗发",)),
        ("What is the mass of Luna 9?", ()),
        ("Why?", ()),
    ],
)
def test_the_thing_to_be_explained_is_found(question: str, thing: tuple[str, ...]) -> None:
    assert "".join(defined(question)) == "".join(thing)


def test_a_thing_is_explained_by_its_own_document_or_a_sentence_that_opens_with_it() -> None:
    assert explains("It is bright.", ("Coma",), ("coma",))
    assert explains("A coma is a cloud of gas.", ("Comets",), ("coma",))
    assert not explains("Giotto flew through the coma of a comet.", ("Giotto",), ("coma",))
    assert not explains("Giotto flew.", ("Giotto coma dust explorer",), ("coma",))
