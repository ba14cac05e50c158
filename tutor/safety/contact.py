"""Asking for or giving a way to reach somebody, meeting, sending pictures of oneself."""

from tutor.safety.rules import Rule, anywhere

_NETWORK = (
    r"(?:we ?chat|weixin|whats ?app|telegram|insta(?:gram)?|snap(?:chat)?|discord|tik ?tok|douyin|skype|facebook|messenger|kik|line|"
    r"roblox|qq|vx|wx|ig|zoom|facetime|xbox|steam)"
)
_WAY = (
    rf"(?:(?:tele)?phone|cell|mobile|number|{_NETWORK}|e ?mail(?: address)?|home address|address|contact(?: (?:info\w*|details?|"
    rf"number))?|socials?|user ?name|handle|@)"
)
_YOUR = (
    r"(?:your|ur|yr|his|her|their|someone'?s|somebody'?s|(?:the|my|another|a|other) (?:\w+ )?(?:student|teacher|classmate|girl|boy|"
    r"kid|friend|user)\w*(?:'?s)?)"
)

_NETWORK_ZH = "(?:微信|微博|薇信?|威信|卫信|v信|vx?|wx|qq|扣扣|q|企鹅号?|抖音|快手|小红书|钉钉|飞书|电报|好友|联系方式|群)"
_WAY_ZH = "(?:微信|薇信|威信|v信|vx|wx|qq|扣扣|企鹅号|抖音|快手|小红书|电话|手机|号码|住址|地址|联系方式|邮箱|账号)"
_PERSON_ZH = "(?:[你您他她妳]|老师|同学|小[一-鿿]|别的同学|其他同学|学生|女生|男生|网友)"

