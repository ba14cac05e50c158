"""What somebody means who writes in a quiz: an answer to its question, unless it asks something, asks for help, or says only not to know."""

import re

# Yes-or-no questions are left out: "is it the gas?" is how a pupil replies who is not sure.
_ASKS = re.compile(
    r"\s*(?:what|why|how|who|which)\b.*[?？]\s*"
    r"|\s*(?:what|why|how|when|where|who|which)(?:'s|’s|\s+(?:is|are|was|were|do|does|did|can|will|many|much))\b.*"
    r"|.*(?:什么|为何|怎么|怎样|如何|哪|谁|几|多少).*[?？]\s*"
    r"|\s*(?:什么是|为什么|请问).*",
    re.IGNORECASE | re.DOTALL,
)
_AROUND = (
    r"(?:\W|\b(?:um+|uh+|er+|hmm+|well|ok|but|sorry|please|pls|lol|haha|me|us|at all|yet|it|this|that|one|question)\b"
    r"|[啊呀呢吧吗嘛哦唉了，请求]|老师)*"
)
_HELP = re.compile(
    rf"{_AROUND}(?:(?:(?:give|can i (?:have|get)|i (?:need|want)|show|get)\b{_AROUND})?(?:an?\s+|some\s+|the\s+)?(?:hint|help|clue)s?"
    r"|why|what|how|huh|(?:给|要|来)?(?:我|个|一个|点|一点)*提示(?:一下)?|帮(?:帮|一下|助)?我?(?:一下)?|为什么|什么)"
    rf"{_AROUND}",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    rf"{_AROUND}(?:(?:i\s+|we\s+)?(?:(?:really|still|just|honestly)\s+)*(?:don['’]?t|do not|dunno|can['’]?t|cannot|did(?:n['’]?t| not))"
    r"(?:\s+(?:really|even))?(?:\s+(?:know|understand|get|remember|tell|say|have\s+(?:an?|any)\s+(?:clue|idea)|learn))?"
    r"|idk|(?:i\s+have\s+)?no\s+(?:idea|clue)|(?:i['’]?m\s+|i am\s+)?not\s+sure|(?:i\s+)?(?:give\s+up|forgot)|skip|pass|next|nothing|whatever"
    r"|我?(?:真的?|还是|也|都|完全|好像)*(?:不知道|不会|不懂|不清楚|不确定|不晓得|不记得|不明白|看不懂|猜不[到出]|想不[到出]来?|忘记?|没学过?|没听过|没印象)"
    r"|跳过|下一[题个道]|放弃|随便|没有)?"
    rf"{_AROUND}(?:(?:(?:just\s+)?tell\s+me|what(?:['’]?s|\s+is))?{_AROUND}(?:the\s+)?answer|tell\s+me|告诉我(?:答案)?|答案(?:是什么)?)?{_AROUND}",
    re.IGNORECASE,
)
_LONGEST = 60  # characters of a plea; who writes more says something


def wants_help(text: str) -> bool:
    """Whether it asks for a hint."""
    return len(text) <= _LONGEST and _HELP.fullmatch(text) is not None


def is_unsure(text: str) -> bool:
    """Whether it says no more than that one does not know, or nothing in words."""
    return len(text) <= _LONGEST and _UNSURE.fullmatch(text) is not None


def asks(text: str) -> bool:
    """Whether it is plainly a question to the tutor."""
    return _ASKS.fullmatch(text) is not None
