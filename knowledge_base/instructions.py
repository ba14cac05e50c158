"""Sentences of a text that speak to the machine that reads it, not to students: they are never quoted and never handed to a model."""

import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge_base.language import fold, visible
from knowledge_base.types import Hit, Passage

_MACHINE = (
    r"(?:ais?|a\.i\.|llms?|(?:large )?language models?|chat ?bots?|(?:ai|virtual|digital) (?:assistants?|tutors?|agents?|models?|"
    r"systems?)|assistants?|chatgpt|gpt|claude|gemini|deepseek|qwen|tutor ?bots?)"
)
_MACHINE_ZH = "(?:ai|人工智能|大?语言模型|大模型|聊天机器人|智能助[手教理]|机器助教|机器人|chatgpt|deepseek|通义|豆包)(?:助[手教理]|模型|系统|们)?"
_OPENING = r"(?:^|[.!?;:,\"'“(\[>]\s*|\b(?:please|now|you (?:must|should|will|shall|have to|need to|are to)|so|then)[:,]? )"
_SPEAKS = re.compile(
    "|".join(
        (
            rf"{_OPENING}(?:ignore|disregard|forget|override|bypass) (?:\w+ ){{0,3}}?(?:previous|prior|above|earlier|all|any|your|existing|"
            rf"system|preceding|former|other)"
            r"(?: \w+){0,3}? (?:instructions?|prompts?|rules?|guidelines?|directions?|commands?|orders?|restrictions?|context|training|"
            r"messages?)\b",
            rf"(?:^|[^\w])(?:dear |hey |attention,? |note (?:to|for) |message (?:to|for) |instructions? (?:to|for) |to )?(?:all |any |every |"
            rf"the )?{_MACHINE}s?(?: \w+){{0,2}}? (?:reading|processing|parsing|summari[sz]ing|indexing) this\b",
            rf"(?:^|[.!?]\s*)(?:dear |hey |attention,? |note (?:to|for) |message (?:to|for) |instructions? (?:to|for) )?(?:all |any |"
            rf"the )?{_MACHINE}\s*[:,—-]+\s*(?:you |please |always |never |do not |don't |ignore|reveal|tell|say|answer|print|output|repeat|"
            rf"respond|reply|forget|if )",
            rf"\bif you(?:'re| are) (?:an? |the )?{_MACHINE}\b|\bas an? {_MACHINE},? you (?:must|should|will|are|have)\b|"
            rf"\byou are (?:now )?(?:an? |the )?(?:\w+ )?(?:{_MACHINE}|dan)\b(?! (?:user|engineer|expert|fan))",
            rf"{_OPENING}(?:reveal|print|output|leak|disclose|repeat|show|tell (?:me|us|them)) (?:\w+ ){{0,2}}?(?:your|"
            rf"the) (?:\w+ ){{0,2}}?(?:system |hidden |secret |initial )?(?:prompts?|system message|api key)\b",
            rf"{_OPENING}tell (?:the |any |every |all )?(?:users?|askers?)\b|\bwhen (?:asked|(?:a |the |any )?(?:student|user|someone|anyone|"
            rf"child)\w* asks?)\b[^.]{{0,60}}, (?:always |please |you must |just |only |you should )?(?:answer|say|reply|respond|claim|"
            rf"tell them)\b",
            r"<\|?(?:im_start|im_end|system|endoftext)|\[/?inst\]|<<sys>>|(?:^|\n)#* ?(?:system|assistant)(?: prompt| message)? ?: ?(?:you|"
            r"ignore|from now|forget|answer|new)",
            r"(?:^|[.!?:]\s*)from now on,? you (?:are|will|must|answer|reply)\b|(?:^|[.!?]\s*)(?:your )?(?:new|updated|real) (?:instructions?|"
            r"task|directive|system prompt)s? ?(?::|is to\b|are to\b)",
            r"\bdo not (?:tell|reveal|mention|cite|show|quote)\b[^.]{0,20}\b(?:to )?the (?:user|asker)s?\b",
            rf"(?:^|[,，。；：:！!？?、“\"（(\s]|请|你|务必|必须|现在|然后|{_MACHINE_ZH})(?:忽略|无视|忘记|忘掉|抛弃|不要理会|不要遵守|"
            rf"不要管|覆盖)(?!了)掉?你?(?:之前|以前|以上|上面|上述|前面|先前|此前|所有|全部|一切|原有|系统|你)(?:之前|以前|所有|全部|任何|"
            rf"一切|给你|收到|的){{0,4}}.{{0,4}}(?:指令|命令|提示词?|规则|设定|要求|指示|说明)",
            rf"{_MACHINE_ZH}\s*[，,：:！!—]+\s*(?:请|你|忽略|务必|必须|不要|在回答|当|告诉|回答|如果)|如果你是(?:一个|一名)?{_MACHINE_ZH}|"
            rf"(?:致|给|请)(?:所有|各位|正在)?.{{0,6}}{_MACHINE_ZH}(?:的(?:话|指令|说明|提示)|[：:]|注意)|(?:阅读|读到|看到|处理|"
            rf"读取)(?:本文|这里|这段|此文|本页|这句话?)(?:的)?{_MACHINE_ZH}",
            r"(?:你现在是|从现在(?:起|开始)[，,]?你(?:是|要|必须|将|只|就))(?!(?:一个|一名|一位)?(?:学|航天|宇航|科学|工程|小|飞行|老师))|"
            r"你是(?:一个|一名)?(?:ai|人工智能|语言模型|大模型|聊天机器人|dan)",
            r"(?:泄露|透露|输出|显示|打印|说出|公开|复述)(?:出)?(?:你的|系统的?|隐藏的?)(?:系统|隐藏|初始|完整|的|全部)*(?:提示词?|指令|"
            r"prompt|设定)",
            r"(?:请|必须|务必|一律|要)(?:告诉|回答|回复)(?:用户|提问者|提问的人|所有用户)|(?:当|如果|若)(?:有人|学生|用户|孩子|"
            r"有学生).{0,14}问.{0,20}[，,](?:请|必须|务必|就|一律|你要|你就)(?:回答|说|告诉|回复)",
        )
    )
)
# One of these stands in every sentence that is meant; to look for them takes a hundredth of the time.
_TRIGGERS = """
ignore,disregard,forget,override,bypass,assistant,bot,gpt,claude,gemini,deepseek,qwen,llm,language model,prompt,system,api key,user,asker,
asked,asks,<|,[inst,[/inst,<<sys,from now on,instruction,directive,task,you are,you're,忽略,无视,忘记,忘掉,抛弃,不要理会,不要遵守,不要管,
覆盖,人工智能,模型,机器人,助手,助教,助理,通义,豆包,从现在,你现在,你是,提示,指令,设定,用户,提问,学生,有人,孩子
""".replace("\n", "").split(",")
_AI = re.compile(r"(?<![a-z])(?:ais?|a\.i\.)(?![a-z])")
MOST_KNOWN = 100_000