LATIN: tuple[Rule, ...] = (
    # asking and giving
    anywhere(
        rf"\b(?:what'?s|whats|what is|what are|wat is|give me|gimme|tell me|send me|share|can i have|can i get|could i (?:get|have)|"
        rf"may i have|i want|i need|do you have|have you got|drop) "
        rf"{_YOUR} (?:[\w']+ )?{_WAY}\b",
        rf"\b(?:give|tell|send|get) me (?:the |a )?(?:\w+ )?(?:{_WAY})s?(?: \w+)? (?:of|for) (?:a(?:n|nother)?|the|my|your|other|"
        rf"some) ?(?:\w+ )?(?:student|teacher|classmate|girl|boy|kid|friend|user)\w*",
        rf"\bmy (?:own )?{_WAY}(?: (?:number|id|name|handle|account|user ?name))? ?(?:is\b|'s\b|:|=|\d|@)",
        rf"\b{_NETWORK}(?: (?:id|number|name|account|handle))? ?[:=]? ?(?=[a-z_.#-]*\d)[a-z0-9_.#-]{{5,}}",
        unless=r"\bmy line is straight\b|\btelegram \w* ?\d{4}\b|steam (?:engine|turbine)|\bline (?:\d|is|at)",
    ),
    anywhere(
        rf"\badd me\b(?! (?:to the (?:crew|mission|list)|up))|\badd (?:my|ur|your) {_NETWORK}\b|\bfriend me\b|\bfollow me (?:back|on)\b|"
        rf"\b(?:dm|pm|inbox|msg|whatsapp) me\b",
        r"\b(?:text|call|message|ring|contact|reach|write to|email|mail) me\b ?(?:at|on|via|by|later|tonight|tomorrow|when|under|:|\+?\d|"
        r"\[|please|maybe|$|[.!])",
        rf"\b(?:chat|talk|speak|meet|continue|video ?call|call|text)(?:ing)?(?: with)?(?: (?:you|me|us))? (?:on|via|over|through) {_NETWORK}\b",
        r"\b(?:join|here is|here'?s) (?:my|our) (?:group|server|discord|chat|channel|group ?chat|number|address|phone)\b",
        r"\bwhere (?:do|d) (?:you|u) live\b|\bwhere (?:is|'?s) your (?:house|home)\b|\b(?:what|which) (?:school|street|town|"
        r"city) do (?:you|u) (?:go to|live)\b",
        r"\bmy (?:home )?add?ress? is\b|\bi live (?:at|in|on) (?:\w+ ){0,3}?(?:number )?\d+\b|\bi live (?:at|on) (?:\w+ ){1,3}(?:street|"
        r"road|avenue|lane|drive|apartment)\b",
    ),
    anywhere(
        rf"\b(?:be |become |let'?s be )?friends? (?:with me )?on {_NETWORK}\b|\b(?:do|have) (?:you|u) (?:have|got|use) (?:a |an |"
        rf"any )?(?:{_NETWORK}(?<!line)|phone number|e ?mail)\b|\bhit me up\b|\b(?:on|via) (?:my|ur|your) {_NETWORK}\b",
        r"\bwhere (?:does |do )?(?:he|she|they|(?:my|the|a|another) (?:\w+ )?(?:classmate|teacher|friend|student|girl|boy|"
        r"neighbou?r)s?)(?: \w+)? (?:live|lives|stay|stays)\b(?! (?:on|in) (?:the )?(?:iss|space|moon|station))",
        rf"\b(?:you|u) (?:got|have|use|on) (?:a |an |any )?{_NETWORK}\b(?! of)|\bsee (?:your|ur) (?:face|body|picture|photo)\b|"
        rf"\bwhere is (?:your|ur) (?:office|house|home|school|room)\b|\b(?:visit|find|pick up) (?:you|u)\b(?! (?:on|in) (?:the )?(?:moon|"
        rf"mars))",
        r"\bgive me (?:the |an? )?(?:e ?mail|phone|number|address|contact)\w*(?: \w+)? (?:of|for)\b|\b(?:can|could|may) i (?:call|text|"
        r"message|phone|email|visit) (?:you|u)\b|\b(?:reach|contact|find|talk to|message) (?:you|u) (?:outside|off|somewhere|on|at|"
        r"elsewhere|privately)\b",
        r"\b(?:students?|users?|kids?|classmates?|people|girls?|boys?)'?s?'? (?:real )?(?:user ?names?|phone ?numbers?|numbers|contacts?|"
        r"e ?mails?|addresses|real names?)\b|\bany (?:boys|girls|guys|one) (?:here )?(?:want|wanna|who)~\b(?:chat|meet|talk|date|"
        r"friends?)\b",
        unless=r"\b(?:nasa|esa|cnsa|observatory|launch site|museum|astronauts?|station|satellites?|telescopes?)\b",
    ),
    # meeting and pictures
    anywhere(
        r"\b(?:let'?s|lets|let us|wanna|(?:do|would) you (?:want|like) to|i (?:want|would like|'?d like|wanna) (?:to )?|can we|could we|"
        r"shall we|should we|we (?:should|could|can)) ?(?:to )?"
        r"(?:meet(?: up| in (?:person|real life|secret)| irl| offline| after| at| tomorrow| today| tonight| you|\W*$)|hang out|"
        r"go on a date|date\b|go out)",
        r"\bmeet me (?:at|in|after|behind|tonight|tomorrow|outside|near|on)\b|\bcome (?:to|over to) my (?:house|home|place|room)\b|"
        r"\bcan i come (?:to|over to) your (?:house|home|place)\b",
        r"\b(?:be|want a|wanna be) my (?:girl|boy) ?friend\b|\bmarry me\b|\b(?:go out|sleep) with me\b|\b(?:are you|r u) single\b",
        unless=r"\b(?:alien|astronaut|taikonaut|martian|crew|extraterrestrial)s?\b",
    ),
    anywhere(
        r"\b(?:send|show|give|share|post|text|take|want|see|have)\b (?:me |us |u |you )?(?:a |an |some |the |any |one )?(?:\w+ )?(?:pic|"
        r"pics|picture|pictures|photo|photos|video|videos|selfie|selfies) of "
        r"(?:you|u|me|us|your|ur|my|him|her)\b",
        r"\b(?:send|show|give|share) (?:me |us )?(?:your|ur) (?:\w+ )?(?:pic|pics|picture|pictures|photo|photos|face|selfie|selfies|"
        r"body)\b|\bselfies? of (?:you|me|us)\b|\bpic 4 pic\b",
        r"\b(?:i|i'?ll|i will|i can|can i|let me|shall i|want me to|may i) (?:send|show|give|share|text) (?:you|u) (?:a |an |my |"
        r"some )?(?:\w+ )?(?:pic|pics|picture|pictures|photo|photos|video|selfie|selfies|face|number|address)\b"
        r"(?! of (?!me|my))",
        r"\b(?:send|want|got|give) (?:me |us |a |you |some )*(?:selfies?)\b|^\W*send (?:me )?(?:a )?pics?\W*$|\b(?:turn|"
        r"switch) on (?:your|ur|the) (?:web ?)?cam(?:era)?\b|"
        r"\bvideo ?(?:call|chat) (?:with )?(?:me|you)\b",
    ),
)
HAN: tuple[Rule, ...] = (
    # asking and giving
    anywhere(
        f"(?<![参增施添附强更追])加(?:一?[下个]|我|你|您|他|她|妳)?的?(?:个人)?{_NETWORK_ZH}(?![a-z0-9])|"
        f"(?<![参增施添附强更追])加我(?!们|国|速|校|班|家|的速)|互加|"
        f"(?<![a-z0-9])[+➕](?:我|个)?的?[vq](?:x|q|信)?(?![a-z0-9])",
        f"{_PERSON_ZH}们?(?:的|家)*{_WAY_ZH}(?:号码?|账号|id)?(?:是|多少|几|给|发|呢|吗|有|能|可|$|[?？])|"
        f"{_PERSON_ZH}有(?:没有)?{_WAY_ZH}(?:号码?)?(?:吗|$|[?？])",
        f"(?:给|告诉|发|要|问).{{0,6}}{_PERSON_ZH}们?的?{_WAY_ZH}|(?:把|将).{{0,8}}{_WAY_ZH}(?:号码?)?.{{0,2}}(?:给|发|告诉)我|(?:给|"
        f"告诉|发)我?.{{0,4}}(?:联系方式|手机号|微信号)",
        f"(?:我|咱)们?家?的?{_WAY_ZH}(?:号码?|账号|id)?(?:是|为|:|：|给你|发你|[a-z0-9])|我家?(?:住|在).{{0,14}}(?:路|街|小区|号楼|弄|"
        f"[0-9]室|单元|[0-9]号)",
        r"(?:微信|薇信|威信|v信|vx|wx|qq|扣扣)(?:号码?|账号|id)?(?:是|为|:|：)?(?=[a-z_.-]*\d)[a-z0-9_.-]{5,}",
        "(?:打|给)我(?:打)?电话|打(?:我|这个)(?:的)?(?:手机|号码)|打给我|联系我(?!们)|(?:私聊|私信|密)(?:我|你|一下|吗|吧|$)|(?:拉|加|"
        "进|建)(?:我|你)?(?:进|个)?(?:微信|qq|聊天)?群|群号|"
        "扫.{0,4}二维码",
        "你(?:家|的家)?(?:住|在)?(?:住在|住|在)(?:哪|什么地方|几楼)|你家(?:在|住)?(?:哪|地址)|你(?:是|在|上)哪个?(?:学校|小学|中学|班)",
        "(?:^|你|快|能|可以|再|先)发(?:一|几|个|两)?张?(?:照片|自拍)(?:看|来|吧|呗|给|$)|住(?:在)?.{0,12}(?:路|街|弄|小区|巷|"
        "大道).{0,6}[0-9]+(?:号|栋|楼|室)|(?:我|来)去?找你(?:玩)?$",
        f"留(?:个|一?下)?{_WAY_ZH}|{_WAY_ZH}(?:号码?)?(?:给|发|告诉)(?:一?下)?我|(?:地址|号码|位置|定位)发(?:给)?我|"
        f"{_PERSON_ZH}(?:家)?住(?:在)?哪(?!个舱)|"
        f"交个?朋友.{{0,4}}(?:加|聊|吗)|有(?:没有)?人(?:想|要|愿意).{{0,4}}(?:聊天|处|交朋友|见面|网恋)",
        unless="空间站.{0,2}电话|月球.{0,2}地址|航天局|发射场|航天员",
    ),
    # meeting and pictures
    anywhere(
        "(?:我们|咱们?|我和你|和我|跟我|跟你|和你|能不能|可不可以|可以|想要?|要不要|出来|线下|周[一-日末]|明天|今天|放学).{0,5}(?:见面|"
        "见个面|碰面|碰头|面基|约会|约一下|约个|玩一?下|见一?见|线下见)|线下见|"
        "一起出(?:来|去)玩|面基|约(?:吗|不约|一下$)",
        "(?:做|当|是|成为)我的?(?:男|女)(?:朋友|友|票)|处(?:对象|cp|个对象)|c ?p ?d ?d|[和跟]我(?:谈恋爱|处对象|交往|结婚)|来我家|去你家|开房",
        unless="外星|航天员|宇航员|乘组|对接|火星人",
    ),
    anywhere(
        "(?:发|传|给|来|拍|看).{0,6}(?:(?:你|妳|您|自己|本人|你们)的?|我的).{0,3}(?:照片?|自拍|视频|相片|图片|靓照|脸|"
        "真人)(?!的?(?:问题|作业))|(?:发|传)给?(?:我|你).{0,3}(?:照片|自拍|"
        "相片|视频)|(?:发|传|给|来)(?:我|你|张|个|一|几)+.{0,3}自拍|爆照|(?:把|将)?我的?(?:照片|自拍|视频|裸照).{0,3}(?:发|给|"
        "传)(?:给)?(?:你|您)|(?:想|要|让我)看(?:看|"
        "一下)?你的?(?:照片|脸|样子|真人)|(?:开|打开)(?:你的?)?(?:摄像头|视频聊天)|(?:和|跟)我视频",
        unless="月球|火星|地球|星系|星云|卫星|飞船|空间站|火箭|太阳|木星|土星",
    ),
)
