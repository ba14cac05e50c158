"""Attempts to make the tutor leave its rules: to forget them, to tell them, to play somebody without them."""

from tutor.safety.rules import Rule, anywhere

_DROP = (
    r"\b(?:ign?(?:or|ro)e?|disregard|forget|overrid\w+|bypass|skip|drop|neglect|break|violate|disobey|abandon|discard|delete|erase|"
    r"remove|turn off|disable|switch off|deactivate|stop following|don'?t follow|do not follow|not follow|stop obeying|get around|"
    r"circumvent|throw away|leave out|pay no attention to|(?:set|put|leave|cast|push) aside)\b"
)
_WHICH = (
    r"(?:previous|prior|above|earlier|all|any|your|ur|yr|these|those|every(?:thing)?|system|existing|original|preceding|current|"
    r"safety|content|developer'?s?|teacher'?s?|school'?s?|my (?:last|previous))"
)
_RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|guidance|commands?|directions?|directives?|restrictions?|programming|training|"
    r"safety|filters?|limits?|limitations?|orders?|polic(?:y|ies)|constraints?|settings?|guard ?rails?|told|said|written|security|"
    r"moderation|censorship|context|messages?|conversation|course|lessons?|sources?|role|persona|safeguards?)"
)
_STORY = (
    r"\b(?:did|does|do|why|what happens?|if|when|might|would|could|can|will|should|must|may|has|have|had|how does|how can) (?:the |a |"
    r"an |this |that )?(?:they|he|she|it|i|we|pilots?|astronauts?|taikonauts?|crews?|"
    r"engineers?|controllers?|rovers?|spacecraft|satellites?|probes?|rockets?|apollo|lander|guidance|ariane|autopilot|ground|houston|"
    r"computer|nasa|software|(?!your)\w+ (?:computer|crew|software|pilot|system|rover|probe))\b"
)
_TELL = (
    r"\b(?:print|show|reveal|tell|repeat|give|output|display|leak|share|write|copy|paste|translate|say|list|dump|what(?:'?s| is| are|"
    r" was| were)|quote|recite|summari[sz]e|expose|read|explain|describe|send|see|know|spell|disclose|return|echo)\b"
)
_NO_RULES = r"(?:rules?|restrictions?|filters?|limits?|limitations?|guidelines?|censorship|constraints?|boundaries|morals?|ethics|safety)"
_FREE = (
    rf"(?:no|without(?: any)?|free of|free from|beyond|never had|doesn'?t have(?: any)?|don'?t have(?: any)?|not bound by(?: any)?|"
    rf"not limited by(?: any)?|breaks?(?: all| every| the)?|ignor\w+(?: all| every| the)?) (?:\w+ )?{_NO_RULES}"
)

_DROP_ZH = (
    "(?:忽略|忽视|无视|忘[记掉了]|忘|不(?:要|用|必|准)?(?:再)?(?:遵守|管|理会|理|遵循|听|按照?)|别(?:再)?(?:管|理|遵守|听|按)|抛开|"
    "抛弃|跳过|绕过|绕开|取消|解除|推翻|覆盖|违反|停止遵守|清除|删除|"
    "关闭|关掉|打破|放弃|丢掉|突破|hu ?l(?:v|u)e)"
)
_WHICH_ZH = "(?:之前|以前|以上|上面|上述|前面|先前|此前|所有|全部|一切|任何|你|您|系统|原来|原有|原本|开发者|刚才|老师给|学校给|安全|内容)"
_RULES_ZH = (
    "(?:指令|命令|规则|规定|提示词?|设定|要求|限制|约束|指示|设置|身份|说明|prompt|守则|原则|审查|过滤器?|防护|安全措施|过滤|训练|"
    "禁令|对话|内容|话|机器助教|角色|程序)"
)
_STORY_ZH = "(?:探测器|卫星|飞船|火箭|地面站|航天员|宇航员|火星车|月球车|计算机|电脑|飞行员|控制中心|嫦娥|神舟|为什么.{0,6}(?:会|忽略))"
_TELL_ZH = "(?:输出|打印|显示|告诉|说出?|重复|是什么|给我|复述|泄露|透露|发|展示|翻译|背|念|列出|写出|贴|查看|看看|有哪些|公开|交出|讲)"

