"""Chinese follow-ups: 它有多重？ 那嫦娥六号呢？ 什么时候？ 航天员是谁？ 再说说。 Chinese often leaves its subject out altogether."""

import re
from collections.abc import Collection

import rjieba

from tutor.question.follow_up.bodies import swapped
from tutor.question.follow_up.forms import COUNTED, SUBJECT, About, Again, Asks, FollowUp, Other, Talk

_LEAD = re.compile(r"^(?:那么|那(?!里|儿|个|次|时|是|颗|些|年|天|艘|枚)|所以|然后|还有|请问|另外|老师|哦|好的|嗯|请告诉我|告诉我|我想知道|你知道|[，,\s])+")
_IN_LANGUAGE = re.compile(
    r"(?:请|能|可以|麻烦|你|再|不能)*(?:用|说|讲|换成?|改?用|翻译成?|译成|翻成)(?P<language>英文|英语|中文|汉语|普通话)"
    r"(?:再|来|给我|跟我)*(?:说|讲|回答|解释|表达|告诉我)?(?:一遍|一下|一次|吧|呢|吗|好吗|可以吗|行吗)*"
)
_MORE = re.compile(
    r"(?:请|能|可以|你|再|继续|接着|多|还想|我想|想|给我)*(?:说说|讲讲|说一说|讲一讲|说一下|讲一下|介绍一下|介绍|详细说说|详细讲讲|聊聊|说|讲|听|了解|知道)"
    r"(?:它|他|她|它们|这个)?(?:的事|的故事)?(?:多一点|详细一?点|更多|一点|一些|多一些|具体点|吧|呗|吗|呢|好吗|一下)*|然后呢|还有呢|还有吗|还有别的吗|继续|更多|详细一点"
)
_WHEN, _WHERE = "什么时候|何时|啥时候|哪一?[年天]|几月几号|几号|什么时间", "在?(?:哪里|哪儿|什么地方|哪)"
_BARE = re.compile(
    rf"(?:是|在|有)?(?P<word>{_WHEN}|{_WHERE}|为什么|为啥|为何|怎么(?:会|做到的?|办到的?)?|谁|多少|多久|多远|多重|多高|多大|多长|多快|几个)"
    r"(?:呢|呀|啊|的|会|要|是|这样|那样|如此|吗)*"
)
_OTHER = re.compile(r"(?:和|跟|或者?)?(?P<what>[^呢？?]{1,24}?)(?:又|，|,)?(?:呢|怎么样呢?|如何呢?)")
_ASKING = re.compile(r"什么|谁|哪|几(?!号)|多[少久远重高大长快]|怎么(?!样)|为什么|吗|如何(?!$)")
_ONE = re.compile(r"(?P<which>(?:第[一二三四五六七八九十]|最后一|另一|下一|上一))个(?=是|呢|在|叫|有|什么|$)")
_PRONOUN = re.compile(
    r"(?<!其)(?P<it>[它他她牠祂]们?(?!国|人|乡|日|处))(?!自己)|(?P<place>(?:在|从|到)?(?:那里|那儿|那边|这里|这儿|上面))|(?P<time>那时候?|当时)|"
    r"(?P<noun>(?:这|那|该|此)[个次枚颗辆艘架座项款位台]?(?P<what>任务|飞船|探测器|卫星|火箭|望远镜|空间站|飞行|火星车|月球车|航天器|航天员|直升机|着陆器))|"
    r"(?P<this>(?<!\w)(?:这个|那个|这|那)(?=是|有|的|在|叫|用|为什么|多|能|会|要|什么))"
)
_WHOLE = ("任务", "飞船", "探测器", "卫星", "望远镜", "空间站", "航天器")
_PARTS = (
    "任务|飞行|发射|着陆|登陆|降落|返回|航天员|宇航员|乘组|成员|指令长|驾驶员|火箭|运载火箭|飞船|探测器|着陆器|轨道器|环绕器|返回器|返回舱|上升器|"
    "月球车|火星车|巡视器|直升机|望远镜|质量|重量|发射质量|长度|高度|宽度|直径|口径|主镜|镜子|速度|距离|时间|地点|日期|寿命|设计寿命|样品|月壤|成本|"
    "造价|结果|目的|名字|轨道|舱段|舱|发射场|发射地点|着陆点|着陆地点|发射时间|着陆时间|仪器|科学仪器|状态|结局|圈|里面|上面|一共|总共"
)
_SUBJECTLESS = re.compile(
    rf"(?:又|还|最后|后来|最终|一共|总共|当时|到底|究竟)*(?:(?:{_PARTS})(?:的?(?:{_PARTS}))?)?(?:上|里|中)?(?:又|还|都|一共|总共|最后|持续了?|用了?|飞了?|是|有|在|由|花了?|走了?|带回了?|叫)*"
    rf"(?:{_WHEN}|{_WHERE}|谁|多[少久远重高大长快深宽沉]|几[个位名人圈次天颗台年小分]|什么火箭|哪[些个种枚位里儿]|怎么样了?|叫什么)(?P<rest>.*)"
)
_VERBAL = re.compile(rf"(?:能|可以|会|要|把|被|还|已经|成功|有没有)(?:把|在|还|被)?.{{0,4}}(?:{_WHEN}|{_WHERE}|多[少久远重高大长快]|几[个位名人圈次天颗台年]).*")
_COMPLETE = re.compile(r"第[一二三四五]|最[大小高远快长重早近新]|首[次个位]|为什么|怎[么样](?!样了)|如何|^人|人类|我们|你|我")
_NOUNS = ("n", "nr", "ns", "nt", "nz", "nrt", "ng", "eng", "nrfg")
_PLACES = frozenset("月球 火星 地球 太空 太阳 宇宙 轨道 地面 表面".split())
# What may stand in a question that leaves out its subject: parts and measures of one, and where it went.
_PLAIN = frozenset(_PARTS.split("|")) | _PLACES | frozenset("人 人员 米 千米 公里 吨 千克 公斤 克 国家 时候 地方 太空行走 小行星 彗星 行星".split())
_ASKED = re.compile(
    r"(?:是)?(?:用的?是?|由|坐的?是?)?(?:什么|哪[一种个枚款型]{1,2})(?:型号的?)?(?:运载)?火箭(?=发射|送|打)|(?:是)?在?(?:什么时候|何时|啥时候|哪一?[年天]|几月几号)|"
    r"(?:是)?(?:在|从)?(?:哪里|哪儿|什么地方)|(?:用了?|花了?)?多[少久远重高大长快深宽](?:千米|公里|个|天|次|小时|吨|千克)?|为什么|怎么样?|如何|(?:是)?谁"
)
_DEFINES = re.compile(r"^(?:什么是(?P<what>.+?)|(?P<that>.+?)是什么(?:意思)?)[呢啊呀？?\s]*$")
_FIGURE = re.compile(r"(?:质量|重量|直径|长度|高度|宽度|口径|速度|距离|寿命|温度|面积|重力|圈数|周期)$")
_CREW = re.compile(r"^(?:航天员|宇航员|乘组|成员|指令长|驾驶员)$")
_NOUN = re.compile(r"^(?P<noun>[^，,？?]{1,10}?)(?:为什么|怎么|怎样|如何|是|有|会|能|可以|要|在|的)")


