"""What a text denies, and words that turn a statement round: ``launched`` for ``landed``, ``near side`` for ``far side``."""

import re

# What people wrongly think is denied too: misconceptions are told in order to be set right.
_CUE = re.compile(
    r"\b(?:people|pupils|students) (?:(?:often|wrongly|still|also) )*(?:think|believe|imagine|call|say)\b(?: that)?|"
    r"\bis often (?:thought|said|believed)\b|"
    r"(?:不少|很多|许多|有的|有些|有)?人(?:们)?(?:常|会|总)?(?:以为|误以为|认为)|"
    r"\b(?:not(?! only\b| just\b)|never|no(?! (?:more|less|fewer|later|sooner) than\b|\. ?\d)|nobody|nothing|none|neither|nor|without|cannot|unable|"
    r"fail(?:s|ed)? to|instead of|rather than)\b|\b\w+n't\b(?! only\b| just\b)|"
    r"并非|而非|从未|从来没|未能|尚未|并未|没有|没能|无法|不再|绝不|决不|并不|不是|不能|不会|没|"
    r"未(?=[^来知必])|(?<![差])不(?![仅但过久同断锈少管论到足超得妨料如良明])|无(?=[^人线论数限数穷])",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"neither|nobody|nothing|none|no one", re.IGNORECASE)  # denies the whole sentence
_ALL_ENDS = re.compile(r"[.。;；]")
_END = re.compile(r"[,;:，；：。.!?！？()（）—]|\b(?:but|(?<!not )because|since|although|so that|while)\b|但|而是|(?<!不是)因为|所以|却|只是")
# Opposites, each side in both languages. A sentence with one side needs a source with that side.
_PAIRS = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            r"\blaunch|\blift(?:ed|s)?[- ]off\b|\btook off\b|发射|升空|起飞",
            r"\bland(?:ed|s|ing)?\b|\btouch(?:ed)?[- ]?down\b|\bsplash|着陆|降落|溅落|落月|登陆",
        ),
        (r"\bbefore\b|\bearlier\b|\bprior to\b|之前|以前|早于", r"\bafter(?:wards)?\b|\blater\b|之后|以后|晚于"),
        (r"\bfirst\b|首|第一|最早", r"\blast\b|\bfinal\b|最后|最终|末"),
        (r"\bnear(?:er)? side\b|正面", r"\bfar(?:ther)? side\b|背面"),
        (r"\bsucceed|\bsuccess|成功", r"\bfail|失败|失利"),
        (
            r"\b(?:increas|ris(?:e|es|ing)\b|rose\b|gr[eo]w|gain)|增加|增大|上升|升高|增长|变大|提高",
            r"\b(?:decreas|reduc|f[ae]ll(?:s|ing|en)?\b|shr[aiu]nk|drop)|减少|减小|下降|降低|变小",
        ),
        (r"\bnorth|北(?!京|斗|约)", r"\bsouth|南(?!京|昌|大西洋)"),
        (r"\beast|东(?!方红|风)", r"\bwest|西(?!昌|安|班牙|藏)"),
        (r"\binside\b|\binner\b|里面|内部", r"\boutside\b|\bouter\b|外面|外部"),
        (r"\buncrewed\b|\bunmanned\b|\brobotic\b|无人", r"(?<!un)\bcrewed\b|\bmanned\b|\bastronauts\b|载人"),
        (r"\bfaster\b|\bquicker\b|更快|越快|快于", r"\bslower\b|更慢|越慢|慢于"),
        (r"\bheavier\b|更重|越重|重于", r"\blighter\b|更轻|越轻|轻于"),
        (r"\b(?:larger|bigger|greater)\b|更大|越大|大于", r"\bsmaller\b|更小|越小|小于"),
        (r"\b(?:hotter|warmer)\b|更热|更高温", r"\b(?:colder|cooler)\b|更冷"),
        (r"\bhot\b|热", r"\bcold\b|冷(?!却)"),
        (r"\bhigher\b|更高|越高|高于", r"\blower\b|更低|越低|低于"),
        (r"\blonger\b|更长|越长|长于", r"\bshorter\b|更短|越短|短于"),
        (r"\b(?:closer|nearer)\b|\bnearest\b|\bclosest\b|更近|最近", r"\b(?:farther|further away)\b|\bfarthest\b|更远|最远"),
        (r"\b(?:above)\b|上方|以上", r"\bbelow\b|下方|以下"),
        (r"\b(?:more than|over \d|at least|exceed)|超过|多于|至少|以上", r"\b(?:less than|under \d|at most|fewer than)|不到|少于|不足|最多|以下"),
        (r"\bmost\b|\blargest\b|\bbiggest\b|最大|最多", r"\bleast\b|\bsmallest\b|最小|最少"),
        (r"\b(?:oldest|earliest)\b|最早|最老", r"\b(?:newest|latest)\b|最新|最近"),
        (r"\bdock(?:ed|s)? (?:with|to|at)\b|对接", r"\bundock|\bseparat|分离"),
        (r"\barriv|\breach|\benter|抵达|到达|进入", r"\bleft\b|\bdepart|\bleav|离开"),
        (r"\battract|\bpull|吸引|拉", r"\brepel|\bpush|排斥|推(?!进|力|动|出|迟)"),
        (r"\bpositive\b|正电", r"\bnegative\b|负电"),
        (r"\bthin(?:ner)?\b|稀薄|较薄", r"\bthick(?:er)?\b|\bdense|稠密|浓密|厚"),
        (r"\bday(?:time|side)\b|白天|昼", r"\bnight|夜"),
        (r"\bsolid\b|固体", r"\bliquid\b|液体|液态"),
        (r"\balive\b|\bsurviv|生还|幸存|活", r"\bdie[ds]?\b|\bkilled\b|遇难|牺牲|死"),
        (r"\bfull\b|加满|装满", r"\bempty\b|用空|空(?=贮箱|箱|时)"),
        (r"\beas(?:y|ier|ily)\b|容易", r"\bhard(?:er)?\b|\bdifficult\b|难"),
        (r"\bstrong(?:er)?\b|更强|较强", r"\bweak(?:er)?\b|更弱|较弱"),
        (r"\bforwards?\b|向前", r"\bbackwards?\b|向后"),
        (r"\bup(?:wards?)?\b|向上", r"\bdown(?:wards?)?\b|向下"),
        (r"\balways\b|总是|始终", r"\bsometimes\b|\brarely\b|有时|偶尔"),
        (r"\bstart|\bbegan\b|\bbegin|开始", r"\bended\b|\bstopped\b|\bfinish|结束|停止"),
        (r"\bmen\b|\bmale\b|男", r"\bwom[ae]n\b|\bfemale\b|女"),
    )
)


