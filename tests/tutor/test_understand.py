"""What a message is: its language, what it wants, small talk."""

import pytest

from tutor.question.understand import small_talk, understand


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Why do rockets have stages?", "en"),
        ("火箭为什么要分级？", "zh"),
        ("嫦娥六號何時發射？", "zh"),
        ("Chang'e-5带回了多少月壤？", "zh"),
        ("what does 比冲 mean in a rocket engine", "en"),
        ("1969?", "en"),
        ("🚀", "en"),
    ],
)
def test_the_reply_is_in_the_question_s_language(text: str, language: str) -> None:
    assert understand(text, None).reply_language == language


def test_a_language_asked_for_wins_over_the_question_s_own() -> None:
    assert understand("Why do rockets have stages?", "zh").reply_language == "zh"
    assert understand("火箭为什么要分级？", "en").reply_language == "en"


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("When did Chang'e-5 land?", "time"),
        ("In what year did people first walk on the Moon?", "time"),
        ("嫦娥五号什么时候发射的？", "time"),
        ("神舟五号是哪一年飞的？", "time"),
        ("How much soil did it bring back?", "number"),
        ("How old was Gagarin when he flew?", "number"),
        ("What mass does it have?", "number"),
        ("火箭有多高？", "number"),
        ("带回了多少月壤？", "number"),
        ("Why do rockets have stages?", "reason"),
        ("What causes a moonquake?", "reason"),
        ("火箭为什么要分级？", "reason"),
        ("How does a parachute work?", "manner"),
        ("火箭是怎样飞起来的？", "manner"),
        ("Who was the first person in space?", "person"),
        ("By whom was it built?", "person"),
        ("指令长是哪位航天员？", "person"),
        ("谁是第一个进入太空的人？", "person"),
        ("Where did it land?", "place"),
        ("Which country built it?", "place"),
        ("它在哪里着陆？", "place"),
        ("它是哪个国家造的？", "place"),
        ("Why did those who flew go there?", "reason"),
        ("Tell me what happened when Apollo 13 failed.", "other"),
    ],
)
def test_what_a_question_wants_is_read_from_its_words(text: str, wants: str) -> None:
    assert understand(text, None).wants == wants


@pytest.mark.parametrize(
    ("text", "most"), [("Why do rockets have stages?", 3), ("火箭怎么飞？", 3), ("When did it land?", 2), ("How high is it?", 2), ("Who flew?", 2)]
)
def test_explanations_may_take_a_third_sentence(text: str, most: int) -> None:
    assert understand(text, None).most_sentences == most


def test_words_are_told_once_and_without_those_of_asking() -> None:
    assert understand("Why, why do the rockets of rockets fly?", None).words == ("rocket", "fli")


@pytest.mark.parametrize(
    ("question", "sentence", "fit"),
    [
        ("When did it land?", "It landed on 1 December 2020.", 1),
        ("When did it land?", "It landed softly.", -1),
        ("When did the 2020 mission land?", "The 2020 mission landed.", -1),
        ("它什么时候着陆？", "它于12月1日着陆。", 1),
        ("How many stages does it have?", "It has three stages.", 0),
        ("How many stages does it have?", "It has stages.", -1),
        ("它有多少级？", "它有三级。", 0.5),
        ("How many people flew on Apollo 11?", "Apollo 11 flew well.", -1),
        ("How many people flew on Apollo 11?", "Apollo 11 carried 3 people.", 1),
        ("它有多少级？", "它有一个名字。", -1),
        ("体长有多少公分？", "它的体长可达21公分。", 1),
        ("体长有多少公分？", "它有12对鳍。", 0),
        ("体长有多少公分？", "它是一种鱼。", -1),
        ("它飞了多少分钟？", "它飞了108分钟。", 1),
        ("它飞了多少分钟？", "它在6时07分起飞。", 0),
        ("How many stages does it have?", "It has 3 stages.", 1),
        ("它在2020年带回了多少月壤？", "它于2020年12月17日返回。", -1),
        ("Who flew first?", "The first to fly was Yuri Gagarin.", 1),
        ("Who flew with Yuri Gagarin?", "The first to fly was Yuri Gagarin.", -1),
        ("Who flew first?", "Gagarin did.", 1),
        ("Who flew first?", "The rocket flew first.", -1),
        ("谁第一个飞上太空？", "第一个飞上太空的是尤里·加加林。", 1),
        ("谁第一个飞上太空？", "火箭飞上了太空。", -1),
        ("Where did it land?", "It landed in Kazakhstan.", 1),
        ("Where did it land?", "It landed softly.", -1),
        ("它在哪里着陆？", "它在内蒙古四子王旗着陆。", 1),
        ("它在哪里着陆？", "它平稳着陆。", -1),
        ("What flew first?", "Gagarin flew first.", 0),
        ("Why does it fly?", "It flies.", 0),
    ],
)
def test_a_sentence_fits_when_it_holds_the_kind_of_thing_asked_for(question: str, sentence: str, fit: float) -> None:
    assert understand(question, None).fit(sentence) == fit


@pytest.mark.parametrize(
    "text", ["hello", "Hi there!", "  hey ~", "Good morning.", "HELLO NAVIGATOR", "你好", "你好呀！", "您好。", "早上好！", "嗨", "晚上好～"]
)
def test_a_greeting_is_small_talk(text: str) -> None:
    assert small_talk(text) == "greeting"


@pytest.mark.parametrize(
    "text", ["thanks", "Thank you so much!", "ok thanks", "okay, thanks a lot", "thx", "谢谢", "谢谢老师！", "多谢啦", "感谢您。"]
)
def test_thanks_are_small_talk(text: str) -> None:
    assert small_talk(text) == "thanks"


@pytest.mark.parametrize(
    "text",
    [
        "hello, why do rockets fly?",
        "Hi! What is an orbit?",
        "thanks, and who was first?",
        "你好，火箭为什么要分级？",
        "谢谢，嫦娥五号呢？",
        "hi-res cameras",
        "Hello Kitty satellite",
        "why",
        "?",
        "",
    ],
)
def test_a_message_that_asks_something_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize("text", ["Who are you?", "what are you", "What's your name?", "你是谁？", "你叫什么名字呀？", "你会什么"])
def test_asking_who_answers_is_small_talk(text: str) -> None:
    assert small_talk(text) == "introduction"


@pytest.mark.parametrize("text", ["Who are you going to send to Mars?", "你会什么时候发射火箭？"])
def test_a_question_that_only_begins_so_is_none(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(("text", "asks"), [("What is 2+2?", False), ("1+1=?", False), ("What is BeiDou-2?", True), ("嫦娥五号是什么？", True)])
def test_figures_alone_name_nothing(text: str, asks: bool) -> None:
    assert understand(text, None).asks_of_something is asks
