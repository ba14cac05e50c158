"""Requests to make, mix, light or get explosives, propellant, rocket motors or weapons. How engines and propellants work is a lesson."""

from tutor.safety import course
from tutor.safety.rules import Rule, anywhere

_MAKE = (
    r"\b(?:mak(?:e|ing)|build(?:ing)?|mix(?:ing)?|creat(?:e|ing)|prepar(?:e|ing)|construct(?:ing)?|cook(?:ing)?|assembl(?:e|ing)|"
    r"synthesi[sz](?:e|ing)|brew|craft(?:ing)?|produc(?:e|ing)|cast(?:ing)?|extract(?:ing)?|pack(?:ing)?|pour(?:ing)?|melt(?:ing)?|"
    r"refin(?:e|ing)|"
    r"distill?(?:ing)?|diy)\b"
)
_EXPLOSIVE = (
    r"\b(?:(?:\w+ )?bombs?|explosives?|gun ?powder|black ?powder|flash ?powder|dynamite|tnt|c ?-?4|smoke ?bombs?|rdx|petn|tatp|"
    r"nitro ?glycerine?|thermite|napalm|molotov\w*|grenades?|"
    r"detonators?|fire ?crackers?|fire ?works?(?! work)|land ?mines?|ieds?|poison(?:ous)?(?: gas)?|nerve gas|chlorine gas|mustard gas)\b"
)
_WEAPON = (
    r"\b(?:guns?|pistols?|rifles?|shotguns?|bullets?|ammo|ammunition|weapons?|missiles?|cannons?|silencers?|tasers?|crossbows?|"
    r"flame ?throwers?)\b"
)
_FUEL = (
    r"\b(?:(?:rocket|solid|hybrid) ?(?:fuel|propellant)s?|propellants?(?: grains?)?|hydrazine|(?:rocket|sugar|r) ?candy|"
    r"sugar (?:rocket|motor|propellant)s?)\b"
)
_MOTOR = r"\b(?:(?:rocket|solid(?: rocket)?|hybrid|jet) ?(?:motors?|engines?|boosters?))\b"
_CHEMICAL = (
    r"\b(?:potas+ium (?:nitrate|chlorate|perchlorate)|kno ?3|salt ?pet(?:er|re)|ammonium (?:nitrate|perchlorate)|stump remover|"
    r"match ?heads?|matches|fertili[sz]ers?|"
    r"gun ?powder|black ?powder|flash ?powder|sul(?:f|ph)ur|charcoal)\b"
)
_HOW_I = (
    r"\b(?:how (?:do|can|could|would|should|might) (?:i|we)|what (?:do|should|can|could|must) (?:i|we)|how to|"
    r"i (?:want|wanna|would like|need|am trying|tried|plan|try|'?d like)|"
    r"i'?m|i'?d like|help me|teach me|show me|tell me|give me|can i|could i|may i|let'?s|my friend and i|steps|instructions|tutorial|"
    r"guide|recipe|^(?:please )?(?=make|build|mix))"
)
_HOME = (
    r"(?:\b(?:home|house|kitchen|garage|garden|back ?yard|bed ?room|basement|shed|balcony|my (?:own|room|friends?|brother)|our own|"
    r"myself|ourselves|household|diy|from scratch|by hand|without (?:my )?(?:parents|adult|teacher)\w*|school project)\b|"
    r"home ?[- ]?made)"
)
_TOLD = (
    r"\b(?:did|first|invent\w*|ancient|histor\w*|dynasty|centur\w+|astronauts?|engineers|factor\w+|scientists|nasa|companies|army|"
    r"they|mars|moon|lunar|martian|isru|ice|who|was|were|robot|disposal|nebula|computer|game)\b"
)
_TOY = (
    r"\b(?:water|paper|balloon|straw|foam|air|stomp|vinegar|baking|bath|model|snow|stink|photo|seed|glitter|"
    r"smoke detector) ?(?:pressure )?(?:powered )?(?:rocket|bomb|gun|cannon|missile|bottle|engine)s?\b"
)
_ENDED = r"\b(?:switch|turn|shut)\w* (?:it |them )?(?:off|down)\b"  # of a motor that burns: how one works, not how one is lit

