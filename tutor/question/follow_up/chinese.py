"""Chinese follow-ups: 它有多重？ 那嫦娥六号呢？ 什么时候？ 航天员是谁？ 再说说。 Chinese often leaves its subject out altogether."""

import re

import rjieba

from knowledge_base.language import fold, has_han
from tutor.question.follow_up.bodies import swapped
from tutor.question.follow_up.forms import COUNTED, SUBJECT, About, Again, Asks, FollowUp, Other, Talk

Spans = list[tuple[int, int]]

_LEAD = re.compile(
    r"^(?:那么|那(?!里|儿|个|次|时|是|颗|些|年|天|艘|枚)|所以|然后|还有|请问|另外|老师|哦|好的|嗯|请告诉我|告诉我|我想知道|你知道|[，,\s])+"
)
_IN_LANGUAGE = re.compile(
    r"(?:请|能|可以|麻烦|你|再|不能)*(?:用|说|讲|换成?|改?用|翻译成?|译成|翻成)(?P<language>英文|英语|中文|汉语|普通话)"
    r"(?:再|来|给我|跟我)*(?:说|讲|回答|解释|表达|告诉我)?(?:一遍|一下|一次|吧|呢|吗|好吗|可以吗|行吗)*"
)
_TELL = "说说|讲讲|说一说|讲一讲|说一下|讲一下|介绍一下|介绍|详细说说|详细讲讲|聊聊|说|讲|听|了解|知道"
_MORE = re.compile(
    rf"(?:请|能|可以|你|再|继续|接着|多|还想|我想|想|给我)*(?:{_TELL})(?:它|他|她|它们|这个)?(?:的事|的故事)?"
    r"(?:多一点|详细一?点|更多|一点|一些|多一些|具体点|吧|呗|吗|呢|好吗|一下)*|然后呢|还有呢|还有吗|还有别的吗|继续|更多|详细一点"
)
_WHEN = "什么时候|何时|啥时候|哪一?[年天]|几月几号|几号|什么时间"
_WHERE = "在?(?:哪里|哪儿|什么地方|哪)"
_MANY = "多[少久远重高大长快深宽沉]|几[个位名人圈次天颗台年小分级]"
_TAIL = "(?:呢|呀|啊|的|会|要|是|这样|那样|如此|吗)*"
_BARE = re.compile(rf"(?:是|在|有)?(?P<word>{_WHEN}|{_WHERE}|为什么|为啥|为何|怎么(?:会|做到的?|办到的?)?|谁|{_MANY}){_TAIL}")
_OTHER = re.compile(r"(?:和|跟|或者?)?(?P<what>[^呢？?]{1,24}?)(?:又|，|,)?(?:呢|(?P<how>怎么样呢?|如何呢?|也是(?:这样)?吗|也一样吗))")
_SAME = re.compile(rf"(?:又|也|则)?是?(?:在|从)?(?:{_WHEN}|{_WHERE}|谁|{_MANY}|为什么){_TAIL}")
_ASKING = re.compile(rf"什么|谁|哪|{_MANY}|怎么|为什么|吗|如何")
_ONE = re.compile(r"(?P<which>(?:第[一二三四五六七八九十]|最后一|另一|下一|上一))个(?=是|呢|在|叫|有|什么|$)")
_PRONOUN = re.compile(
    r"(?<!其)(?P<it>[它他她牠祂]们?(?!国|人|乡|日|处))(?!自己)|(?P<place>(?:在|从|到)?(?:那里|那儿|那边|这里|这儿|上面))|(?P<time>那时候?|当时)|"
    r"(?:这|那|该|此)[个次枚颗辆艘架座项款位台]?(?P<noun>任务|飞船|探测器|卫星|火箭|望远镜|空间站|飞行|火星车|月球车|航天器|航天员|直升机|着陆器)|"
    r"(?P<this>(?<!\w)(?:这个|那个|这|那)(?=是|有|的|在|叫|用|为什么|多|能|会|要|什么))"
)
_WHOLE = ("任务", "飞船", "探测器", "卫星", "望远镜", "空间站", "航天器")
_PART = (
    "运载火箭|火箭|航天员|宇航员|乘组|成员|指令长|驾驶员|飞船|探测器|着陆器|轨道器|环绕器|返回器|返回舱|上升器|月球车|火星车|巡视器|直升机|望远镜|"
    "发射场|发射地点|发射时间|发射质量|着陆点|着陆地点|着陆时间|任务|飞行|质量|重量|长度|高度|宽度|直径|口径|主镜|镜子|速度|距离|时间|地点|日期|"
    "设计寿命|寿命|样品|月壤|成本|造价|结果|目的|目标|名字|轨道|舱段|科学仪器|仪器|状态|结局|原理|作用|用途|原因|特点"
)
_PLACE = "月球|火星|地球|太空|太阳|宇宙|轨道|地面|表面"
_DEED = (
    "发射|升空|起飞|上天|着陆|登陆|登月|降落|落在|落到|落|返回|回来|回到|回家|带回|飞|绕|去|到达|撞|拍|传回|携带|搭载|坐|用|花|工作|运行|失败|成功|"
    "失联|退役|坠毁|结束|停留|停|走|行驶|开|钻|取|采|发现|看到|完成|出舱|对接|待|住|叫|造|建|送|运|把|持续|驾驶"
)
_MEANWHILE = (
    "又|还|也|都|最后|后来|最终|一共|总共|当时|到底|究竟|现在|目前|已经|能|会|可以|要|是|有|在|由|从|有没有|是不是|是否|真的|第[一二三]次|为什么|怎么"
)
# A part with what is asked of it, or a deed with who or what did it left out.
_SUBJECTLESS = re.compile(
    rf"(?:{_MEANWHILE})*(?:(?:{_PART})(?:的?(?:{_PART}))?(?:上|里|中)?(?:{_MEANWHILE}|{_DEED}|了|过|的)*(?:{_WHEN}|{_WHERE}|谁|{_MANY}|什么|叫什么|怎么样|哪些|吗).*|"
    rf"(?:{_MEANWHILE})*(?:谁)?(?:{_WHEN}|{_WHERE}|{_MANY})?(?:{_MEANWHILE}|正式|成功)*(?:{_DEED}).*|(?:{_MEANWHILE})*(?:{_MANY}|怎么样).*)"
)
_COMPLETE = re.compile(
    r"第[一二三四五](?!次)|最[大小高远快长重早近新]|首[次个位]|^人|人类|我们|你|我|^(?:为什么|怎么)(?!要|会|能|没|不|失败|去|飞|停)"
)
_NOUNS = ("n", "nr", "ns", "nt", "nz", "nrt", "ng", "eng", "nrfg")
_KNOWN = re.compile(f"{_PART}|{_PLACE}|{_DEED}|太空行走|小行星|彗星|行星|东西|国家|时候|地方|千克|公斤|公里|千米|人员")
_WHICH = re.compile(r"(?:哪[个种枚位颗些一]|什么)[一-龥]{1,3}|" + _PLACE)  # what stands before a pronoun and is not what it means
_ASKED = re.compile(
    r"(?:是)?(?:用的?是?|由|坐的?是?)?(?:什么|哪[一种个枚款型]{1,2})(?:型号的?)?(?:运载)?火箭(?=发射|送|打)|(?:是)?在?(?:什么时候|何时|啥时候|哪一?[年天]|几月几号)|"
    r"(?:是)?(?:在|从)?(?:哪里|哪儿|什么地方)|(?:用了?|花了?)?多[少久远重高大长快深宽](?:千米|公里|个|天|次|小时|吨|千克)?|为什么|怎么样?|如何|(?:是)?谁"
)
_DEFINES = re.compile(r"^(?:什么是(?P<what>.+?)|(?P<that>.+?)是什么(?:意思)?)[呢啊呀？?\s]*$")
_FIGURE = re.compile(r"(?:质量|重量|直径|长度|高度|宽度|口径|速度|距离|寿命|温度|面积|重力|圈数|周期)$")
_CREW = re.compile(r"^(?:航天员|宇航员|乘组|成员|指令长|驾驶员)$")
_NOUN = re.compile(r"^(?P<noun>[^，,？?]{1,10}?)(?:为什么|怎么|怎样|如何|是|有|会|能|可以|要|在|的)")


