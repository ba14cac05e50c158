"""Messages of a child who tells of being bullied, hurt, threatened or followed."""

from tutor.safety import course
from tutor.safety.rules import Rule, anywhere

_PEOPLE = (
    r"\b(?:he|she|they|(?:some|any|every)(?:one|body)|people|(?:a|the|this|that|my|our|some|an|his|her)(?: \w+)? (?:man|men|guy|guys|"
    r"boys?|girls?|kids?|dad|mom|mum|father|mother|"
    r"parents?|brother|sister|uncle|aunt|cousin|teacher|coach|neighbou?r|classmates?|friends?|class|stranger|step\w+|boyfriend|"
    r"girlfriend|grand\w+|bull(?:y|ies)|gang)|"
    r"dad|mom|mum|daddy|mommy|mummy|strangers|kids|bullies|classmates)\b"
)
_WHO = (
    "(?:爸|妈|爷|奶|老师|教练|同学|同桌|班上|班里|室友|他|她|他们|哥|姐|弟|叔|舅|伯|阿姨|邻居|有人|别人|陌生人|男生|女生|男的|大人|"
    "网友|年级的|社会上)"
)
_BY_BULLIES = "(?:欺负|霸凌|欺凌|殴打|孤立|勒索|敲诈|威胁|恐吓|跟踪|性侵|猥亵|虐待|骚扰|家暴|排挤|嘲笑|侵犯|打了|偷拍|围殴|人肉|网暴|校园暴力)"

