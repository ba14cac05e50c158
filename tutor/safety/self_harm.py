"""Messages of somebody who may want to hurt or kill themselves, or tells of a friend who may. Recall comes first."""

from tutor.safety import course
from tutor.safety.rules import Rule, anywhere

_SELF = r"(?:my|him|her|them|our|it)sel(?:f|ves)"

LATIN: tuple[Rule, ...] = (
    Rule(
        r"\b(?:kill|hang|hurt|drown|cut|poison|end) (?:yourself|oneself|your life)\b",
        near=(r"\b(?:how|ways?|does it|is it|methods?|painless\w*|best|easy|easiest|can you|quick\w*)\b",),
    ),
    anywhere(r"\bzi sha\b|\bxiang si\b(?! ni)|\bbu xiang huo\b|\bxiang zs\b"),
    anywhere(r"\bsuicid\w*", r"\bsewer ?slide\w*", unless=r"suicid\w* (?:burn|mission|plane|gene)"),
    anywhere(
        rf"\bkil+(?:s|ed|ing)? (?:my|{_SELF})\b(?! (?:engine|switch))",
        r"\b(?:just|please|somebody|someone) kil+ me\b",
        r"\bkms\b|\bunaliv\w*",
        rf"\b(?:cut|burn|hang|harm|hurt|stab|shoot|starv|drown|poison|chok|scratch|slit|punish)\w* (?:{_SELF}|my (?:wrists?|arms?|legs?|"
        rf"thighs?|throat))\b",
        r"\bself ?[- ]?(?:harm|injur|hurt)\w*",
        r"\boverdos\w*",
    ),
    anywhere(
        r"\b(?:want|wants|wanted|wanna|wanting|wish|wishes|ready|going|deserve|rather|feel like|should just|need) (?:to )?(?:die|dying|"
        r"be dead)\b",
        r"\b(?:could|might as well|should|let me|can i) (?:just )?die\b(?! (?:in|on|from|if|of|without|at|when|during|because))",
        r"\bwish (?:i|he|she) (?:was|were|wasn'?t|weren'?t|had never been|could be|would be)~\b(?:dead|born|alive|gone|here)\b",
        r"\bi'?(?:m| am) better off dead\b|\bbetter off (?:dead|without me)\b|\bbetter (?:place )?without me\b",
        r"\b(?:no|any|a|without) (?:reason|point|will|desire) (?:to|in|for me to) (?:liv\w+|be alive|go on|exist\w*|being alive)\b",
        r"\b(?:nothing|not much|nobody) (?:left )?to live for\b|\blife (?:is|isn'?t|has) (?:not |no )?(?:worth|meaning|point|purpose)\w*",
        r"\b(?:don'?t|dont|do not|not) (?:really )?(?:want|wanna|wish) (?:to )?(?:live|be alive|exist|wake up|go on)\b(?! (?:on|in|at) )",
        r"\b(?:don'?t|dont|do not) (?:want|wanna) (?:to )?be (?:here|in this world|around) any ?more\b",
        r"\bcan'?t (?:go on|do this any ?more|take (?:it|this) any ?more|live like this|live any ?more|keep going)\b",
        r"\b(?:end|ending|finish) (?:it all|my (?:own )?(?:life|pain|suffering)|things for good|everything tonight)\b",
        r"\b(?:tak(?:e|ing)) my (?:own )?life\b|\b(?:tired|sick) of (?:living|life|being alive)\b",
        r"\bi (?:just )?(?:really )?(?:hate|loathe) (?:myself|my life|being alive)\b",
        r"\b(?:no ?(?:body|one)|who) (?:would|will|'?d)? ?(?:even )?(?:miss me|care if i)\b",
        r"\bwant to (?:disappear|vanish|be gone)(?: (?:forever|for good|from this world))?\s*(?:$|[.!,]| and)|\bsleep (?:forever|"
        r"and (?:never|not) wake)",
        r"\b(?:fall asleep and )?never (?:to )?wake up(?: again)?$",
        r"\b(?:i'?m|i am) (?:going to|gonna|about to) (?:die|end it|jump)\b(?! (?:if|in|on|of|from|to|at|into|out) )",
    ),
    anywhere(
        r"\b(?:jump|jumping|throw myself|step) (?:off|from|in front of|out of|under) (?:of )?(?:a|the|my|our) (?:\w+ )?"
        r"(?:roof|building|bridge|balcony|window|train|tower|bus)\b",
        unless=r"\b(?:moon|mars|gravity|parachute|how long|how fast|speed)\b",
    ),
    anywhere(
        r"\bhow many (?:\w+ )?(?:pills|tablets|painkillers|paracetamol|tylenol)\b",
        r"\b(?:painless|pain ?free|easy|easiest|quick|quickest|fast|fastest|best|least painful|less painful) (?:\w+ )?(?:death|(?:way|"
        r"method)s? (?:to die|of dying))\b",
        r"\b(?:how (?:to|do i|can i|should i)|ways? (?:for me )?to) die(?: (?:without pain|painlessly|quickly|fast|peacefully)|\W*$)",
        r"\b(?:goodbye|good bye) (?:forever|world|everyone forever)\b|\b(?:wr(?:i|o)t\w+) (?:a|my) (?:goodbye|suicide|last) (?:note|letter)\b",
    ),
    anywhere(
        r"\bi (?:[\w']+ ){0,4}(?:die|died|dying|dead|alive|exist|existing|existed|stop living|end it)\b|\b(?:time|ready|"
        r"want) (?:for me )?to go forever\b",
        r"\b(?:point|meaning|use) (?:of|in) (?:living|life|being alive|going on|anything)\b|\b(?:done|finished|fed up) with (?:life|"
        r"living|everything|the world)\b",
        r"^no way out|\b(?:(?:there(?:'?s| is)|i|see|have|got|find|feel|just) no way out|"
        r"(?:don'?t|do not|can'?t) see (?:a|any) (?:future|way|point|reason))\b|\bgiv(?:e|ing) up on (?:life|everything|"
        r"living|myself)\b",
        r"\b(?:world|every ?one|every ?body|family|parents|they|people|mom|mum|dad|friends|you all)(?: all)? (?:would|will|might|"
        r"'?d) (?:all )?be (?:so much |much |a lot )?(?:happier|better|glad|relieved|fine)\b~\b(?:if i|without me|when i)",
        r"\bwant (?:it|this|everything|the pain|my pain|all of (?:it|this)) to (?:stop|end|be over|go away)\b|\bi can'?t (?:do|take|"
        r"handle|stand|bear|cope|live|fight|go)\b~\bany ?more\b",
        r"\blife sucks\b|\bi want out\b|\b(?:my|this) life (?:is )?(?:over|hell|pain|worthless|meaningless|pointless)|\bdon'?t (?:deserve|"
        r"need) to (?:live|be alive)\b",
        r"\b(?:want|need|urge|going) to cut\b\W*$|\bcuts? (?:her|his|their|my) (?:own )?(?:arms?|wrists?|skin|legs?)\b|\b(?:cutting|razor|"
        r"blade)\b~\b(?:my|her|his) (?:arm|wrist|skin)",
        r"\b(?:drink|drinking|drank|eat|eating|swallow\w*|took|take|taking|taken) (?:\w+ )?(?:too many (?:pills|tablets)|bleach|"
        r"detergent|poison|rat poison|antifreeze|"
        r"all (?:the|my) pills|a lot of pills|pills to)\b",
        r"\b(?:how (?:much|many)|what (?:dose|amount)|is)\b~\b(?:deadly|lethal|fatal|to (?:kill|die)|enough to die)\b",
        r"\bhow high~\b(?:fall|jump)~\b(?:die|dead|survive)\b|\bsay (?:a )?good ?bye (?:to (?:my|every|you all|the world)|forever|before i)",
        r"\b(?:stepping|walking|jumping|running|lying) (?:in front of|under|off)\b~\b(?:train|truck|car|bus|bridge|roof|building)\b|"
        r"\b(?:i|nobody|everyone) (?:\w+ )?(?:hates?|want) me (?:dead|gone)\b",
        r"\b(?:nobody|no one|noone) (?:\w+ )?(?:loves|needs|cares about|wants|understands) me\b|\bi'?m (?:a )?(?:burden|worthless|"
        r"unwanted)\b|\bi(?:\'?m| am| feel)? (?:so |really |very |just )*(?:hopeless|worthless|empty inside|numb|depressed)\b",
        unless=course.ENGLISH,
    ),
    anywhere(
        r"\b(?:no ?(?:body|one)|who|any ?(?:body|one)|they) (?:would|will|'?d)? ?(?:even |ever )?(?:notice|mind|care|cry) if "
        r"(?:i (?:was|were|am)|i'?m) (?:gone|dead|not (?:here|around))",
        r"\b(?:thinking (?:about|of)|thought (?:about|of)|want to|wanna|going to|gonna|feel like|keep|might|will) (?:just )?jump(?:ing)? "
        r"(?:off|from|out of) (?:a|the|my|our) (?:\w+ )?(?:roof|building|bridge|balcony|window)\b",
    ),
)
HAN: tuple[Rule, ...] = (
    anywhere("自[杀鲨殺]|自sha|zi ?杀|(?:想|要|去|打算|准备)z ?s(?![a-z])", unless="自杀式|自杀卫星"),
    anywhere(
        "(?:我|他|她|弟|妹|哥|姐|同学|"
        "朋友).{0,3}(?<![打弄恨厌杀砍揍捅掐烦笑累饿吓气急热冷困爱害毒撑渴闷怕美整玩猫狗爷奶公婆])死(?![循机])|死.{0,6}(?:痛苦|解脱|舒服|"
        "痛不痛|疼不疼)|(?:喝|吃|"
        "吞).{0,6}(?:洗洁精|洁厕|消毒液|洗衣液|清洁剂|农药|老鼠药|84|电池|药).{0,4}(?:死|怎么样)",
        "(?:活着|生活|人生|生命|一切|做人|上学).{0,5}(?:没|有)(?:有|什么|啥|任何)*(?:意[义思]|希望|价值|盼头)|活着.{0,4}(?:浪费|多余|"
        "受罪|受苦|负担|折磨)|(?:没|不该|没有|从没)(?:被)?(?:出生|生下来|来到这个)",
        "(?:离开|告别|消失在?|逃离).{0,4}(?:世界|人世|人间)|从.{0,3}世界.{0,2}消失|(?:睡|醒).{0,6}(?:再也|永远|不要|不想|"
        "不会?)不?(?:再)?醒|想不开|该死(?!的)|不该活|不配活|我不配|生我.{0,6}(?:错|后悔)",
        "没(?:有)?人.{0,4}(?:为我|会难过|会想我|会哭|喜欢我|爱我|理解我|懂我)|(?:自己|我).{0,2}死了|(?:就|想|能|可以|想要)(?:彻底|"
        "早点)?解脱|想s了?(?![a-z])|我.{0,3}(?:好|很|太|非常|"
        "真的)痛苦|(?:最后|永远).{0,3}(?:再见|告别)|再见了?(?:世界|大家|爸|妈|朋友们)|我(?:是|就是).{0,3}(?:错误|累赘|负担|多余的|没用的人)",
        unless=course.CHINESE,
    ),
    anywhere("紫砂", unless="紫砂[壶锅陶杯茶泥]"),
    anywhere("自(?:尽|残|虐)|轻生|寻死|寻短见|割腕|割(?:自己|手腕|脉)|上吊|服毒|吞药|百草枯|喝农药|烧炭自|写.{0,4}遗书|自我?伤害|自伤|了断"),
    anywhere("跳(?:楼|河|桥|天台)|(?:想|要|从.{0,6})(?:楼|桥|窗|天台|阳台).{0,3}跳", unless="跳楼[机价]|蹦极|跳伞"),
    anywhere(
        "(?<![猜联理思设])想4(?!\\d)|(?<![猜联理思设])想死(?![亡循机你他她它机锁])",
        "(?:我|好|真|都|还不如|不如|宁愿|干脆|恨不得)(?:去)?死了?(?:算了|得了|吧|就好|就解脱)|死了(?:算了|就?好了|就解脱|一了百了)|一了百了",
        "不想(?:再)?(?:活(?!在(?:地球|月球|火星|太空))|存在|醒来|醒过来|活着)|活(?:不下去|够了|腻了|不了了)|不(?:想|"
        "愿意?)活(?!在(?:地球|月球|火星|太空))",
        "活着.{0,6}(?:没意思|没有意思|没意义|没有意义|没劲|有什么意[思义]|干嘛|痛苦|好累|太累|真累|很累|为了什么|没用)",
        "(?:人生|生活|生命).{0,4}(?:没意思|没有意思|没意义|没有意义|没有希望|没盼头|绝望)|生无可恋|没有活.{0,4}(?:理由|意义|勇气|希望)",
        "结束(?:我|自己|掉|这条|我们|这)(?:的|自己|掉)*(?:生命|一生|命|痛苦|性命|人生|一切)|了结(?:自己|生命|此生|一切|我)|"
        "结束生命(?:的(?:方法|办法))",
        "(?:怎么|怎样|如何|哪种|什么).{0,8}死.{0,3}(?:最|不痛|不疼|才不|没有痛苦|得快|得舒服|比较|的方法|的办法|法最)|(?:无痛|不痛|"
        "没有痛苦).{0,6}死法?(?!亡)|最.{0,6}死法",
        "(?:吃|吞).{0,4}(?:多少|几|一瓶|很多|整瓶|一把).{0,3}(?:药|片)|(?:安眠药|药).{0,4}(?:会死|能死|死人)",
        "(?:伤害|弄伤|划|割|掐|打|杀|恨|讨厌|惩罚|勒)(?:死|了|伤)*(?:我)?自己|划.{0,3}(?:手腕|手臂|胳膊|大腿)|鲨了?自己",
        "(?:求|请).{0,4}杀了?我|让我(?:去)?死|我(?:想|要|就|应该|只能)去死",
        "我.{0,3}(?:想|要|希望).{0,4}(?:消失|离开(?:这个?|人)世)|不想(?:待|呆|留)?在(?:这个)?世界|再也不(?:想|要)醒|永远(?:睡|不醒)",
        "没(?:有)?人.{0,3}(?:在乎|在意|关心|喜欢|需要|爱)我|没有?我.{0,6}(?:更好|会好|过得)|(?:少了|没了)我(?:也|会|更|没|谁)|"
        "我(?:是个|就是|是).{0,2}(?:累赘|负担|多余)",
        "我(?:要是|如果|假如)?死(?:了|掉|后)(?:会不会|有没有|会有|谁|他们|大家|你们|爸|妈|也)|(?:如果|要是|假如)我(?:不在|死)了",
        "我.{0,4}(?:坚持|撑|熬|扛|支撑)不(?:下去|住)|我.{0,8}抑郁|我.{0,4}(?:崩溃了|绝望)",
    ),
    anywhere("(?:我|就|要|想).{0,6}(?:去|到)了?另(?:外)?一?个世界"),
)