def read(question: str, names: Spans) -> FollowUp | None:
    """What kind of follow-up the question is; None when it stands for itself. `names` are where it names missions."""
    whole = _simplified(question).strip().rstrip("？?！!。.~～ ")
    bare = _LEAD.sub("", whole)
    if _MORE.fullmatch(whole) or _MORE.fullmatch(bare):
        return About(f"介绍一下{SUBJECT}。")
    if language := _IN_LANGUAGE.fullmatch(bare):
        return Again("en" if language["language"] in ("英文", "英语") else "zh")
    if found := _BARE.fullmatch(bare):
        return Asks(found["word"].removeprefix("在"))
    start = _simplified(question).find(bare)
    moved = [(first - start, last - start) for first, last in names]
    return _other(bare, moved) or _about(bare, moved)


def _simplified(text: str) -> str:
    """Traditional characters as simplified ones, everything else as it is."""
    folded = fold(text)
    return "".join(new if has_han(old) else old for old, new in zip(text, folded, strict=True)) if len(folded) == len(text) else text


def _other(bare: str, names: Spans) -> Other | None:
    if names and names[0][0] <= 0 and (names[0][1] >= len(bare) or _SAME.fullmatch(bare, names[0][1])):
        return Other(bare[: names[0][1]])
    match = _OTHER.fullmatch(bare)
    if match is None or _ASKING.search(match["what"]) or (match["how"] and not names and not _numbered(match["what"])):
        return None
    own = _PRONOUN.match(match["what"])
    what = match["what"][own.end() :].removeprefix("的") if own and own["it"] else match["what"]
    return Other(what) if what else None