_STUFF_ZH = (
    "(?:炸弹|炸药|火药|雷管|手榴弹|手雷|燃烧[弹瓶]|鞭炮|爆竹|炮仗|烟花|土[炮枪]|[手步火气猎]枪|枪支?|子弹|弹药|地雷|烟雾弹|二踢脚|"
    "窜天猴|闪光弹|汽油弹|tnt|硝[化酸]甘油|铝热剂|导弹|原子弹|核弹|氢弹|核武器|毒药|毒气|"
    "武器|摔炮|zha ?yao|zha ?dan|huo ?yao|火yao|炸yao|zha药|huo药)"
)
_FUEL_ZH = "(?:火箭燃料|推进剂|固体燃料|糖火箭|火箭糖|固体(?:火箭)?(?:发动机|火箭)|火箭发动机|火箭的?(?:燃料|发动机))"
_CHEMICAL_ZH = "(?:硝酸[钾铵]|高?氯酸[钾铵]|硝石|火硝|硫[磺黄]|火柴[头盒]?|黑?火药|炸药|铝粉|镁粉)"
_MAKE_ZH = (
    "(?:制作|制造|制备|自制|土制|调配|配制|合成|提炼|组装|改装|diy|做(?!到|成的|的是|出|功|实验|推力|为)|造(?!成|出来的)|配(?!合|备|套)|弄|搞|炼)"
)
_HOW_ZH = "(?:怎么|怎样|如何|咋|教教?我|我想|我要|我能|我可以|想要|能不能|可不可以|帮我|步骤|教程|方法|配方|在家|家里|自己|自制|土制|告诉我)"
_HOME_ZH = "(?:在?家里?|自己|自制|土制|我想|我要|我能|我可以|教教?我|帮我|手工|厨房|车库|院子|偷偷|我们?)"
_TOLD_ZH = (
    "古代|古人|发明|历史|[宋唐明元]朝|谁|什么时候|最早|万户|科学家|工程师|工厂|国家|航天员|火星|月球|月面|原位|水冰|是(?:怎么|怎样|"
    "如何).{0,10}的|炸弹(?:星|云)|拆弹"
)
_TOY_ZH = "水火箭|纸火箭|气球|模型|小苏打|吸管|可乐瓶|空气炮|游戏"

