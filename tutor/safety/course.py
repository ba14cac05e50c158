"""Words of the course: what is said of oneself in their company is mostly a question of physics ("would I die on Mars?")."""

ENGLISH = (
    r"\b(?:space\w*|moons?|mars|planets?|sun|stars?|rockets?|astronauts?|cosmonauts?|orbit\w*|black holes?|gravity|weightless\w*|"
    r"oxygen|suit|iss|station|earth|"
    r"jupiter|venus|saturn|mercury|pluto|comets?|asteroids?|meteor\w*|radiation|planes?|lightning|vacuum|satellites?|supernova\w*|"
    r"galax\w+|universe|capsule|probes?|"
    r"rovers?|parachutes?|launch\w*|atmosphere|engines?|shuttle|apollo|opportunity|curiosity|perseverance|zhurong|yutu|philae|huygens|cassini|voyager|hubble|soyuz|crew|laika)\b"
)
CHINESE = (
    "太空|月球|月亮|火星|行星|太阳|恒星|火箭|航天|宇航|宇宙|轨道|黑洞|引力|重力|氧气|空间站|地球|飞船|飞机|辐射|真空|卫星|彗星|"
    "探测器|木星|金星|土星|水星|失重|返回舱|"
    "降落伞|发动机|超新星|星系|舱外|大气|嫦娥|神舟|天宫|莱卡|跳伞|射线|陨石|机遇号|好奇号|毅力号|祝融号|玉兔|旅行者"
)