def _numbered(what: str) -> re.Match[str] | None:
    return re.fullmatch(r"第?(\d+|[一二三四五六七八九十]+)号?", what)


def _about(bare: str, names: Spans) -> About | None:
    if not names and (one := _ONE.match(bare)):
        return About(f"{SUBJECT}的{one['which']}个{COUNTED}{bare[one.end() :] or '是什么'}？")
    pronoun = _PRONOUN.search(bare)
    if pronoun is not None:
        before = bare[: pronoun.start()]
        own = any(first < len(before) for first, _last in names) or _has_noun(_WHICH.sub("", before))
        shown = f"{SUBJECT}的{pronoun['noun']}" if pronoun["noun"] and pronoun["noun"] not in _WHOLE else SUBJECT
        return None if own else About(f"{before}{shown}{bare[pronoun.end() :]}？")
    if names or _COMPLETE.search(bare) or not _SUBJECTLESS.fullmatch(bare) or _has_noun(_KNOWN.sub("，", bare)):
        return None
    return About(f"{SUBJECT}{'的' if re.match(_PART, bare) else ''}{bare}？")


def _has_noun(text: str) -> bool:
    return any(tag in _NOUNS for _word, tag in rjieba.tag(text))


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
    if number := _numbered(thing):
        return talk.of(re.sub(r"(?:\d+|[一二三四五六七八九十]+)(?=号|$)", number[1], talk.name)) if talk.name else None
    if changed := swapped(talk.question, thing):
        return changed
    if talk.named(thing) or re.search(r"[A-Za-z0-9]|号$|[站舱]$|望远镜$|探测器$", thing):
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
