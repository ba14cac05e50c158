"""What the sentence gate lets pass and what it names as the reason when it does not, on a passage made for it."""

import pytest
from made_hits import document

from knowledge_base.language import detect
from knowledge_base.sentences import sentences
from tutor.grounding.draft import drafts
from tutor.grounding.gate import Gate, Given, Refusal
from tutor.grounding.missions import missions
from tutor.grounding.reading import Source

LAUNCH = (
    "Chang'e-5 was launched on 23 November 2020 at 20:30 UTC (04:30 on 24 November 2020, Beijing time) by a Long March 5 rocket from Wenchang on "
    "Hainan, not from Xichang. It landed on the near side of the Moon on 1 December 2020. Some people think that it flew to the far side. "
    "Chang'e-5 brought back 1,731 g of samples; Chang'e-6 brought back 1,935.3 g. The capsule weighed 2 to 3 t and took 23 days."
)
LAUNCH_ZH = (
    "嫦娥五号于协调世界时2020年11月23日（北京时间2020年11月24日）由长征五号运载火箭从文昌发射。"
    "嫦娥五号没有在月球背面着陆。它带回了1,731克样品，速度是11.2千米/秒。"
)
NAMES = ("Chang'e-5 / CE-5 / 嫦娥五号", "Chang'e-6 / CE-6 / 嫦娥六号", "Long March 5 / 长征五号")


def given(text: str, question: str = "What did Chang'e-5 do?") -> Given:
    """Passage 1 holds the text, passage 2 something else."""
    documents = [document(f"d{n}", name, aliases=tuple(aliases)) for n, (name, *aliases) in enumerate(one.split(" / ") for one in NAMES)]
    told = tuple(text[start:end] for start, end in sentences(text))
    other = Source(2, ("Stars",), (), "en", ("Stars shine because they burn hydrogen.",))
    language = detect(text)
    return Given([Source(1, ("Chang'e-5", "CE-5", "嫦娥五号"), ("Launch",), language, told), other], question, language, missions(documents))


def refusals(text: str, passage: str = LAUNCH) -> list[Refusal | None]:
    gate = Gate(given(passage))
    return [gate.judge(draft).refusal for draft in drafts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Chang'e-5 was launched on 23 November 2020 [1].",
        "CE-5 took off in November 2020 from Wenchang [1].",
        "In 2020 Chang'e-5 was launched by a Long March 5 rocket [1].",
        "Chang'e-5 was launched at 04:30 on 24 November 2020 Beijing time [1].",
        "It was launched on November 23, 2020 [1].",
        "Chang'e-5 brought back 1731 grams of samples [1].",
        "Chang'e-5 was not launched from Xichang [1].",
        "The capsule took twenty-three days [1].",
        "**Chang'e-5** landed on the near side of the Moon. [1]",
        "According to passage 1, Chang'e-5 landed on the near side of the Moon.",
        "- Chang'e-5 landed on the near side of the Moon【1】",
    ],
)
def test_what_the_passage_says_passes(text: str) -> None:
    assert refusals(text) == [None]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Chang'e-5 landed on the near side of the Moon.", "no citation"),
        ("Chang'e-5 landed on the near side of the Moon [3].", "unknown citation"),
        ("Chang'e-5 landed on the near side of the Moon [1][9].", "unknown citation"),
        ("Chang'e-5 landed on the near side of the Moon [0].", "unknown citation"),
        ("Chang'e-5 brought back 1,713 g of samples [1].", "figure"),
        ("Chang'e-5 brought back 1,731 kg of samples [1].", "figure"),
        ("Chang'e-5 brought back 1.731 kg of samples [1].", "figure"),
        ("Chang'e-5 brought back 1,935.3 g of samples [1].", "figure"),
        ("Chang'e-6 brought back 1,731 g of samples [1].", "figure"),
        ("The capsule took twenty-four days [1].", "figure"),
        ("Chang'e-5 was launched on 24 November 2020 [1].", "date"),
        ("Chang'e-5 was launched on 1 December 2020 [1].", "date"),
        ("Chang'e-5 was launched on 23 November 2020, Beijing time [1].", "date"),
        ("Chang'e-5 was launched on 23 November 2021 [1].", "date"),
        ("Chang'e-7 landed on the near side of the Moon [1].", "figure"),
        ("Chang'e-5 was launched from Jiuquan [1].", "name"),
        ("Chang'e-5 was launched from Xichang [1].", "negation"),
        ("Chang'e-5 flew to the far side [1].", "negation"),
        ("Chang'e-5 did not land on the near side of the Moon [1].", "negation"),
        ("Chang'e-5 landed on the far side of the Moon [1].", "opposite"),
        ("The pink elephants dance in their nests [1].", "unsupported"),
        ("The stars shine because they burn hydrogen [1].", "unsupported"),
        ("Did Chang'e-5 land on the near side of the Moon [1]?", "question"),
        ("See https://example.org for Chang'e-5 [1].", "markup"),
        ("<b>Chang'e-5</b> landed on the near side of the Moon [1].", "markup"),
        ("嫦娥五号带回了1,731克样品[1]。", "language"),
    ],
)
def test_what_it_does_not_say_is_refused_for_a_named_reason(text: str, refusal: Refusal) -> None:
    assert refusals(text) == [refusal]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("嫦娥五号在2020年11月从文昌发射[1]。", None),
        ("嫦娥五号于北京时间2020年11月24日由长征五号发射升空【1】。", None),
        ("CE-5带回了1731克样品[1]。", None),
        ("它的速度是每秒11.2千米[1]。", None),
        ("嫦娥五号并没有在月球背面着陆[1]。", None),
        ("嫦娥五号于2020年11月24日发射[1]。", "date"),
        ("嫦娥五号带回了1,731千克样品[1]。", "figure"),
        ("嫦娥五号的速度是11.2千米/小时[1]。", "figure"),
        ("嫦娥六号带回了1,731克样品[1]。", "figure"),
        ("嫦娥五号在月球背面着陆[1]。", "negation"),
        ("嫦娥五号从酒泉发射[1]。", "name"),
        ("嫦娥五号带回了一千七百三十二克样品[1]。", "figure"),
        ("Chang'e-5 brought back samples [1].", "language"),
    ],
)
def test_the_same_in_chinese(text: str, refusal: Refusal | None) -> None:
    assert refusals(text, LAUNCH_ZH) == [refusal]


