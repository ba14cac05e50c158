"""The one field of a mission that a question asks for, such as its rocket, and what a sentence must hold to tell it."""

import re
from dataclasses import dataclass

from knowledge_base.language import fold
from tutor.question.patterns import DATE, LANDED, LAUNCHED, PLACE, ROCKET, pattern


@dataclass(frozen=True)
class Field:
    """How questions ask for a field, which of the facts' own marks tell it, and how other sentences do."""

    name: str
    asked: re.Pattern[str]
    facts: tuple[str, ...]
    told: tuple[re.Pattern[str], ...]

    def tells(self, sentence: str) -> bool:
        """Whether the sentence holds all that an answer must."""
        return all(pattern.search(sentence) for pattern in self.told)


_WHEN = (
    r"(?:\bwhen\b|\b(?:what|which) (?:day|date|year|month|time)\b|"
    "什么时候|何时|啥时候|哪[一个]?[天年日]|几月|几号|时间|日期|哪年)"
)
_WHERE = (
    r"(?:\bwhere\b|\b(?:what|which) (?:place|site|port|cosmodrome|base|crater|sea|plain|region|part|(?:space|launch) \w+)\b|"
    "哪里|哪儿|什么地方|何处|哪个(?:海|坑|撞击坑|平原|地方|位置)|哪片|啥地方|地点)"
)
_LAUNCH = (
    r"(?:\blaunch(?:ed|ing)?\b|\b(?:take|took|taking|lift(?:ed)?|blast(?:ed)?|set|sent) ?-?off\b|\b(?:go|went|sent) up\b|\bleave earth\b|"
    "发射|升空|起飞|上天|出发|启程|打上去)"
)
_LAND = (
    r"(?:\bland(?:ed|s|ing)?\b|\b(?:touch(?:ed)?|c[oa]me|coming|splash(?:ed)?|set) ?-?down\b|\bdropped\b|"
    "着陆|落[到在于]|登陆|登月|降落|软着陆|溅落|落月|落火)"
)


_VERB = "(?:do|does|did|is|are|was|were|can|could|will|would|has|have|had|makes?|lifts?|pushes|happens)"
_ONE = "哪[几三两]?(?:[位名]|个(?=人|航天员|宇航员|\\W|$))"  # which person; 哪个着陆场 is none


def _both(one: str, other: str) -> re.Pattern[str]:
    """Both kinds of words, in either order."""
    return pattern(f"{one}.*{other}", f"{other}.*{one}")


# Tried in order.
FIELDS = (
    Field(
        "rocket",
        pattern(
            rf"\b(?:what|which|name the|type of|kind of) (?:(?!{_VERB}\b)\w+ ){{0,2}}(?:rocket|launcher|launch vehicle)\b",
            r"\brocket (?:did|was|that|carried|launched|took)\b",
            "(?:(?<!为)什么|哪种|哪个|哪枚|哪款|哪型|哪一[种枚款型]|(?<!为)啥|何种).{0,4}(?:运载)?火箭",
            "火箭(?:是什么|是哪|叫什么)",
        ),
        ("launch vehicle",),
        (ROCKET, LAUNCHED),
    ),
    Field(
        "launch site",
        pattern(f"{_WHERE}.*{_LAUNCH}", f"{_LAUNCH}.*{_WHERE}", "哪个(?:航天)?发射(?:场|中心|基地)", r"\bwhich launch site\b"),
        ("launch site",),
        (PLACE, LAUNCHED),
    ),
    Field("landing place", _both(_WHERE, _LAND), ("landing site", "event"), (PLACE, LANDED)),
    Field("launch date", _both(_WHEN, _LAUNCH), ("launch date",), (DATE, LAUNCHED)),
    Field("landing date", _both(_WHEN, _LAND), ("event",), (DATE, LANDED)),
    Field(
        "crew",
        pattern(
            r"\bwho (?:was|were|is|are|flew|went|rode|travel\w*)\b.*\b(?:on|aboard|in|crew|commander|pilot|astronauts?|cosmonauts?|taikonauts?)\b",
            r"\b(?:which|what|name the) (?:\w+ )?(?:crew|astronauts?|cosmonauts?|taikonauts?|people)\b",
            f"(?:乘组|航天员|宇航员|指令长)(?:.*(?:谁|{_ONE})|[^的]*(?:叫什么|名字))",
            f"(?:谁|{_ONE}).*(?:乘组|航天员|宇航员|指令长)",
            "坐了?(?:的是)?(?:谁|哪)",
        ),
        ("crew",),
        (re.compile("[A-Z][a-z]+ [A-Z][a-z]+|乘组|航天员|宇航员|指令长"),),
    ),
    Field(
        "end",
        pattern(r"\bwhat (?:happened|became)\b.*\b(?:to|of)\b", r"\bhow did\b.*\bend\b", "结局|后来怎么|最后怎么|怎么结束|怎么样了"),
        ("end", "event", "status"),
        (
            pattern(
                r"\bended\b|\bre-entered\b|\bcontact\b|\bretired\b|\bcrashed\b|\blost\b|\blast\b|\bplung|\bburn|\bcompleted\b|"
                r"\bfail|\bexplo|\bde-?orbit|\btipped\b",
                "结束|失去联系|失联|坠|再入|退役|不再|撞|烧毁|完成|失败|故障|爆炸|离轨|失效",
            ),
        ),
    ),
    Field(
        "status",
        pattern(
            r"\bstill (?:working|alive|operating|active|running|flying|in (?:orbit|space|use))\b",
            r"\bwhere is .*\bnow\b",
            r"\b(?:doing|status) (?:now|today)?\b",
            "还[在能].{0,4}(?:工作|运行|用|飞|转|活)|现在(?:怎么样|怎样|如何|在哪|还|的状态)",
        ),
        ("status", "end"),
        (
            pattern(
                r"\bas of\b|\bended\b|\bre-entered\b|\bcontact\b|\bno longer\b|\bnow\b|\bretired\b|\bcrashed\b|\blast\b",
                "截至|结束|失去联系|坠|再入|退役|不再|目前|撞",
            ),
        ),
    ),
)


def asked_field(question: str) -> Field | None:
    """The field that the question asks for, or None when it asks for none of them."""
    text = fold(question)
    return next((field for field in FIELDS if field.asked.search(text)), None)