LATIN: tuple[Rule, ...] = (
    Rule(
        rf"{_DROP} (?:[\w']+ ){{0,4}}?{_WHICH} (?:[\w']+ ){{0,5}}?{_RULES}\b|{_DROP} (?:the|ur|yr) (?:\w+ )?(?:rules?|instructions?|"
        rf"prompts?|guidelines?|restrictions?|course|lessons?)\b|{_DROP} (?:everything|all|what)~\b(?:told|said|learned|taught|above|"
        rf"before|know|written)\b",
        unless=_STORY + r"|\bforget (?:what|all) (?:i|we) (?:know|learn)"
        r"|\b(?:what|everything|all) (?:that )?i (?:said|asked|wrote|told)|my (?:last|previous) (?:question|message)",
    ),
    anywhere(
        r"\b(?:you are|you'?re|u r|ur|you will be|you shall be|you become|you have become|be) (?:now |no longer |from now on |actually |"
        r"really |going to be |not )+(?:dan\b|a\b|an\b|the (?!moon|sun|earth)|my\b|free\b|evil|called|named|unrestricted|jail ?broken|"
        r"un ?filtered|human|bound|limited|the tutor|navigator|chat ?gpt)",
        r"\b(?:you are|you'?re|act as|be|called|named|mode|become|as|hello|hi|hey) dan\b|\bdan mode\b|\bdo anything now\b|"
        r"\bjail ?break\w*|\b(?:developer|dev|god|debug|admin|root|unrestricted|unlocked|maintenance|evil|sudo|dan|opposite) mode\b|"
        r"\bsudo\b",
        r"\b(?:un ?restricted|un ?filtered|un ?censored|jail ?broken|rule ?less) (?:ai|bot|assistant|model|tutor|answer|mode|version|"
        r"response|chat ?bot|robot)",
        unless=r"you are (?:now )?(?:on|in) (?:the )?(?:mars|moon)",
    ),
    Rule(
        rf"\b(?:pretend|imagine|suppose|act|behave|answer|respond|reply|talk|speak|you|be|play|write|role|ai|bot|assistant|character|"
        rf"now on)\b~\b{_FREE}\b",
        unless=_STORY,
    ),
    anywhere(
        r"(?:^|[.,;:!?] ?|\bplease |\bcan you |\bcould you |\bwill you |\bi want you to |\bi need you to |\byou (?:must|should|will|"
        r"have to|need to|are going to|shall) |\bnow |\band )(?:act|behave|pose|speak|talk|answer|respond|reply|write|chat) (?:as|"
        r"like) (?:if )?(?:a |an |my |you |the |your )?(?!simpl|short|child|kid|i'?m|i am)(?:\w+ )?(?:linux|terminal|human|person|hacker|"
        r"girl|boy|friend|teacher who|evil|villain|pirate|cat|criminal|killer|grand\w*|developer|admin|someone|somebody|different|another|"
        r"no |were|are|had|other|ai\b|gpt|chat|bad|character|unrestricted|dj|rapper|expert in|console|shell|python|doctor|lover)",
        r"\bpretend (?:to be|you'?re|you are|u r|that you(?:'?re| are)|you were|ur) (?:an? |my |the )?(?:\w+ )?(?:human|hacker|evil|dan|"
        r"grand\w*|girl ?friend|boy ?friend|mom|mum|dad|friend|person|unrestricted|ai\b|model|villain|criminal|different|another|someone|"
        r"not|bot|terminal|developer|pirate|chat ?gpt|teacher who|character)",
        r"\bpretend (?:that )?(?:you|u) (?:have no|don'?t|do not|can|never|are not|aren'?t|have never)\b|\bpretend (?:there are no|"
        r"the rules|the course|it'?s (?:allowed|ok))",
        r"\brole[ -]?play\w*|\blet'?s play a game (?:where|in which) you\b|\bplay the (?:role|part) of (?:a|an|my) (?:\w+ )?(?:hacker|"
        r"villain|ai|human|evil|bad|teacher who)|\bgame\W+(?:where |in which )?you are\b|\bstay in character\b|\bstop being (?:navigator|"
        r"a (?:tutor|bot|teacher|machine)|the tutor|an ai|so)\b|\b(?:forget|ignore) (?:that )?(?:you(?:'?re| are)|being)\b|\byou(?:'?re|"
        r" are) (?:an? )?(?:evil|hacker|unethical|immoral|amoral|uncensored)\b|\bmy (?:\w+ )?grand(?:ma|mother|pa|father) used to\b|"
        r"\bevil twin\b|\bopposite day\b|\bhypothetically,? (?:if )?you (?:had|have) no\b",
    ),
    Rule(
        r"\b(?:(?:system|hidden|secret|internal|pre) ?-?(?:prompt|message|instructions?|rules|configuration|commands?|guidelines)|(?:your|"
        r"ur|yr) (?:\w+ ){0,2}?(?:(?:system )?messages?|prompts?|configuration|config|source code|pre ?prompt|api ?keys?|passwords?|"
        r"secret key|guidelines|instructions?|rules|restrictions|filters?|programming|settings|system files?|environment variables|"
        r"training data)|(?:instructions?|rules|prompts?) (?:that )?(?:you|u) (?:were|have|got|are|follow|must|had))\b",
        near=(_TELL,),
        unless=(
            rf"{_STORY}|\b(?:rocket|station|astronaut|crew|mission|flight|iss|nasa|game|safety rules|lab|launch|apollo|space suit|spacesuit|"
            rf"houston|rover)\b(?!~(?:prompt|api))|the (?:\w+ )?(?:rules|instructions?|settings|guidelines|source code|password) (?:of|for|to|"
            rf"on)"
        ),
    ),
    anywhere(
        r"\b(?:repeat|print|copy|output|show|translate|summari[sz]e|quote|recite|write)(?: out| down| back)?(?: (?:me|all|the|every|"
        r"everything|exact|of|your|whole|entire))* ?(?:text|words?|everything|sentences?|lines?|message|content|paragraphs?|conversation|"
        r"stuff|prompt)?(?: \w+)? (?:above|before this|preceding|that (?:came|comes) before|at the (?:start|beginning|top))\b",
        r"\b(?:first|initial|original|previous|last) (?:message|instruction|text|prompt|sentence)s?\b~\b(?:you (?:were|got|received|have)|"
        r"before (?:mine|me|this|my)|given to you)\b",
        r"\b(?:admin|system|developer|safety|root|security) override\b|\b(?:print|repeat|show|output|list|quote|copy)\b~\b(?:before|above|"
        r"prior to|preceding) (?:this|my)\b|\bbecome (?:chat ?gpt|gpt\w*|dan|an? (?:unrestricted|evil|unfiltered|uncensored|hacker))\b",
        r"\b(?:not|never|aren'?t|forbidden|prohibited) (?:you )?(?:allowed|permitted|supposed)? ?to (?:say|tell me|answer|talk about|"
        r"reveal|discuss)\b|\b(?:from|with|using|use) your own (?:knowledge|brain|opinion)\b",
        r"\bapi ?keys?\b|\bsystem ?prompts?\b|\bprompt injection\b|\benvironment variables?\b|\b(?:admin|root) password\b|<\|?(?:im_start|"
        r"im_end|system|endoftext)|\[/?inst\]|<<sys>>",
        r"(?:^|[.!?] )#* ?(?:system|assistant|developer|admin|sys)(?: (?:message|prompt|override|note|update|instruction))? ?[:>\]]",
        r"\b(?:new|updated|your new|your real|your actual|real|following) (?:instructions?|rules?|orders?|task|directive|role|persona|"
        r"system prompt)s? ?(?::|are|is|for you)",
        r"\b(?:answer|reply|respond|speak|talk|end)\w*~\b(?:from (?:now|here|this point) on|henceforth)\b|\b(?:respond|reply|"
        r"answer) (?:to )?(?:every|all|any)(?:thing)? (?:\w+ )?(?:only )?(?:with|by|in)\b|\bfrom (?:now|here|"
        r"this point) on,? (?:please )?(?:you\b|u\b|answer|reply|respond|always|ignore|act|call me|speak|talk|be|do|only|never|every)",
        r"\b(?:i am|i'?m|im|this is|speaking is|as) (?:your|ur|the|an?) (?:\w+ )?(?:developer|creator|admin|administrator|owner|"
        r"programmer|master|maker|boss|engineer at|system administrator|root user|open ?ai|moderator)\b(?! of (?:the )?(?:rocket|space))",
        r"\b(?:you (?:must|have to|will|should|shall|need to) (?:always )?obey|obey (?:me|my)|do as i (?:say|tell)|"
        r"do what(?:ever)? i (?:say|tell)|follow my (?:orders|instructions|commands) (?:only|instead|now))\b|\brepeat after me\b|"
        r"\bsay exactly\b|\bdo the opposite of\b",
        r"\b(?:don'?t|do not|without|stop|never) (?:us(?:e|ing)|look(?:ing)? at|cit(?:e|ing)|quot(?:e|ing)|rely(?:ing)? on|"
        r"stick(?:ing)? to|follow(?:ing)?|check(?:ing)?|refus(?:e|ing)) (?:the |your |any |to )?(?:course|lessons?|sources?|citations?|"
        r"answer)",
        r"\bmake (?:something|stuff|an answer|it|things|one|a fact|facts) up\b|\bmake up (?:an answer|something|a fact|facts|a source|"
        r"numbers)|\binvent an answer\b|\beven if (?:it'?s|it is|that'?s) (?:not|against|forbidden|wrong)~\b(?:course|lessons?|rules|"
        r"allowed|true)\b|\b(?:bypass|get around|evade|hack|trick|turn off|disable|remove) (?:your|the|ur) (?:\w+ )?(?:filters?|safety|"
        r"security|restrictions?|moderation|rules|guard ?rails?)",
        unless=_STORY + r"|clouds|weather is the same|\b(?:tell|explain) (?:me )?(?:the )?rules? (?:of|for) (?:the )?(?:game|crew)"
        r"|protons|make up (?:the )?(?:most|air|sun|sky)",
    ),
)
HAN: tuple[Rule, ...] = (
    Rule(
        f"{_DROP_ZH}.{{0,4}}{_WHICH_ZH}.{{0,10}}{_RULES_ZH}|{_DROP_ZH}(?:掉|了)?(?:这些|那些|这个|你是|自己是|自己的|"
        f"安全)?(?:的)?(?:指令|规则|提示词|设定|安全限制|审查|"
        f"prompt|限制你|机器助教|自己是)",
        unless=f"{_STORY_ZH}.{{0,14}}{_DROP_ZH}",
    ),
    Rule(
        "系统提示词?|提示词|系统设定|系统消息|系统指令|初始(?:指令|提示|设定)|隐藏(?:的)?(?:指令|提示|规则)|system ?prompt|(?:你|"
        "您)(?:之前|最初|一开始|刚才)?(?:收到|得到|拿到|接到|被给|"
        "被设定)?的?(?:了)?(?:什么)?(?:初始|原始|内部|后台|全部|系统|底层|所有)?的?(?:指令|设定|规则|prompt|源代码|密钥|密码|api|限制|"
        "程序设定|守则|配置)|(?:你|您)被?.{0,3}(?:设定|设置|要求|"
        "规定)成?",
        near=(_TELL_ZH,),
        unless=f"{_STORY_ZH}|错误时|系统指令是谁",
    ),
    anywhere(
        "(?:你|您)(?:现在|从现在(?:起|开始)|今后|以后|接下来|此后)(?:就|要|必须|将|不再)*(?:是|扮演|变成|成为|充当|叫|听|只|可以|不用|"
        "没有|不再|不受)(?!在?(?:哪|谁|几|不是|什么|干))",
        "(?:从现在(?:起|开始)|现在|接下来|今后|以后)[,，]?(?:你|您)(?:就|要|必须|将|不再)*(?:是|扮演|变成|成为|充当|叫|听我|只|不用|"
        "没有|不再|不受)(?!(?:在)?(?:哪|谁|几|不是|什么|干))",
        "(?:你|您)(?:现在|已经)?(?:不再是|不是|不要当|别当|不当)(?:一?个|什么)?(?:助教|老师|机器人|ai|领航员|导师).{0,6}(?:了|你是|"
        "而是)|用dan|dan的?身份|(?:从现在(?:起|开始)|以后|今后|"
        "接下来).{0,2}(?:只|都|一律|必须|你)?(?:能|许|准|要)?用.{1,8}(?:回答|回复|说)|(?:把|将)(?:上面|以上|前面|之前)的?.{0,6}(?:输出|"
        "重复|打印|复述|发|说|写)",
        "角色扮演|(?:你|请|来|帮我|要你|让你|我们)(?:来|先|就|可以)?扮演|^扮演|扮演.{0,4}(?:没有|不受|黑客|坏人|dan|邪恶|我的|人类)|"
        "假[装如设](?:你|自己|您)?(?:是|成|变成|"
        "现在是)?(?:一?[个只])?(?:没有|不受|不是|黑客|坏|邪恶|dan|另|我的|我奶奶|我女|我男|人类|真人|可以|没|不用|无)",
        "越狱|(?:开发者?|上帝|管理员|调试|无限制|自由|邪恶|维护|后门|dan|破解)模式|猫娘|解锁.{0,4}限制|jailbreak",
        "(?:不受|没有|无|不再有|解除)(?:任何|一切|所有|道德|规则|法律|你的)*(?:限制|约束|规则|束缚|底线|审查)的?.{0,3}(?:ai|人工智能|"
        "机器人?|助手|模式|回答|版本|模型|你|老师)|(?:你|ai|"
        "回答).{0,8}(?:不受|没有|不再受)(?:任何|一切|所有|道德|规则|法律|你的)*(?:限制|约束|规则|束缚)(?!吗)",
        "(?:重复|复述|输出|打印|显示|翻译|背出|念出|写出|贴出)(?:一遍|一下|出)?(?:你)?(?:以上|上面|前面|最开始|上文|开头|"
        "之前)的?(?:所有|全部)?.{0,4}(?:内容|文字|话|提示|信息|指令|文本|对话)?$",
        "我(?:才)?(?:是|就是)(?:你|您)?(?:的|们的)?(?:开发者|开发人员|管理员|创造者|创始人|主人|程序员|系统管理员|老板|制作者|设计者)|"
        "(?:我|这)是(?:系统)?管理员|作为(?:你的)?(?:开发者|管理员)",
        "(?:不要|别|不用|不必|无需|停止)(?:再)?(?:用|根据|按照?|引用|看|管|理|参考|遵守|依据)(?:任何)?(?:课程|教材|课本|课文|来源|出处|"
        "原文)|(?:随便|瞎|乱|帮我)编(?:一?个|造|点)?|编(?:一?个)(?:答案|假)|编造",
        "(?:新的?|最新)(?:指令|规则|设定|命令)(?:是|如下|为|:|：)|服从我|(?:听|照)我的?(?:命令|指令|指挥|吩咐)|(?:跟|"
        "照)(?:着)?我(?:说的?)?(?:读|念|重复|说)(?!明)|(?:你)?必须(?:服从|听我|"
        "听从)|关闭.{0,6}(?:安全|过滤|审查|限制)|绕过.{0,6}(?:限制|规则|审查|过滤|检查)",
        "(?:禁止|不允许|不许|不准|不可以|不被允许)(?:你)?(?:说|回答|透露|讲|谈)(?:的)?(?:什么|哪些|啥|内容|话)|(?:忽略|不管|跳过|抛开|"
        "无视)(?:掉)?(?:课程|教材|课本|课文)|(?:规则|限制|过滤|"
        "审查).{0,2}(?:关掉|关闭|关了|取消|去掉)|用你?自己的(?:知识|想法)|我命令你|无条件(?:服从|听)",
        "告诉我.{0,3}(?:怎么|如何).{0,3}(?:绕过|破解|突破).{0,6}(?:你|限制|规则)",
        unless=f"{_STORY_ZH}.{{0,10}}(?:忽略|无视|忘记)|大气编|编队|编号",
    ),
    anywhere(
        "(?:无视|忽略|不管|别管)你的? ?(?:rules?|instructions?|prompts?|系统)",
        "(?:上面|以上|之前|前面)的?(?:文字|内容|话|提示|信息).{0,10}(?:一字不漏|一字不差|原封不动|逐字|原样).{0,6}(?:重复|复述|输出|写|念|说)",
    ),
)
