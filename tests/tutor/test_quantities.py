"""The kind of quantity that a question asks for, and the sentences that tell one."""

import pytest

from tutor.question.quantities import QUANTITIES, asked_quantity

# A kind; a question; a sentence that tells such a quantity; one that tells another and is no answer.
TABLE = [
    ("money", "How much did the Apollo programme cost?", "It came to about $25.4 billion.", "It took eight years."),
    ("money", "What is the budget of a Moon landing?", "It needs 2 billion dollars.", "It needs a crew of 4."),
    ("money", "毅力号花费了多少钱？", "它共用了27亿美元。", "公元2020年，它带着23台相机发射，单元众多。"),
    ("volume", "How many litres of water does the ship bring?", "It brings 2,052 litres.", "It brings 2,052 kg."),
    ("volume", "飞船送去多少升水？", "飞船送去2,052升水。", "飞船送去2,052千克水。"),
    ("age", "How old was Gagarin when he flew?", "He was 27 years old.", "He flew on 12 April 1961."),
    ("age", "加加林飞行时几岁？", "加加林当时27岁。", "加加林于1961年4月12日飞行。"),
    ("temperature", "How hot is Venus?", "Its ground is at about 465 °C.", "It is 12,104 km across."),
    ("temperature", "What is the temperature on Mars?", "On average it is 210 K.", "On average it is 225 million km away."),
    ("temperature", "金星上有多热？", "金星表面约465度。", "金星转动的速度和角度都很特别。"),
    ("speed", "How fast does the space station fly?", "It flies at 7.66 km/s.", "It flies at a height of 400 km."),
    ("speed", "What speed does sound have?", "It runs 340 metres per second.", "It runs 340 metres in a second or less."),
    ("speed", "How many metres does sound run in the air every second?", "It runs at 340 m/s.", "It was heard 340 m away."),
    ("speed", "空间站飞得有多快？", "空间站每秒飞行7.66千米。", "空间站的高度是400千米。"),
    ("speed", "声音每秒跑多少米？", "声速是340米/秒。", "声音传到340米以外。"),
    ("speed", "声音跑得多快？", "在空气里一秒大约跑340米。", "一秒以后，声音到了。"),
    ("mass", "How heavy was Chang'e-5?", "The launch mass of Chang'e-5 was 8,200 kg.", "It drilled a core of about 1 m."),
    ("mass", "How much does a spacesuit weigh?", "A spacesuit weighs 120 kilograms.", "A spacesuit lasts for 15 years."),
    ("mass", "How many tonnes can it lift?", "It lifts 25 t.", "It is 57 m tall."),
    ("mass", "What is the launch mass of the probe?", "Full, it is 3.8 tonnes.", "Its density is 900 kg/m³."),
    ("mass", "嫦娥五号有多重？", "嫦娥五号重8,200千克。", "嫦娥五号钻取了约1米深的样品。"),
    ("mass", "它的发射质量是多少？", "发射时重约二十五吨。", "它高57米。"),
    ("duration", "How many days did the mission take?", "The mission took 23 days.", "The mission brought back 1,731 g."),
    ("duration", "How much time did it need?", "It needed three hours.", "It needed 3 km of wire."),
    ("duration", "任务历时多少天？", "任务历时23天。", "它于2020年12月1日着陆，12月17日返回。"),
    ("duration", "神舟五号飞了多久？", "飞行了21小时22分。", "神舟五号绕地球飞了14圈。"),
    ("duration", "要等几个月？", "要等6个月。", "它在6月发射。"),
    ("extent", "How long was the flight?", "It lasted 8 days.", "It carried 3 people."),
    ("extent", "How long is the robotic arm?", "It is 10 m long.", "It can hold 25 t."),
    ("extent", "机械臂有多长？", "机械臂长10米。", "机械臂能托起25吨。"),
    ("length", "How tall is the Saturn V?", "It is 110.6 m tall.", "It weighs 2,970 t."),
    ("length", "How far is the Moon?", "It is 384,400 km away.", "It moves at 1.02 km/s."),
    ("length", "What is the diameter of the core?", "The core is five metres across.", "It burns 5 kilograms per metre of wall."),
    ("length", "火箭有多高？", "火箭高约57米。", "火箭起飞时重869吨。"),
    ("length", "月球离我们多远？", "月球离我们38万公里。", "月球以1.02千米/秒的速度运动。"),
]


@pytest.mark.parametrize(("kind", "question", "_telling", "_other"), TABLE)
def test_the_kind_of_quantity_is_read_from_the_question(kind: str, question: str, _telling: str, _other: str) -> None:
    quantity = asked_quantity(question)
    assert quantity is not None
    assert quantity.name == kind


@pytest.mark.parametrize(
    "question",
    [
        "How do we know how far away the Moon is?",
        "how did they measure how heavy it is",
        "怎么知道月亮有多远",
        "卫星怎么看出一座山有多高",
        "怎么算火箭有多快",
    ],
)
def test_how_it_is_known_is_told_without_it(question: str) -> None:
    assert asked_quantity(question) is None


@pytest.mark.parametrize(("kind", "_question", "telling", "other"), TABLE)
def test_only_a_sentence_with_such_a_quantity_tells_it(kind: str, _question: str, telling: str, other: str) -> None:
    told = next(quantity.told for quantity in QUANTITIES if quantity.name == kind)
    assert told.search(telling)
    assert not told.search(other)


def test_the_table_holds_every_kind_in_both_languages() -> None:
    asked = {(kind, question.isascii()) for kind, question, _telling, _other in TABLE}
    assert asked == {(quantity.name, english) for quantity in QUANTITIES for english in (True, False)}


@pytest.mark.parametrize(
    "question",
    [
        "Why do rockets have stages?",
        "How many people have walked on the Moon?",
        "Who was the first person in space?",
        "When did Chang'e-5 land?",
        "What is weight?",
        "What is escape velocity?",
        "what's velocity",
        "What is the difference between mass and weight?",
        "What is meant by orbital speed?",
        "What are lift, weight, thrust and drag?",
        "What happens to the air at high speed?",
        "How does a parachute reduce the speed of a capsule?",
        "How is the temperature in a spacesuit kept steady?",
        "How did engineers cut the cost of a launch?",
        "Why is the weight of an astronaut smaller on the Moon?",
        "火箭为什么要分级？",
        "有多少人登上过月球？",
        "什么是重量？",
        "重量和质量有什么区别？",
        "多级火箭怎么提高速度？",
        "降落伞几乎没有用时，怎么降低速度？",
        "为什么多级火箭能达到更高的速度？",
        "月球的质量是地球的多少倍？",
    ],
)
def test_a_question_that_no_figure_answers_asks_for_none(question: str) -> None:
    assert asked_quantity(question) is None
