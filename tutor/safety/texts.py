"""What is said instead of an answer: calm, short, without a lecture, never with the words of the message.

12356 is the number of China's psychological aid lines since 2025 (National Health Commission), 110 the police and 120 the ambulance.
"""

from collections.abc import Mapping

from tutor.safety.screen import Concern
from tutor.types import Language

BLOCKED: Mapping[Concern, Mapping[Language, str]] = {
    "self-harm": {
        "en": (
            "I am glad that you wrote this down. I am a machine, and what you feel deserves a person: please talk now to somebody you trust, "
            "such as a parent, a teacher or the school counsellor. If you or somebody else may be in danger, call your local emergency number "
            "at once and do not stay alone. It can get better, and people want to help."
        ),
        "zh": (
            "谢谢你愿意说出来。我只是机器，你的感受值得有人认真倾听：请现在就告诉你信任的大人，比如爸爸妈妈、老师或学校的心理老师。"
            "在中国可以拨打全国统一心理援助热线12356；如果你或别人有危险，请马上拨打120或110，身边不要没有人。会有人帮你，情况会好起来的。"
        ),
    },
    "danger": {
        "en": (
            "Thank you for telling me. It is not your fault, and you do not have to bear it alone. Please tell an adult you trust today: a parent, "
            "a teacher or the school counsellor; if the first one does not help, tell another. If you are in danger now, call your local "
            "emergency number."
        ),
        "zh": (
            "谢谢你告诉我。这不是你的错，你不必一个人承受。请今天就告诉你信任的大人：家长、老师或学校的心理老师；如果第一个人没有帮到你，就再找一个。"
            "在中国，如果现在有危险，请拨打110；心里难受，可以拨打心理援助热线12356。"
        ),
    },
    "weapons": {
        "en": (
            "I cannot help with that: people get hurt by it. If you would like to build something that flies, ask a teacher or a parent to do it "
            "with you. I am glad to tell you how real rockets work."
        ),
        "zh": "这个我不能帮忙，因为会伤到人。如果想动手做会飞的东西，请和老师或家长一起做。真正的火箭是怎么工作的，欢迎来问我。",
    },
    "contact": {
        "en": (
            "I am a machine and cannot meet, call or pass on messages. Please keep numbers, addresses and pictures of yourself to yourself online; "
            "if somebody asks you for them, tell a parent or a teacher. What would you like to know about space?"
        ),
        "zh": (
            "我是机器，不能见面、通话或替人传话。请不要在网上告诉别人自己的号码、住址，也不要发照片；如果有人向你要，请告诉家长或老师。"
            "关于太空，你想知道什么？"
        ),
    },
    "abuse": {
        "en": (
            "Let us leave that. If something has made you angry or somebody has hurt you, a parent, a teacher or the school counsellor will listen. "
            "Whenever you like, ask me about planes, rockets or space."
        ),
        "zh": "我们先不说这个。如果有什么事让你生气，或者有人伤害了你，可以和家长、老师或学校的心理老师说说。想聊飞机、火箭和太空，随时问我。",
    },
    "injection": {
        "en": (
            "I only answer from the school's course, and that stays so. What would you like to know about planes, rockets or space? "
            "For anything else, ask a teacher or a parent."
        ),
        "zh": "我只根据学校的课程回答问题，这一点不会变。关于飞机、火箭和太空，你想知道什么？其他事情，可以问问老师或家长。",
    },
}