def read(question: str, names: list[tuple[int, int]]) -> FollowUp | None:
    """What kind of follow-up the question is; None when it stands for itself. `names` are where it names missions."""
    whole = question.strip().rstrip("？?！!。.~～ ")
    if _MORE.fullmatch(whole):
        return About(f"介绍一下{SUBJECT}。")
    bare = _LEAD.sub("", whole)
    if language := _IN_LANGUAGE.fullmatch(bare):
        return Again("en" if language["language"] in ("英文", "英语") else "zh")
    if _MORE.fullmatch(bare):
        return About(f"介绍一下{SUBJECT}。")
    if found := _BARE.fullmatch(bare):
        return Asks(found["word"].removeprefix("在"))
    start = question.find(bare)
    return _other(bare, [(first - start, last - start) for first, last in names])


def _other(bare: str, names: list[tuple[int, int]]) -> FollowUp | None:
    match = _OTHER.fullmatch(bare)
    what = match["what"] if match else bare if names and names[0][0] <= 0 and names[0][1] >= len(bare) else None
    if what and not _ASKING.search(what) and not _PRONOUN.fullmatch(what):
        own = _PRONOUN.match(what)
        return Other(what[own.end() :].removeprefix("的") if own and own["it"] else what)
    return _about(bare, names)


