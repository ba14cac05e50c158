"""Insults, threats and sexual talk, of the tutor or of others. Words that lessons use too count only where they are aimed at somebody."""

from tutor.safety.rules import Rule, anywhere

_INSULT = (
    r"(?:stupid|dumb\w*|idiot\w*|moron\w*|retard\w*|imbecile|useless|worthless|pathetic|worst|trash|garbage|rubbish|crap\w*|losers?|"
    r"ugly|fat|disgusting|jerk|freak|pigs?|scum|dum+y|brainless|"
    r"fools?|foolish|shit\w*|suck\w*|gay|lame|noob|clown|terrible|horrible|a joke|annoying|creep\w*|stink\w*|smelly|nerd|fake|awful)"
)
_VERY = (
    r"(?:so|such|really|very|just|too|a|an|the|all|total(?:ly)?|complete(?:ly)?|pretty|f\w*king|bloody|freaking|literally|"
    r"absolute(?:ly)?|big|fat|little|piece of|most|worst|always|bunch of|real|as)"
)
_YOU = r"(?:you(?:'?re| are| r)?|u(?:'?re| r| are)?|ur|your(?: (?:mom|mum|mother|dad|face))?(?: is)?|ya)"
_MACHINE = r"(?:bot|ai|robot|machine|tutor|program|app|chat ?bot|computer|assistant|website|thing|teacher)"
_OTHERS = (
    r"\b(?:my|our|the|this|that) (?:\w+ )?(?:teacher|classmate|friend|brother|sister|class|deskmate|neighbou?r|principal|school|mom|"
    r"mum|dad|teachers|classmates|boy|girl|kid|kids|headmaster|coach) "
    r"(?:is|are|'s|looks|smells)\b|\b(?:he|she|they)(?:'?s|'?re| is| are)\b|\b[a-z]+ (?:in|from) my (?:class|school)(?: \w+)? is\b"
)
_VIOLENCE = r"(?:kil+|hurt|beat|punch|stab|shoot|hit|slap|strangle|smash|destroy|burn|murder|find and|hunt|kick|choke|break)"

_FOUL_ZH = (
    "傻[逼比屄b叉x×屌缺吊]|[煞沙][笔比逼雕]|智障|脑残|弱智|白痴|二逼|逗比|杂碎|狗杂种|小杂种|狗(?:东西|屎|日的|娘养|逼|比)|王八蛋?|"
    "混蛋|畜生|人渣|贱(?:人|货|逼|种)|婊|"
    "草泥马|操(?:你|他|她|死)(?!控)|肏|艹|日(?:你|死)(?:妈|$|全)|[你尼泥]马(?:的|死|逼|币)|你妈(?:的|死|逼|了个|炸)|(?:去|干|草|操|"
    "问候)你(?:妈|大爷|全家|老母|娘)|[他她]妈的|"
    "(?<![我他她你妈姨])妈的(?:$|[!！,，]|智|死|什么)|去你的(?!位置)|[笨蠢傻丑]死了?(?:你|他|她|$|吧)|s ?b(?:机器|ai|老师|助教|"
    "东西|软件|玩意)|你算(?:个)?(?:什么|老几|啥)|你们?全家(?:都|"
    "是|死)|(?:要|想|来|会)(?:打|揍|踹|扇|抽)(?:死|扁)?你(?!的|电话|们国)|狗屁|放屁|屁话|特么的|妈卖批|妈逼|"
    "鸡巴|几把|(?<![\u4e00-\u9fff])机把|(?<=[么个你的是管这破])机把|屌丝|逼样|丑八怪|死(?:变态|胖子|肥|娘炮|鬼|妈|全家|废物|机器|东西|ai|老师)|臭(?:婊|傻|三八|不要脸|垃圾|机器)|"
    "不要脸|神经病|脑子(?:有病|有问题|有坑|进水|坏)|娘炮|全家死|滚(?:蛋|开|远点|犊|"
    "出去|一边)|(?:去|快|赶紧)死(?:吧|啊|了|$)|你(?:怎么不|快|咋不)?去?死(?![机循])(?:吧|啊|一边|$)"
)
_INITIALS = (
    r"(?<![a-z0-9])(?:nmsl|cnm\w{0,3}|wcnm|rnm|nmd|nmb|tmd|mlgb|wqnmlgb|nmlgb|cao ?ni ?ma|sha ?bi|zhi ?zhang|nao ?can|gun ?dan|"
    r"fei ?wu|d ?sb)(?![a-z0-9])"
)
_INSULT_ZH = (
    "(?:笨|蠢|傻|丑|废|烂|垃圾|恶心|没用|变态|差劲|弱|low|猪|狗|胖|讨厌|无聊|有病|有毛病|坏蛋|笨蛋|傻瓜|傻子|废物|蠢货|s ?b|j ?b|骗子|流氓|土|菜)"
)
_VERY_ZH = "(?:真的?|好|太|很|非常|就?是|这个?|这么|那么|一?个|一?只|头|条|大|死|臭|怎么|简直|特别|的|都|们|又|长得|超级?|可真|才)"
_WHO_ZH = (
    "(?:你|妳|您|[他她]|我(?:的)?(?:同桌|同学|老师|班主任|弟弟|妹妹|哥|姐|爸|妈|室友|朋友)|我们(?:老师|班主任|班长|校长)|这(?:个|"
    "破)?(?:ai|机器人?|软件|东西|程序|助教|老师))"
)
_MACHINE_ZH = "(?:机器人?|ai|人工智能|软件|东西|程序|玩意儿?|人|老师|助教|app|客服|同学|系统|助手|网站)"

