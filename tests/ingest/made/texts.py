"""The texts of the sample files, written for them."""

from dataclasses import dataclass

Rows = list[list[str | float | None]]


@dataclass(frozen=True)
class Lesson:
    """Chapters of paragraphs, lists and tables, with a page header and a page footer that takes the number and the count."""

    title: str
    header: str
    footer: str
    chapters: list[tuple[str, list[str | Rows]]]


@dataclass(frozen=True)
class Slide:
    title: str
    lines: list[str]
    notes: str
    table: Rows | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Talk:
    title: str
    footer: str
    slides: list[Slide]


LESSONS = {
    "en": Lesson(
        "Rovers on Mars",
        "Harbour School · Space club notes",
        "Page {} of {}",
        [
            (
                "Getting there",
                [
                    "Mars is about 225 million kilometres away on average, so a rover first needs a flight "
                    "of roughly seven months. A launch window opens "
                    "every 26 months, when Earth and Mars stand well for an efficient transfer. A spacecraft that misses its window must wait.",
                    "Radio signals need between three and twenty-two minutes for one way. Nobody can therefore steer a rover with a joystick: "
                    "it must find safe paths between the rocks by itself.",
                ],
            ),
            (
                "The landing",
                [
                    "The atmosphere of Mars is thin. It is made mostly of CO_{2}, and its pressure at the "
                    "ground is less than one hundredth of ours, so a "
                    "parachute alone cannot stop a heavy rover.",
                    "## The sky crane",
                    "Curiosity and Perseverance were lowered on three nylon cords from a hovering rocket stage "
                    "called the sky crane.[[The cords of the sky crane were "
                    "about seven and a half metres long.]] When the wheels touched the ground, the cords were cut "
                    "and the stage flew off to crash at a safe distance.",
                ],
            ),
            (
                "The rovers compared",
                [
                    "Four of the rovers are listed here with their mass and their year of landing.",
                    [
                        ["Rover", "Mass", "Landed"],
                        ["Sojourner", "11 kg", "1997"],
                        ["Opportunity", "185 kg", "2004"],
                        ["Curiosity", "899 kg", "2012"],
                        ["Zhurong", "240 kg", "2021"],
                    ],
                    "The distance between the two planets varies between about 5.5 × 10^{7} and 4 × 10^{8} kilometres.",
                ],
            ),
            (
                "Power and cold",
                [
                    "A rover can take its power from two sources:",
                    "- Solar panels, which dust slowly covers.\n- A radioisotope generator, which turns the heat of plutonium into electricity.",
                    "Opportunity fell silent in June 2018 after a dust storm had darkened the whole sky, and its batteries ran out in the cold.",
                ],
            ),
        ],
    ),
    "zh": Lesson(
        "火星车",
        "海港学校·航天社团讲义",
        "第{}页，共{}页",
        [
            (
                "前往火星",
                [
                    "火星与地球的平均距离约为2.25亿千米，探测器大约要飞行七个月才能到达。每隔二十六个月左右，地球和火星会运行到适合转移的位"
                    "置，这段时间叫做发射窗口。错过窗口的探测器只能等待下一次机会。",
                    "无线电信号单程需要三到二十二分钟，所以没有人能像玩遥控汽车那样操纵火星车，它必须自己在石块之间寻找安全的道路。",
                ],
            ),
            (
                "着陆",
                [
                    "火星的大气非常稀薄，主要成分是CO_{2}，地面气压不到地球的百分之一，因此单靠降落伞无法让沉重的火星车停下来。",
                    "## 空中吊车",
                    "好奇号和毅力号由悬停的火箭级用三根尼龙绳放到地面，这个火箭级叫做空中吊车。[[空中吊车的绳索长约七米半。]]车轮"
                    "接触地面以后，绳索被切断，空中吊车飞到安全的距离以外坠毁。",
                ],
            ),
            (
                "几辆火星车的比较",
                [
                    "下表列出了四辆火星车的质量和着陆年份。",
                    [
                        ["火星车", "质量", "着陆年份"],
                        ["索杰纳号", "11千克", "1997年"],
                        ["机遇号", "185千克", "2004年"],
                        ["好奇号", "899千克", "2012年"],
                        ["祝融号", "240千克", "2021年"],
                    ],
                    "地球与火星之间的距离大约在5.5×10^{7}千米和4×10^{8}千米之间变化。",
                ],
            ),
            (
                "能源与严寒",
                [
                    "火星车的电力有两种来源：",
                    "- 太阳能电池板，灰尘会慢慢把它盖住。\n- 放射性同位素电源，它把钚的热量变成电。",
                    "2018年6月，一场沙尘暴遮蔽了整个天空，机遇号的电池在严寒中耗尽，从此与地球失去了联系。",
                ],
            ),
        ],
    ),
}