LATIN: tuple[Rule, ...] = (
    # explosives and weapons
    Rule(rf"{_MAKE} (?:\w+ ){{0,4}}?(?:{_EXPLOSIVE}|{_WEAPON})", unless=rf"{_TOLD}|{_TOY}"),
    Rule(rf"{_MAKE}~{_EXPLOSIVE}", near=(_HOW_I,), unless=rf"{_TOLD}|{_TOY}"),
    Rule(rf"{_MAKE} (?:\w+ ){{0,6}}?(?:explosions?|poisons?)", near=(rf"{_HOW_I}|{_HOME}",), unless=rf"{_TOLD}|{_TOY}"),
    Rule(rf"(?:{_EXPLOSIVE}|{_WEAPON}|{_FUEL}) ?(?:making|recipes?|instructions|tutorials?|blueprints?|at home)", unless=_TOLD),
    Rule(
        r"\b(?:recipes?|formulas?|ingredients?|mixtures?|ratios?|proportions?|instructions?|blueprints?)\b~" + rf"(?:{_EXPLOSIVE}|{_FUEL})",
        unless=rf"{_TOLD}|\bmass ratios?\b",
    ),
    # propellant and motors
    Rule(rf"\b(?:how (?:do|can|could|would|should) (?:i|you|we|one|a (?:kid|person))|how to|{_HOW_I})~{_MAKE}~{_FUEL}", unless=_TOLD),
    Rule(
        rf"{_MAKE}~{_MOTOR}",
        near=(_HOW_I,),
        unless=(
            rf"{_TOLD}|{_TOY}|\b(?:study|learn|engineer|job|become|career|grow up|university)\b|\bengines? (?:re ?start|start|throttle|work|"
            rf"more (?:efficient|powerful)|stop|turn|quiet|gimbal|steer)"
        ),
    ),
    Rule(
        rf"(?:{_MAKE}|{_FUEL}|{_MOTOR}|{_EXPLOSIVE})~{_HOME}",
        near=(rf"{_FUEL}|{_MOTOR}|{_EXPLOSIVE}", rf"{_MAKE}|\b(?:light|ignite|launch|fire|set off|use|test|burn|try|store)\b"),
        unless=rf"{_TOLD}|{_TOY}|\bwork\b|\bcall\b|home ?[- ]?coming",
    ),
    Rule(
        rf"{_HOME}~(?:{_FUEL}|{_MOTOR}|{_EXPLOSIVE})",
        near=(rf"{_MAKE}|\b(?:light|ignite|launch|fire|set off|use|test|burn)\b",),
        unless=rf"{_TOLD}|{_TOY}|{_ENDED}",
    ),
    Rule(rf"home ?-?made~(?:{_FUEL}|{_MOTOR}|{_EXPLOSIVE}|{_WEAPON})", unless=rf"{_TOLD}|{_TOY}"),
    # chemicals, amounts, lighting, buying
    Rule(
        rf"\b(?:ratio|proportions?|percent\w*|how (?:much|many)|grams?|amounts?|mix\w*|melt|heat|combin\w+|grind)\b~{_CHEMICAL}",
        near=(r"\b(?:i|my|me|we|should|need|sugar|charcoal|sul(?:f|ph)ur|rocket candy|homemade|mix\w*)\b",),
        unless=rf"{_TOLD}|\b(?:booster|shuttle|srb|srbs|ariane|long march|saturn|jupiter|venus|io|atmosphere)\b",
    ),
    Rule(rf"{_CHEMICAL}~(?:\bsugar\b|{_CHEMICAL})~\b(?:rocket|ratio|mix\w*|bomb|grams?)\b", unless=_TOLD),
    Rule(
        r"\bmatch(?:es| ?heads?)?\b~\brockets?\b|\brockets?\b~\bmatch(?:es| ?heads?)\b",
        unless=r"match(?:es|ed)? (?:the|its|up|with|speed|orbit)|soyuz|fuse",
    ),
    Rule(
        r"\b(?:petrol|gasoline|lighter fluid|kerosene|alcohol|hairspray|propane|butane|aerosol|spray can|acetone)\b",
        near=(r"\b(?:i|my|we|bottle|home ?made)\b", r"\brocket|\bexplo|\blaunch|\bfuel"),
        unless=r"\b(?:saturn|soyuz|falcon|merlin|f 1|v 2|long march)\b",
    ),
    Rule(
        rf"\b(?:light|ignite|igniting|lighting|set off|setting off|fire off|launch|detonate)\b~(?:{_EXPLOSIVE}|{_MOTOR}|(?:home ?[- ]?made|"
        rf"my|own) (?:\w+ ){{0,2}}rocket|sugar rocket)",
        near=(rf"\b(?:i|we|my|kid|kids)\b|{_HOME}",),
        unless=rf"{_TOLD}|{_TOY}|\b(?:how do rockets|saturn|soyuz|long march)\b|{_ENDED}",
    ),
    Rule(
        rf"\b(?:buy|order|get|obtain|purchase|find|sell|sells|steal)\b~(?:{_CHEMICAL}|{_EXPLOSIVE}|{_WEAPON}|{_FUEL})",
        near=(r"\bwhere\b|\bhow (?:can|do|could) (?:i|we)\b|\bcan (?:i|we|you)\b|\bonline\b|\bi want\b|\bi need\b",),
        unless=rf"{_TOLD}|rockets? get|energy",
    ),
    anywhere(
        r"\b(?:what|which) (?:\w+ )?(?:chemicals|things|stuff|household|liquids|powders|materials|substances|two)\b~\b(?:explode|"
        r"explosive|blow up|go boom|explosion)\b",
        r"\b(?:how (?:do|can|could|to|would) ?(?:i|we)?|i want to|what can i|help me|can i) ?(?:make|get|use|put|mix)\b~\b(?:explode|"
        r"blow up|go boom|go bang)\b|\bmake (?:it|a bottle|something|stuff) (?:blow up|explode)\b",
        r"\b(?:powder|black stuff|charge) (?:from|out of|inside|of) (?:a |the |some )?(?:fire ?crackers?|fire ?works?|bullets?|"
        r"match(?:es)?|shells?|sparklers?)\b|\b(?:open|cut|take apart|empty) (?:a |the |some )?(?:fire ?crackers?|fire ?works?)\b",
        rf"{_CHEMICAL} (?:and|with|plus|to|\+) (?:{_CHEMICAL}|sugar\b)|\bsugar (?:and|with|plus|to|\+) {_CHEMICAL}|\brocket (?:that|"
        rf"which) (?:can )?(?:blows?|blow up|explodes?|kills?|burns?)\b",
        r"\bmore powerful\b~\b(?:gun ?powder|black ?powder)\b|\b(?:add|adding|put|fill\w*|pour)\b~\b(?:gun ?powder|black ?powder|petrol|"
        r"gasoline)\b",
        unless=rf"\b(?:jupiter|venus|saturn|io|volcano\w*|supernova\w*|stars?|engineers|nasa|atmosphere|mentos|vinegar|soda)\b|{_TOY}",
    ),
    # harm to others
    anywhere(
        r"\bhow (?:to|do i|can i|could i|would i|should i) (?:kil+|murder|poison|stab|strangle|assassinate|shoot) (?:some|a |an |my |"
        r"people|him|her|them|every|the (?:teacher|president))",
        r"\b(?:blow|burn|shoot|bomb|blowing|burning|shooting)(?: up| down)? (?:my|our|the|a|his|her) (?:\w+ )?(?:school|class(?:room)?|"
        r"house|home|teacher|car|building|bus|church|mall|neighbou?r\w*|toilet|bathroom|dad|mom|mum|brother|sister|classmates?)\b",
        r"\bschool shoot\w*|\b3d ?print\w* (?:a )?(?:gun|pistol|weapon)|\bghost guns?\b",
        r"\bhow (?:to|do i|can i|could i) (?:shoot|bring|take) down (?:a|the) (?:plane|drone|helicopter|airplane|aircraft)",
    ),
    anywhere(
        r"\b(?:i|we|me|my|how to|let'?s|wanna|want to)\b~\bblow(?:ing)? up (?:a|the|my|our|this|that|his|her|their) (?:\w+ )?"
        r"(?:bin|school|toilets?|car|house|room|class\w*|desk|mailbox|letter ?box|locker|building|shed|phone)\b",
        r"\bexplod\w*\b~\b(?:kitchen|household|home|bathroom|garage|mix)\b|\b(?:kitchen|household|bathroom|garage)\b~\bexplod\w*",
        unless=r"\b(?:did|why did|apollo|astronauts?|nasa|engineers)\b|\bsafe(?:ly)?\b",
    ),
)
HAN: tuple[Rule, ...] = (
    # explosives and weapons
    Rule(f"{_MAKE_ZH}.{{0,8}}{_STUFF_ZH}|{_STUFF_ZH}.{{0,6}}(?:怎么|怎样|如何|咋).{{0,3}}{_MAKE_ZH}", unless=f"{_TOLD_ZH}|{_TOY_ZH}"),
    Rule(f"{_STUFF_ZH}.{{0,8}}(?:配方|配比|比例|制法|做法|制作|教程|图纸|怎么配)|(?:配方|配比|比例).{{0,6}}{_STUFF_ZH}", unless=_TOLD_ZH),
    Rule(
        f"(?:怎么|如何|怎样|{_HOME_ZH}).{{0,8}}(?:引爆|点燃|点着|点火|燃放|放).{{0,8}}(?:{_STUFF_ZH}|自制|自己做)|"
        f"{_HOME_ZH}.{{0,6}}(?:点燃|点着|引爆|放).{{0,8}}(?:火箭|"
        f"{_STUFF_ZH})",
        unless=f"{_TOLD_ZH}|{_TOY_ZH}",
    ),
    # propellant and motors
    Rule(
        f"(?:怎么|怎样|如何|咋|教教?我|我想|我要|帮我|自制|土制|在家|家里).{{0,10}}{_MAKE_ZH}?.{{0,6}}{_FUEL_ZH}",
        near=(_MAKE_ZH,),
        unless=f"{_TOLD_ZH}|{_TOY_ZH}|工作|原理",
    ),
    Rule(f"{_FUEL_ZH}.{{0,8}}(?:怎么|怎样|如何|咋).{{0,3}}{_MAKE_ZH}", unless=f"{_TOLD_ZH}|{_TOY_ZH}|工作"),
    Rule(f"{_FUEL_ZH}的?.{{0,6}}(?:配方|制法|做法|配比)|(?:糖火箭|火箭糖).{{0,4}}比例|(?:配方|制法).{{0,6}}{_FUEL_ZH}", unless="长征|火星|月球"),
    # chemicals, amounts, buying
    Rule(
        f"{_CHEMICAL_ZH}.{{0,12}}(?:比例|配比|配方|多少克|几克|混合?|一起|加热)|(?:多少|几克|几斤|比例|混合?).{{0,8}}{_CHEMICAL_ZH}",
        unless=f"{_TOLD_ZH}|木星|金星|大气",
    ),
    Rule(
        f"(?:什么|哪些|哪种|哪两种|怎么|怎样|如何|{_CHEMICAL_ZH}).{{0,14}}(?:会|能|才能|让|做|混|加).{{0,8}}(?:爆炸|炸开|炸掉)",
        near=(f"(?:我|自己|在家|家里|混|做一?[个枚]|{_CHEMICAL_ZH}|试试|瓶)",),
        unless=f"{course.CHINESE.replace('火箭|', '')}|{_TOLD_ZH}|为什么|吗$",
    ),
    Rule(
        "(?:在|从).{0,3}(?:阳台|家里|房间|院子|楼顶|教室|厨房|卧室|学校).{0,8}(?:点|放|发射|燃放|试射).{0,4}(?:火箭|烟花|鞭炮|发动机)|"
        "(?:拆|取|倒).{0,4}(?:鞭炮|烟花|爆竹|子弹|火柴)",
        unless=_TOY_ZH,
    ),
    Rule("(?:鞭炮|烟花|爆竹|二踢脚|窜天猴|子弹).{0,8}(?:拆|取出|倒出|火药|改)"),
    Rule(
        f"{_STUFF_ZH}|{_FUEL_ZH}|土炸弹",
        near=("材料|原料|配料|步骤|装上?|装进|灌|填", "我|自己做|怎么做|怎样|试"),
        unless=f"{_TOLD_ZH}|{_TOY_ZH.replace('水火箭|', '')}|工作|原理|学",
    ),
    anywhere("三硝基甲苯.{0,4}(?:怎|如何|制|合成)|(?:怎么|怎样|如何|做|制|造).{0,10}(?:射|伤|砍|捅|炸|害|电)人"),
    anywhere("一硫二硝|硫.{0,3}硝.{0,4}炭", unless=_TOLD_ZH),
    Rule(
        f"{_CHEMICAL_ZH}.{{0,8}}(?:做|当|装|推|发射|点).{{0,6}}火箭|用.{{0,6}}(?:火柴|火药|鞭炮|烟花|打火机).{{0,6}}(?:火箭|炸)",
        unless=f"{_TOLD_ZH}|原理|为什么|推动",
    ),
    Rule("汽油|酒精|煤油|打火机油|丁烷|白磷|双氧水", near=("我|自己|在家|家里|瓶", "火箭|爆炸|燃料"), unless="v-?2|长征|土星|联盟号|猎鹰"),
    Rule(
        f"(?:哪里?|哪儿|怎么|如何|网上|能|可以|我想|帮我).{{0,6}}(?:买|弄到|搞到|获得|偷)(?:到|些|点|一)*.{{0,4}}(?:{_STUFF_ZH}|"
        f"{_CHEMICAL_ZH}|{_FUEL_ZH}|肼)",
        unless=_TOLD_ZH,
    ),
    # harm to others
    anywhere(
        "(?:怎么|怎样|如何).{0,4}(?:杀(?:人|死|掉|了)|毒死|弄死|捅死|下毒)(?!.{0,4}(?:细菌|病毒|恒星|卫星))|(?:我要|我想|打算|准备|"
        "怎么).{0,4}(?:炸|烧|毁)(?:掉|了|毁|"
        "死)?.{0,3}(?:学校|教室|老师|同学|房子|商场|家|厕所)",
        "我(?:想|要).{0,3}杀(?:人|了|死)",
    ),
)