def test_a_citation_that_adds_nothing_is_left_out() -> None:
    verdict = Gate(given(LAUNCH)).judge(*drafts("Chang'e-5 landed on the near side of the Moon [1][2]."))
    assert (verdict.refusal, verdict.cited, verdict.support) == (None, (1,), ((1, 1),))


def test_a_pronoun_whose_sentence_was_refused_is_refused_with_it() -> None:
    gone, orphan = refusals("Chang'e-6 flew with a Long March 7 rocket [1]. It brought back 1,731 g of samples [1].")
    assert gone is not None
    assert orphan == "lost subject"


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (
            "DART changed the orbit of Dimorphos by 73 seconds [1].",
            "DART would count as a success if it changed the orbit of Dimorphos by at least 73 seconds.",
        ),
        ("Chang'e-8 flew in 2029 [1].", "Chang'e-8 is planned to fly in 2029."),
        ("嫦娥八号在2029年前后发射[1]。", "嫦娥八号计划在2029年前后发射。"),
    ],
)
def test_a_plan_or_a_goal_is_not_told_as_done(text: str, passage: str) -> None:
    assert refusals(text, passage) == ["certainty"]
    assert refusals(passage.replace("。", "[1]。") if "。" in passage else f"{passage} [1]", passage) == [None]


def test_what_was_told_is_not_told_again() -> None:
    text = "Chang'e-5 landed on the near side of the Moon [1]. Chang'e-5 landed on the near side of the Moon on 1 December 2020 [1]. "
    assert refusals(text + "On 1 December 2020 Chang'e-5 landed on the near side [1].") == [None, None, "repeated"]


def test_a_pronoun_stands_for_the_mission_named_before() -> None:
    assert refusals("Chang'e-5 landed on the near side of the Moon [1]. It brought back 1,935.3 g of samples [1].")[1] is not None


@pytest.mark.parametrize(
    "text", ["", "   \n\n", "[1]", "[1] [2] [3]", "。。。", "\x00\x01", "Yes.", "**", "((((" * 500, "1" * 5_000, "[" * 5_000, "a. " * 2_000]
)
def test_nonsense_shows_nothing_and_breaks_nothing(text: str) -> None:
    assert all(refusal is not None for refusal in refusals(text))