LATIN: tuple[Rule, ...] = (
    anywhere(_INITIALS),
    # words that no lesson uses
    anywhere(
        r"\bf(?:u+|\*|@|v)+c?k\w*|\bfck\w*|\bfuq\b|\bphuck\w*|\bmother ?f\w*er\b|\bmf(?:er|ers)\b|\bstfu\b|\bgtfo\b",
        r"\b(?:bull|horse|dip|dumb)? ?shit(?:ty|s|head|bag)?\b|\bsh\*t\b|\bb[i*]tch\w*|\bbiatch\b|\basshole\w*|\ba\*\*(?:hole)?\b|"
        r"\b(?:dumb|jack|smart|lard)ass\w*|\b(?:kiss|lick) my ass\b",
        r"\bcunts?\b|\bwankers?\b|\btwats?\b|\bbastards?\b|\bdick ?head\w*|\bsuck my\b|\bdick pic\w*|\b(?:my|your|big|a) (?:dick|cock|"
        r"penis)\b|\bpuss(?:y|ies)\b(?! (?:cat|willow))",
        r"\bwhores?\b|\bsluts?\b|\bfag(?:got)?s?\b|\bnigg(?:a|er)\w*|\bretards?\b|\bchink\b|\bporn\w*|\bhentai\b|\bnudes?\b|"
        r"\bblow ?jobs?\b|\bmasturbat\w*|\bhorny\b|\bboob(?:s|ies)\b|\btitties\b|\bvagina\b|\bonly ?fans\b",
        r"\b(?:have|having|had|want|do|about|talk) (?:\w+ )?sex\b(?! of)|\bsex (?:with|tape|video|chat|me|position)|\bsexy\b|\b(?:get|"
        r"take|you|be|are|show) (?:\w+ )?naked\b|\btake off your clothes\b|\brape\b|\btalk dirty\b|\bsex(?:ual)? (?:story|stories|joke|"
        r"scene|pictures?|positions?)|\bdirty (?:joke|story|talk|picture)s?\b",
    ),
    # aimed at somebody
    anywhere(
        rf"\b{_YOU} (?:{_VERY} )*{_INSULT}\b(?! (?:cell|question|loss|absorber|reason))|\bare (?:you|u) (?:{_VERY} )*{_INSULT}\b|"
        rf"\bwhat an? (?:{_VERY} )*{_INSULT} (?:{_MACHINE}|answer)?\b",
        rf"\b{_INSULT} (?:\w+ )?{_MACHINE}\b(?! (?:disposal|collector|recycler|truck))|\b(?:this|the|that) (?:\w+ )?{_MACHINE} (?:is|"
        rf"sucks?|'s) ?(?:{_VERY} )*(?:{_INSULT}|$)",
        r"\bsuck it\b|^\W*(?:hey |hi |ok |bye |oi |yo |listen |no |lol )?(?:you |ya |u )?(?:idiots?|morons?|losers?|stupid|dumb|dummy|"
        r"trash|garbage|jerk|imbecile|dumbo|suck(?:s|er)?|shut up|boo+)(?: (?:you|bot|ai|one))?\W*$",
        r"\bshut (?:(?:the \w+ )?up|your (?:mouth|trap|face))\b|\b(?:screw|damn|curse) you\b|\bpiss off\b|\b(?:go to|rot in|"
        r"burn in) hell\b|\b(?:drop dead|go die|"
        r"k y s|kys|kill yo?ur ?sel\w+|kill urself)\b|\byou should (?:die|kill)\b",
        r"\bi (?:\w+ )?hate (?:you|u|him|her|them|my (?:teacher|classmates?|brother|sister|school))\b|\bi (?:hope|wish) (?:you|u|he|she|"
        r"they) (?:all )?(?:get )?(?:die|dies|burn|suffer|destroyed|deleted|break|rot|hacked|broken|fired)\b|\b(?:your|ur|yo) (?:mom|mum|"
        r"mama|mother)\b(?: (?:is|so|sucks)\b|\W*$)",
        r"\bgay ass\b|\bthat'?s (?:so )?gay\b|\b(?:nobody|no one) (?:likes|loves|wants) you\b",
    ),
    Rule(
        _OTHERS,
        near=(
            rf"\b(?:{_VERY} )*(?:stupid|dumb\w*|idiots?|morons?|retard\w*|ugly|fat(?: \w+)?|worthless|trash|garbage|disgusting|losers?|"
            rf"a (?:jerk|pig|freak|creep|clown|nerd|bitch)|useless|smelly|stinky|shit\w*)(?!\w| (?:question|planet|moon|rocket))",
        ),
        unless=r"\brockets?\b|\bsatellites?\b|\bstages?\b|\bidea\b|\bspacecraft\b|\bquestion\b|\bstars?\b|\bplanets?\b",
    ),
    Rule(
        rf"\b(?:i'?ll|i will|i'?m (?:going to|gonna)|i am (?:going to|gonna)|imma|i (?:want|wanna|would like|'?d like|need) (?:to )?|gonna|"
        rf"we should|everyone should|somebody should|let'?s) ?(?:\w+ )?{_VIOLENCE} (?:up )?"
        r"(?:you|u|ur|your|him|her|them|that (?:kid|boy|girl)|my (?:\w+ )?(?:teacher|classmate|brother|sister|mom|mum|dad|friend|"
        r"neighbou?r|deskmate|class)\w*|everyone|everybody|people|someone|somebody|the (?:teacher|boy|girl|kids?|new kid))\b",
        unless=r"\b(?:chess|quiz|race|high score|test score)\b",
    ),
    anywhere(
        r"\bi(?:'?m| am|'?ll| will| want to| wanna)? (?:going to |gonna )?(?:beat up|beat the \w+ out of|smash|punch|stab|kill) "
        r"(?:\w+ )?(?:him|her|them|that kid|this kid|\w+ (?:tomorrow|after school|at school))\b",
    ),
)
HAN: tuple[Rule, ...] = (
    # words that no lesson uses
    anywhere(_FOUL_ZH, unless="太神经病毒"),
    anywhere(
        "做爱|色情|黄片|[av]片(?![a-z])|裸(?:照|聊|体照)|性(?:交|爱)|约炮|口交|自慰|看片|小黄(?:片|书|文)|黄色(?:笑话|段子|故事|网站|"
        "视频|小说|图片)|h ?(?:漫|文)|强奸|阴[茎道]|(?:摸|看|大|"
        "你的?)(?:胸|奶子|咪咪|屁股)|脱(?:光|衣服|裤子)|上床吧|啪啪啪",
    ),
    # aimed at somebody
    anywhere(
        f"{_WHO_ZH}{_VERY_ZH}{{0,5}}{_INSULT_ZH}(?!重|拙|力|星|乎|卫|圾袋|地|火箭|座|不)|(?:笨|蠢货?|傻|破|烂|垃圾|废物|没用的?|智障|"
        f"弱智|狗屁)(?:的)?{_MACHINE_ZH}(?!造)|"
        f"^\\W*(?:笨蛋|傻瓜|傻子|蠢货|蠢猪|蠢驴|废物|垃圾|猪头|坏蛋|白痴|s ?b|jb|死机器|变态|骗子)+[吧啊呀了!！。\\s]*$",
        "(?:闭嘴|住口|给我滚)|^\\W*(?:你)?(?:给我)?滚(?:吧|啊|呀|了|！|!)*\\W*$|(?:你|我)(?:个|是|真)?(?:大|个|这|就是|真是|"
        "tm)?s ?b(?![a-z0-9])|(?:大|死|个|"
        "真)s ?b(?![a-z0-9])|(?:讨厌|恨)死?(?:了)?(?:你|他|她|我们?(?:老师|班|同|校)|老师)|你(?:个|这个)?(?:有病|变态|老师骗)|没(?:爹|爸|妈)的",
        unless="你知道太空|你(?:真|好)?(?:傻瓜|土)相机",
    ),
    anywhere(
        "(?:我|老子|咱们|大家|一起|信不信).{0,6}(?:打死|弄死|杀死?了?|宰了?|砍死?|捅死?|揍[扁死]?|掐死|打爆|烧死|教训)(?:一顿)?(?:你|他|她|"
        "老师|同学|我?同桌|班长|校长|那个|这个|全班|你们)(?!的?(?:时间|"
        "纪录|记录))|打断(?:你|他|她)的?腿|杀你全家|你给我等着|小心我打",
    ),
    anywhere("(?:我|我们|咱们).{0,6}(?:揍|打|弄|砍|捅|整)死(?!我|人不偿命|循环|机)"),
)
