"""What the bot itself says to students, in both languages."""

from dataclasses import dataclass

from tutor.types import Language


@dataclass(frozen=True)
class Words:
    """Every line of one language; `{}` stands for the value put in."""

    commands: tuple[tuple[str, str], ...]
    start: str
    help: str
    ask_something: str
    too_long: str
    only_text: str
    apology: str
    sources: str
    suggestions: str
    machine: str
    page: str
    moment: str
    as_of: str
    other_language: str


ENGLISH = Words(
    commands=(("ask", "Ask a question"), ("help", "How this works"), ("start", "Say hello")),
    start=(
        "Hello! I am Navigator, a machine (not a person) that tutors you on planes, rockets and space.\n\n"
        "Ask me about your lessons, in English or Chinese. I answer from the lessons only and show where each answer "
        "comes from. When I do not know, I say so.\n\n/help tells you more."
    ),
    help=(
        "• Write your question as a message, for example: Why does a rocket have stages?\n"
        "• A number like [1] shows where a statement comes from; the sources are listed under the answer.\n"
        "• In a group, mention me, reply to me, or write /ask and your question.\n"
        "• I am a program and can be wrong: check the sources, or ask your teacher.\n"
        "• Please send no names, addresses or other private things."
    ),
    ask_something="I am listening. Write your question in words, for example: What is an orbit?",
    too_long="That is a long message! Please ask in at most 2,000 characters, one question at a time.",
    only_text="I can only read text so far. Please write your question in words.",
    apology="Sorry, something went wrong on my side. Please ask again in a moment.",
    sources="Sources",
    suggestions="You could look at:",
    machine="🤖 Written by an AI tutor, which can be wrong: check your lessons, or ask your teacher.",
    page="p. {}",
    moment="at {}",
    as_of="as of {}",
    other_language="in Chinese",
)

CHINESE = Words(
    commands=(("ask", "提一个问题"), ("help", "使用说明"), ("start", "打个招呼")),
    start=(
        "你好！我是 Navigator，一个机器助教（不是真人），陪你学习飞机、火箭和太空。\n\n"
        "请用中文或英文问我课程里的问题。我只根据课程内容回答，并标明每句话的出处；不知道的，我会直说。\n\n发送 /help 了解更多。"
    ),
    help=(
        "• 直接发消息提问，例如：火箭为什么要分级？\n"
        "• [1] 这样的数字表示出处，来源列在回答下方。\n"
        "• 在群里，请 @我、回复我的消息，或发送 /ask 加上问题。\n"
        "• 我是程序，可能会出错：请核对来源，或者问问老师。\n"
        "• 请不要发送姓名、地址等个人信息。"
    ),
    ask_something="我在听。请用文字写下你的问题，例如：什么是轨道？",
    too_long="这条消息太长啦！请控制在 2000 字以内，一次问一个问题。",
    only_text="我现在只能看懂文字。请把问题写成文字发给我。",
    apology="抱歉，我这边出了点问题，请稍后再问一次。",
    sources="来源",
    suggestions="你可以看看：",
    machine="🤖 本回答由人工智能生成，可能有误，请核对课程内容或询问老师。",
    page="第 {} 页",
    moment="{} 处",
    as_of="截至 {}",
    other_language="英文",
)

WORDS: dict[Language, Words] = {"en": ENGLISH, "zh": CHINESE}


def language_of(code: str | None) -> Language:
    """The language to speak to someone whose Telegram is set to `code`: Chinese for zh and its kinds, else English."""
    return "zh" if code is not None and code.lower().startswith("zh") else "en"