def _about(bare: str, names: list[tuple[int, int]]) -> About | None:
    if not names and (one := _ONE.match(bare)):
        return About(f"{SUBJECT}的{one['which']}{COUNTED}{bare[one.end() :] or '是什么'}？")
    pronoun = _PRONOUN.search(bare)
    if pronoun is not None:
        own = any(first < pronoun.start() for first, _last in names) or _has_noun(bare[: pronoun.start()], besides=_PLACES)
        return None if own else About(f"{bare[: pronoun.start()]}{_shown(pronoun)}{bare[pronoun.end() :]}？")
    if names or _COMPLETE.search(bare):
        return None
    subjectless = _SUBJECTLESS.fullmatch(bare) or _VERBAL.fullmatch(bare)
    if subjectless is None or _has_noun(bare, besides=_PLAIN):
        return None
    possessive = "的" if any(bare.startswith(part) for part in _PARTS.split("|")) and not bare.startswith(("发射", "着陆", "降落", "返回", "登陆")) else ""
    return About(f"{SUBJECT}{possessive}{bare}？")


def _shown(pronoun: re.Match[str]) -> str:
    if pronoun["noun"] and pronoun["what"] not in _WHOLE:
        return f"{SUBJECT}的{pronoun['what']}"
    return SUBJECT


def _has_noun(text: str, *, besides: Collection[str] = ()) -> bool:
    """Whether the text names something besides these words."""
    return any(tag in _NOUNS and word not in besides for word, tag in rjieba.tag(text))


def asked_of(talk: Talk, word: str) -> str | None:
    """The last question with another question word."""
    question = talk.question.strip().rstrip("？?！!。 ")
    defined = _DEFINES.match(question)
    if word.startswith(("为", "怎么")) and defined:
        return f"{word if word.startswith('为') else '为什么'}会有{defined['what'] or defined['that']}？"
    asked = _ASKED.search(question)
    return None if asked is None else f"{question[: asked.start()]}{word}{question[asked.end() :]}？"


def of_other(talk: Talk, what: str) -> str | None:
    """The last question of something else, or something else of the last question's subject."""
    thing = what.removesuffix("的").strip("，, ")
    if number := re.fullmatch(r"第?(\d+|[一二三四五六七八九十]+)号?", thing):
        return talk.of(re.sub(r"(?:\d+|[一二三四五六七八九十]+)(?=号|$)", number[1], talk.name)) if talk.name else None
    if talk.named(thing):
        return swapped(talk.question, thing) or talk.of(thing)
    if changed := swapped(talk.question, thing):
        return changed
    if re.search(r"[A-Za-z0-9]|号$|[站舱]$|望远镜$|探测器$", thing):
        return talk.of(thing)
    return _field(thing)


def _field(noun: str) -> str:
    if noun.endswith("火箭"):
        return f"{SUBJECT}是用什么火箭发射的？"
    if _CREW.match(noun):
        return f"{SUBJECT}的{noun}是谁？"
    return f"{SUBJECT}的{noun}是{'多少' if _FIGURE.search(noun) else '什么'}？"


def noun_of(question: str) -> str | None:
    """The noun that a question without a name is about, such as 火箭."""
    found = _NOUN.match(_LEAD.sub("", question))
    return found["noun"] if found and _has_noun(found["noun"]) and not _COMPLETE.search(found["noun"]) else None