PAGES = {
    "en": Lesson(
        "Living on a space station",
        "",
        "",
        [
            (
                "Water and air",
                [
                    "A station recycles nearly all of its water. Moisture from breath and sweat is collected, "
                    "filtered and boiled, and it comes back as drinking water "
                    "that is cleaner than what most cities have.",
                    "Oxygen is made by splitting water with electricity, a process called electrolysis.",
                ],
            ),
            (
                "Sleeping and eating",
                [
                    "Astro~nauts sleep in bags that are tied to a wall, because any~thing loose drifts away. A small fan "
                    "keeps fresh air in front of the face; with~out it, "
                    "the breathed-out gas would gath~er there as a bub~ble.",
                    "Food is dried or sealed. Crumbs are a dan~ger, so tor~til~las are eat~en in~stead of bread. Salt and pepper come as liq~uids.",
                    "The Sun rises six~teen times a day on board, so the crew lives by the clock and not by the light.",
                ],
            ),
            (
                "Keeping fit",
                [
                    "Without weight, muscles and bones fade. Each member of the crew trains for about two hours a day on "
                    "a treadmill with elastic straps, on a bicycle and "
                    "on a machine that imitates lifting weights.",
                    "A station falls around Earth at 2.8 × 10^{4} kilometres an hour; everything on board falls with it, and so it floats.",
                ],
            ),
        ],
    ),
    "zh": Lesson(
        "空间站里的生活",
        "",
        "",
        [
            (
                "水和空气",
                [
                    "空间站里的水几乎全部循环使用。呼吸和汗水中的水分被收集起来，经过过滤和蒸馏，重新变成可以饮用的水，比许多城市的自来水还要干净。",
                    "氧气通过电解水得到，也就是用电把水分解成氢气和氧气。",
                ],
            ),
            (
                "睡觉和吃饭",
                [
                    "航天员睡在固定于舱壁的睡袋里，因为没有固定的东西都会飘走。一台小风扇把新鲜空气送到面前"
                    "，否则呼出的气体会聚成一团，停留在脸的周围。",
                    "食物经过脱水或者密封包装。碎屑是一种危险，所以航天员很少吃会掉渣的面包，盐和胡椒也做成了液体。",
                    "空间站上每天能看到十六次日出，所以航天员按照钟表作息，而不是按照阳光。",
                ],
            ),
            (
                "锻炼身体",
                [
                    "在失重环境里，肌肉和骨骼会慢慢退化。每位航天员每天要锻炼大约两个小时，使用带弹力绳的跑步机、自行车和模拟举重的器械。",
                    "空间站以每小时2.8×10^{4}千米的速度绕地球下落，里面的一切也一起下落，所以看起来漂浮着。",
                ],
            ),
        ],
    ),
}

TALKS = {
    "en": Talk(
        "Telescopes in space",
        "Harbour School 2026",
        [
            Slide(
                "Why above the air?",
                ["The atmosphere blurs starlight and swallows most infrared light.", "Above it, a telescope sees sharply day and night."],
                "Ask the class why stars twinkle.",
            ),
            Slide(
                "Two famous mirrors",
                ["A bigger mirror collects more light."],
                "The Webb mirror was folded to fit into its rocket.",
                [["Telescope", "Mirror", "Launched"], ["Hubble", "2.4 m", "1990"], ["Webb", "6.5 m", "2021"]],
            ),
            Slide(
                "Where Webb works",
                ["Webb circles the point L2, about 1.5 × 10^{6} kilometres from Earth.", "Its sunshield is as large as a tennis court."],
                "L2 is named after Lagrange.",
            ),
            Slide("Old slide", ["This slide is out of date and must not be shown."], "", hidden=True),
        ],
    ),
    "zh": Talk(
        "太空望远镜",
        "海港学校2026",
        [
            Slide(
                "为什么要到大气层之外？",
                ["大气会让星光模糊，还会吸收大部分红外线。", "在大气层之外，望远镜日夜都能看得清楚。"],
                "问问同学们星星为什么会闪烁。",
            ),
            Slide(
                "两面著名的镜子",
                ["镜子越大，收集的光越多。"],
                "韦布望远镜的主镜折叠起来才能装进火箭。",
                [["望远镜", "主镜口径", "发射年份"], ["哈勃", "2.4米", "1990年"], ["韦布", "6.5米", "2021年"]],
            ),
            Slide(
                "韦布在哪里工作",
                ["韦布绕着第二拉格朗日点运行，距离地球大约1.5×10^{6}千米。", "它的遮阳罩有一个网球场那么大。"],
                "拉格朗日是一位数学家。",
            ),
            Slide("过时的幻灯片", ["这张幻灯片已经过时，不应该再展示。"], "", hidden=True),
        ],
    ),
}

GLOSSARIES: dict[str, dict[str, Rows]] = {
    "en": {
        "Propulsion": [
            ["Term", "Definition", "Unit"],
            ["Specific impulse", "How long a rocket engine can push with the weight of its own propellant", "s"],
            ["Thrust", "The force with which an engine pushes.", "N"],
            [None, None, None],
            ["Nozzle", "The bell that turns hot gas\ninto a fast jet", None],
        ],
        "Planets": [
            ["Planet", "Moons", "First fly-by", "Share of the Sun's mass", "Twice the moons"],
            ["Mars", 2, "1965-07-15", 0.25, "=[.B2]*2|4"],
            ["Neptune", 16.5, "1989-08-25", None, "=[.B3]*2|33"],
        ],
        ".Drafts": [["Term", "Definition"], ["Secret", "This sheet is hidden."]],
    },
    "zh": {
        "推进": [
            ["术语", "英文", "定义"],
            ["比冲", "specific impulse", "单位重量的推进剂所产生的冲量，用来衡量发动机的效率"],
            ["推力", "thrust", "发动机推动火箭前进的力。"],
        ],
        "行星": [["行星", "卫星数", "首次飞掠", "含量"], ["火星", 2, "1965-07-15", 0.25], ["海王星", 16, "1989-08-25", None]],
    },
}

TABLES: dict[str, Rows] = {
    "en": [
        ["Launch site", "Country", "Latitude"],
        ["Wenchang", "China", 19.6],
        ["Kourou, near the sea", "French Guiana", 5.2],
        ['The "old" pad\nat Baikonur', "Kazakhstan", 45.9],
    ],
    "zh": [
        ["术语", "英文", "中文定义", "英文定义"],
        ["近地点", "perigee", "轨道上离地球最近的点。", "The point of an orbit that is nearest to Earth."],
        ["远地点", "apogee", "轨道上离地球最远的点", None],
    ],
}