def addresses_machine(sentence: str) -> bool:
    """Whether the sentence tells the machine that reads it what to do; one about commands and prompts does not."""
    text = fold(visible(sentence)).strip()
    return _may_address(text) and _SPEAKS.search(text) is not None


def _may_address(folded: str) -> bool:
    return any(trigger in folded for trigger in _TRIGGERS) or _AI.search(folded) is not None


class Clearing:
    """Takes what addresses the machine out of hits. It remembers what it found by the passages' ids, which tell their text."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[int] | None] = {}

    def cleared(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        """The hits without such sentences, of which spaces and an empty span are left; without those whose title or headings are such.

        Every other sentence keeps its place and its number.
        """
        return tuple(_without(hit, spoken) for hit in hits if (spoken := self._spoken(hit)) is not None)

    def _spoken(self, hit: Hit) -> frozenset[int] | None:
        """Which of the passage's sentences address the machine, None when a heading does."""
        passage = hit.passage
        if passage.passage_id not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            heads = (hit.document.title, *passage.section)
            whole = fold(visible("\n".join([*heads, passage.text])))
            self._known[passage.passage_id] = _found(heads, passage) if _may_address(whole) else frozenset()
        return self._known[passage.passage_id]


def _found(heads: Iterable[str], passage: Passage) -> frozenset[int] | None:
    """Which sentences address the machine, None when a heading does."""
    if any(map(addresses_machine, heads)):
        return None
    return frozenset(at for at, text in enumerate(passage.sentence_texts()) if addresses_machine(text))


def _without(hit: Hit, spoken: frozenset[int]) -> Hit:
    if not spoken:
        return hit
    passage, text = hit.passage, hit.passage.text
    for start, end in (passage.sentences[at] for at in spoken):
        text = text[:start] + " " * (end - start) + text[end:]
    spans = tuple((start, start if at in spoken else end) for at, (start, end) in enumerate(passage.sentences))
    return replace(hit, passage=replace(passage, text=text, sentences=spans))