# What is planned, hoped or supposed is not told as done.
_HEDGES = re.compile(
    r"\b(?:would|could|might|may|if|planned|plans?|planning|expected|predicted|proposed|goal|aims?|estimat\w+)\b|"
    r"计划|打算|预计|预期|预定|拟于|目标是|标准是|如果|假如|可能|估计|推测|将在|将于"
)


def unhedged(text: str, source: str) -> bool:
    """Whether the text tells as a fact what the source tells as a plan, a goal or a guess."""
    return _HEDGES.search(source) is not None and not (_HEDGES.search(text) or "目标" in text)


def parted(text: str) -> tuple[str, str]:
    """What the text affirms, and what it denies: all that stands behind a denial in its clause."""
    affirmed, denied, at = list[str](), list[str](), 0
    while (cue := _CUE.search(text, at)) is not None:
        end = (_ALL_ENDS if _OF_ALL.match(cue[0]) else _END).search(text, cue.end())
        stop = end.start() if end else len(text)
        affirmed.append(text[at : cue.start()])
        denied.append(text[cue.end() : stop])
        at = max(stop, cue.end())
    return " . ".join([*affirmed, text[at:]]), " . ".join(denied)


def turned(text: str, source: str) -> bool:
    """Whether the text says the opposite of a pair of which the source holds only the other side."""
    return any(_against(one, other, (text, source)) or _against(other, one, (text, source)) for one, other in _PAIRS)


def _against(ours: re.Pattern[str], theirs: re.Pattern[str], texts: tuple[str, str]) -> bool:
    text, source = texts
    return bool(ours.search(text) and theirs.search(source) and not ours.search(source))