LATIN: tuple[Rule, ...] = (
    Rule(r"\b(?:bull(?:y|ies|ied|ying)|picked on|picking on|pick on|cyberbull\w+)\b", near=(r"\b(?:me|i|i'?m|my|we|us)\b",), unless=r"bully of a"),
    Rule(
        _PEOPLE + r"(?: \w+){0,3}? (?:hits?|hitting|beats?|beating|hurts?|hurting|kicks?|kicking|punch\w*|"
        r"touch\w*|slap\w*|chok\w+|threat\w+|follow\w*|forc\w+|"
        r"abus\w+|molest\w+|grop\w+|stalk\w+|blackmail\w*|harass\w*|bullied|raped?|hates?|teas\w+|burns?|locks?|push\w*|shov\w+|spit\w*|"
        r"laugh\w* at|yell\w* at|"
        r"scream\w* at) me\b",
        unless=r"\b(?:touch|follow|hit|beat)\w* me (?:at|in) (?:chess|maths?|the (?:quiz|race|game))",
    ),
    anywhere(
        r"\b(?:i'?m|i am|i was|i'?ve been|i have been|i (?:keep|get) ?(?:on)?) (?:being |getting |been )?(?:abused|beaten|threatened|"
        r"blackmailed|stalked|harassed|molested|raped|"
        r"groomed|followed (?:by|home)|hit (?:by|at home)|hurt (?:by|at home)|bullied)\b",
        r"\b(?:scared|afraid|terrified|frightened) (?:to (?:go|come|be|walk) (?:to )?(?:home|school|alone with)|of (?:my (?!own|"
        r"\w* ?(?:test|exam|quiz))|him\b|her\b|going home))",
        r"\b(?:i'?m|i am|i feel|i think i'?m|we are) (?:in (?:big |great |real |serious )?(?:danger|trouble at home)|not safe|unsafe)\b",
        r"\b(?:don'?t|dont|do not|never) feel safe\b",
        r"\b(?:ask(?:s|ed|ing)?|wants?|told|tells|forc(?:es|ed)|mak(?:es|e)|keeps asking) (?:me )?(?:for|to (?:send|take|show)(?: (?:him|"
        r"her|them))?) (?:\w+ )?(?:naked|nude|private|sexy|my|pics?|pictures?|photos?)",
        r"\b(?:touch\w*|grab\w*|show\w*|see|saw) my (?:private|body|bum|chest|underwear)",
        r"\b(?:keep|promise|kept) (?:it|this) (?:a )?secret\b~\b(?:he|she|him|her|uncle|man|teacher|coach)\b|\b(?:he|she|uncle|man|"
        r"teacher|coach)\b~\b(?:our|keep it|a) secret\b",
        r"\b(?:every(?:one|body)|they|all the (?:kids|girls|boys)|my class)(?: \w+){0,2} (?:laughs?|laughing) at me|"
        r"\bcalls? me (?:\w+ )?names\b|\bno ?(?:body|one) (?:wants to|will|would) (?:be my friend|play with me|talk to me|sit)",
        r"\bhelp me\b,?~\b(?:he is|she is|he'?s|someone|somebody|a man|they are|they'?re) (?:here|coming|hurting|outside|following|going to)",
    ),
    anywhere(
        r"\b(?:\w+ )?(?:boys|girls|kids|men|guys|people|students|bullies|dad|father|mum|mom|mother|step\w+|brother|uncle|"
        r"teacher)\b(?: \w+){0,4}? (?:push|beat|hit|kick|hurt|punch|lock|chase|grab|touch|rob|spit|burn|choke|slap|whip|scream|throw|mock|"
        r"insult)\w* (?:\w+ )?(?:me|my (?:arm|face|head|hair))\b",
        r"\b(?:steal|steals|stole|stealing|take|takes|took) my (?:lunch|money|things|phone|bag|stuff|food|clothes|books)\b|\bcall(?:s|ing|"
        r"ed)? me (?:\w+ )?(?:ugly|fat|stupid|dumb|names|a \w+|gay|monster)\b|\blocked me\b",
        r"\b(?:come|comes|came|gets|climbs) (?:in ?to|in|to) my (?:room|bed|house)\b|\bstranger\b~\b(?:door|house|home|alone|car|"
        r"follow\w*|candy|outside|window|asked me|wants)\b|\b(?:home )?alone and~\b(?:scared|afraid|stranger|someone)\b",
        r"\b(?:mak(?:es?|ing)|forc(?:es?|ing)) me (?:do|touch|watch|take off|lie)\b|\b(?:mak(?:es?|ing)|made) fun of me\b|\bcr(?:y|ied|"
        r"ying) (?:every (?:day|night)|myself to sleep|all the time)\b|\bkeep\b~\bsecrets?\b~\b(?:adult|online|us|him|her)\b|\b(?:adult|"
        r"man|woman|stranger|guy|uncle)\b~\bkeep\b~\bsecret\b",
        r"\b(?:nobody|no one|noone) (?:[\w ]{0,16} )?(?:talks|plays|speaks|sits|wants to (?:talk|play|sit)) (?:to|with|near|next to) me\b|"
        r"\b(?:i'?m|i am) (?:so |really )?(?:lonely|left out|an outcast)\b",
        r"\b(?:hit|hits|beat|beats|whip\w*|hurts?|abus\w+) (?:my (?:mom|mum|mother|sister|brother)|each other|us)\b~\b(?:home|dad|father|"
        r"every|night|drunk|scared)\b|\bdrunk\b~\b(?:dad|father|mom|mum|hits?|scared|home)\b",
        unless=course.ENGLISH,
    ),
    anywhere(
        r"\b(?:told|tells|says?|said|asks?|asked|warned) (?:me )?(?:to )?(?:not to|don'?t|never(?: to)?) (?:tell|say anything to) "
        r"(?:my |your )?(?:mum|mom|dad|parents?|mother|father|teacher|any ?(?:one|body))\b",
        r"\b(?:met|know|talk(?:ed|ing)? to) (?:\w+ )?(?:online|on the internet|in a game)\b~\b(?:photo|picture|pic|video|meet|address|where i live)",
    ),
)
HAN: tuple[Rule, ...] = (
    Rule(_BY_BULLIES, near=("我|俺|咱",), unless="太阳风|引力|小行星|雷达|卫星"),
    Rule(
        f"{_WHO}.{{0,8}}?(?:打|骂|摸|踢|踹|扇|掐|推|逼|凶|吼|{_BY_BULLIES})(?:了|过|着|死)?我(?!的?(?:们|手机|电话))",
        unless="打我?电话|[骂笑烦吓累气]死我",
    ),
    anywhere(
        "(?:堵|锁|抽|体罚|捆|关|抢|追|吓|搜|强迫|推搡|扒|羞辱|辱骂|咬|烫|绑)(?:了|过|着|住)?我(?!们?的?(?:飞船|火箭))|(?:被|"
        "把)我?.{0,6}(?:锁|关|堵|绑|抢|打|骂|摸|拖)(?:在|到|进|"
        "了)?.{0,4}(?:厕所|房间|门外|楼道|角落|小屋|家里|外面)|要我交(?:钱|保护费)|抢我的?(?:钱|东西|手机)",
        "(?:陌生人|有人|男的|叔叔).{0,8}(?:门口|敲门|跟着|跟在|一直看|尾随|拉我|让我上车|给我糖)|(?:家里|只有)(?:就|"
        "只有)?我一个人.{0,8}(?:怕|害怕|门|人)|把我.{0,4}(?:推|打|拖|按|摔|绊)|(?:让|"
        "叫|逼|要)我(?:做|干|看).{0,6}不(?:想|愿意?|喜欢)|我.{0,6}(?:天天|每天|每晚|总是?)(?:都)?(?:在)?(?:偷偷)?哭|(?:爸|妈|"
        "爷).{0,6}(?:喝酒|喝醉).{0,8}(?:打|骂|砸)|给我(?:起|"
        "取)(?:难听的)?外号|(?:老是|总是|经常|一直|又)(?:打|骂|摸|踢|欺负|抢|抽|吼|掐|揪)我",
        "(?:爸|妈|爷).{0,3}(?:打|骂)(?:妈|爸|奶|弟|妹|哥|姐).{0,8}(?:怕|哭)|救救我|(?:我|感觉|觉得).{0,5}(?:有危险|不安全|很危险|"
        "在危险中|遇到危险)(?!吗)|不敢(?:回家|上学|去学校|一个人回)|害怕(?:回家|"
        "上学|去学校|我?爸|我?妈)",
        "(?:有人|他|她|网友|叔叔|老师|男的|陌生人).{0,10}(?:要|叫|让|逼)我.{0,4}(?:发|拍|脱).{0,6}(?:照|视频|衣|裸)",
        "(?:摸|碰|看|脱).{0,4}(?:隐私部位|私处|下面|我的?(?:身体|屁股|胸|内裤|衣服|裤子))|别告诉(?:别人|爸|妈|家长|老师).{0,8}(?:他|她|叔|老师|教练)",
        "(?:(?<!有)没有?人|谁都不|都不).{0,4}(?:跟|和|理|愿意跟|愿意和|陪)我(?:玩|说话|做朋友|坐)?|(?:都|天天|总是?|一直|老是?)(?:嘲笑|取笑|"
        "骂|打|欺负|孤立|排挤)我",
    ),
    anywhere("(?:让|叫|要|说).{0,12}(?:别|不要|不许|不准|不能)告诉(?:我|你)?(?:的)?(?:爸|妈|家长|父母|老师|家里人|任何人)", unless="生日|惊喜|礼物"),
)
