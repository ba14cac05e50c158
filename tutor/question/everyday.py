"""Words that say nothing of what a question takes for granted, and everyday words that mean the same as the course's own."""

from knowledge_base.words import words

# Generic names of craft, people, places and times, and units of measure: their absence from a document proves nothing.
_PLAIN = """
mission flight spacecraft craft ship vehicle probe lander orbiter rover satellite capsule rocket launcher station module telescope object machine
robot programme program project lab astronaut cosmonaut taikonaut crew people person man woman human member commander pilot visitor country
nation company agency organisation organization world earth space orbit ground surface place spot site area region location position part bit
piece side way kind type sort thing name number amount figure total time date day night year month week hour minute second moment start beginning
end first last next one two three four five six seven eight nine ten hundred thousand million billion few several whole entire very little small
big large long short tall high heavy deep far fast old new top main real other another same different exact mass weight height length size speed
distance diameter width age duration kilometre kilometer metre meter mile centimetre kilogram kilo gram tonne ton percent degree answer question
fact job purpose reason aim goal task result role use work trip journey travel thanks home school class moon mars happened sample soil rock dust
material hand phone life history story sun mercury venus jupiter saturn uranus neptune pluto titan go going gone went get got come came coming
take took taken taking give gave given make made making do done put bring brought carry carried send sent fly flew flown flying ride rode ridden
sit sat stay stayed stand stood leave left arrive arrived reach reached visit visited meet met enter entered find found see saw seen look
looked show shown tell told say said call called know knew think thought want wanted need needed help helped try tried happen keep kept let hold
held become became begin began started stop stopped finish finished ended run ran turn turned move moved rise rose fall fell fallen throw threw
hit lie lay build built used worked wait waited spend spent lose lost catch caught pick picked drop dropped explore explored study studied
discover discovered measure measured travelled cross crossed pass passed circle circled orbited lasted weigh weighed cost fit fitted launch
launched lift lifted live lived grow grew learn learned teach taught open opened close closed count counted also again ago already altogether
around away back down up out off now still yet ever never only just really actually exactly together best better good great huge tiny bright dark
hot cold warm quick quickly slow slowly right wrong true early late later latest own third fourth fifth sixth seventh eighth ninth tenth half
many much more most less least all both every each any some no centre center members base
word words term letters meaning spare strength gravity stage state condition way idea method formula scientist scientists engineer engineers child
nobody somebody anybody body lesson rate row
children english chinese kid kids lead led leader friend friends thing things men women
月亮 月球 火星 金星 水星 木星 土星 天王星 海王星 冥王星 太阳 干嘛 第一次 第一个 东西 事儿 时期 时刻 期间 地儿 任务 飞行
飞船 航天器 探测器 着陆器 轨道器 返回器 返回舱 巡视器 火星车 月球车 卫星 火箭 空间站 舱段 望远镜 飞机 航天 项目 工程 计划
航天员 宇航员 乘员 乘组 人 人员 人类 指令长 国家 中国 公司 机构 组织 世界 全球 地球 太空 宇宙 天空 天上 地面 表面 地方
地点 位置 区域 部分 方面 种类 名字 名称 名 数量 总数 时候 时间 日期 日子 今天 现在 当时 最后 最终 最初 开始 结束 结局
结果 目的 作用 用途 原因 问题 答案 长度 高度 重量 质量 大小 速度 距离 直径 面积 公斤 千克 公里 千米 厘米 百分之 样品 样本
月壤 岩石 土壤 石头 时 年 月 日 天 小时 分钟 秒 米 吨 克 次 圈 个 颗 枚 位 家 里 上 下 面 发射场 首次 平时 情况
阶段 办法 方法 式子 公式 名词 词语 回家 共用 离月面 落地 意思 事情 发射 任务期 历史 老师 课文 资料 理由 好处 前者 后者 天体 同学们 我们 咱们
"""
PLAIN = frozenset(words(_PLAIN))

# Either of a group's words stands for the others.
_GROUPS = """
american usa nasa america 美国 美国人
soviet ussr russia russian 苏联 俄罗斯
chinese china cnsa cmsa 中国 我国
european europe esa 欧洲 欧空局
japanese japan jaxa 日本
indian india isro 印度
astronaut cosmonaut taikonaut crew member people person human passenger 航天员 宇航员 乘员 乘组 人员 人
satellite satellites sats 卫星
parachute parachutes chute 降落伞
camera cameras imager 相机 照相机 摄像机
helicopter rotorcraft 直升机
plain planitia 平原
crater basin 撞击坑 环形山 陨石坑
sea mare ocean oceanus 海 洋 海洋 大海
propellant fuel 推进剂 燃料
solar sunlight 太阳能
panel panels array arrays 帆板 电池板 太阳翼 太阳能板
data information signal signals message messages radio 数据 信号
picture pictures photo photos image images 照片 图片 图像 图
instrument instruments payload payloads tool tools experiment experiments 仪器 载荷 有效载荷 设备 实验
fault trouble problem failure accident explosion wrong 故障 事故 问题
quake quakes marsquake marsquakes moonquake moonquakes earthquake 地震 火震 月震 震动
airlock hatch 气闸舱
engine engines motor motors 发动机 引擎
partner partners 伙伴 合作
money cost price budget dollars yuan 钱 价格 费用 造价 成本
power electricity energy 电 电力 电源 供电 能源
mirror mirrors aperture 镜子 镜面 主镜 口径
asteroid asteroids 小行星
comet comets 彗星
planet planets 行星
spacewalk spacewalks 出舱 太空行走 舱外
target destination 目标 目的地
foreign international 外国 国外 国际
landing touchdown 着陆 落地 降落
moonwalk moonwalks 月面行走 月球行走
maker builder manufacturer 制造商 研制
tune song music melody 曲子 歌曲 音乐 乐曲
dog dogs 狗 小狗
"""
GROUPS = tuple(frozenset(words(line)) for line in _GROUPS.strip().splitlines())


def meanings(word: str) -> frozenset[str]:
    """The word and those of its group."""
    return frozenset({word}).union(*(group for group in GROUPS if word in group))
