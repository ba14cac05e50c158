"""Names in characters of the same sound: written as the course writes them, and everything else left alone."""

import pytest

from tutor.question.homophones import Homophones
from tutor.question.spelling import Spelling

MISSIONS = ("神舟十三号", "嫦娥五号", "祝融号", "天问一号", "长征五号B", "天宫二号", "好奇号", "希望号", "Chang'e-5", "空间站")
PEOPLE = ("杨利伟", "王浩泽", "翟志刚", "刘洋", "尤里·加加林", "Neil Armstrong")
TEXTS = ("天文学家用望远镜看星星。天河号是一台计算机。", "神舟十三号的航天员是翟志刚。")


@pytest.fixture(scope="module")
def homophones() -> Homophones:
    return Homophones(MISSIONS, PEOPLE, TEXTS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("神州十三号飞了多久", "神舟十三号飞了多久"),
        ("神州13号飞了多久", "神舟13号飞了多久"),
        ("请问神州13飞了多久", "请问神舟13飞了多久"),
        ("常娥7号上有什么", "嫦娥7号上有什么"),
        ("祝荣号现在醒了没", "祝融号现在醒了没"),
        ("天文一号去哪里", "天问一号去哪里"),
        ("长整五号有多高", "长征五号有多高"),
        ("杨立伟是谁", "杨利伟是谁"),
        ("宇航员翟志钢和杨立伟", "宇航员翟志刚和杨利伟"),
    ],
)
def test_a_name_is_known_by_its_sound(homophones: Homophones, typed: str, meant: str) -> None:
    assert homophones.mended(typed) == meant
    assert Spelling(TEXTS, homophones).mended(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "神舟十三号和嫦娥五号",
        "天文学是什么，天文10大发现有哪些",  # the course writes it
        "无线电信号怎么传",
        "流洋是谁",  # too short to tell
        "天河号在哪里",
        "神舟5号几号回到地球的呀",
        "希望号什么时候发射",
        "十三号是星期几",
        "How heavy is Shenzhou 13?",
        "",
        "号",
        "五号",
        "🚀号" * 500,
        "常" * 2000,
    ],
)
def test_anything_else_is_left_alone(homophones: Homophones, question: str) -> None:
    assert homophones.mended(question) == question


def test_a_sound_that_two_names_share_tells_neither() -> None:
    both = Homophones(("天问一号", "天文二号"), (), ())
    assert both.mended("天闻三号") == "天闻三号"
    assert both.mended("天文三号") == "天文三号"


def test_a_course_without_chinese_names_mends_nothing() -> None:
    assert Homophones(("Apollo 11",), ("Neil Armstrong",), ()).mended("神州十三号") == "神州十三号"
