"""A course small enough to know by heart, published as a real release: two lessons, one in one language only, and four missions."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest import Ingestion, Order
from knowledge_base.calibration import Calibration, Fusion, Gate, SentenceWeights
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Hit
from tutor.tutor import Tutor, no_link

# Passes a question once a passage holds two fifths of its words, each weighed by its rarity.
CALIBRATION = Calibration(
    version=1,
    fusion=Fusion(passage_cosine=1, sentence_cosine=1, lexical=0.3, coverage=0.5, same_language=0.2),
    gate=Gate(bias=-3.2, passage_cosine=0, sentence_cosine=0, coverage=8, unknown=0, margin=0, bar=0.5),
    sentence=SentenceWeights(lag=10, cosine=10, coverage=5, fit=0.5),
)

LESSONS = {
    "rockets.en.md": """---
id: rockets.en
lesson: rockets
course: space-1
title: How rockets work
language: en
---
# How rockets work
## Stages
Rockets drop their empty stages because less mass is easier to speed up. A stage is a tank with its engines. The Saturn V had three stages.
## Thrust
Hot gas leaves the nozzle and pushes the rocket forwards. The Saturn V was 110.6 m tall and weighed 2,970 t at lift-off.
""",
    "rockets.zh.md": """---
id: rockets.zh
lesson: rockets
course: space-1
title: 火箭是怎样飞起来的
language: zh
---
## 分级
火箭分级，是因为空贮箱只是多余的质量，扔掉以后更容易加速。土星五号有三级。
## 推力
燃气从喷管喷出，把火箭推向前方。
""",
    "moon.en.md": """---
id: moon.en
lesson: moon
course: space-2
title: The Moon
language: en
---
## The far side
The Moon turns once while it goes once around the Earth, so its far side is never seen from here.
## Dust
Moon dust sticks to everything, because sunlight charges its grains with electricity.
""",
    "beidou.zh.md": """---
id: beidou.zh
lesson: navigation
course: space-2
title: 北斗怎样指路
language: zh
---
## 时钟
北斗卫星带着铷原子钟和氢原子钟，走时误差极小。接收机至少要收到四颗卫星的信号才能定位。
""",
}


def _told(en: str, zh: str, **more: object) -> dict[str, object]:
    return {"en": en, "zh": zh, **more}


def _mission(en: str, zh: str, alias: str, **told: object) -> str:
    """A mission's file; JSON is YAML too."""
    about = {"id": en.lower().replace("'", "").replace(" ", "-"), "names": {"en": en, "zh": zh}, "aliases": {"en": [alias]}, "kind": ["mission"]}
    made = {
        "agency": "CNSA",
        "country": "China",
        "as_of": "2026-05-24",
        "sources": [{"title": "A report"}],
        "check": "checked",
        "source_strength": "strong",
    }
    return json.dumps(about | made | told, ensure_ascii=False)


MISSIONS = {
    "change-5.yaml": _mission(
        "Chang'e-5",
        "嫦娥五号",
        "CE-5",
        about=_told(
            "Chang'e-5 was a Chinese mission that brought samples back from the near side of the Moon.",
            "嫦娥五号是中国的任务，从月球正面带回了样品。",
        ),
        launch=_told(
            "Chang'e-5 was launched on 23 November 2020 by a Long March 5 rocket.",
            "嫦娥五号于2020年11月23日由长征五号运载火箭发射。",
            date="2020-11-23",
            vehicle="Long March 5",
        ),
        figures={
            "sample_mass": _told("Chang'e-5 brought back 1,731 g of lunar soil.", "嫦娥五号带回了1,731克月壤。", value=1731, unit="g"),
            "launch_mass": _told("The launch mass of Chang'e-5 was 8,200 kg.", "嫦娥五号的发射质量是8,200千克。", value=8200, unit="kg"),
            "days": _told("The Chang'e-5 mission took 23 days.", "嫦娥五号任务历时23天。", value=23, unit="day"),
        },
    ),
    "change-6.yaml": _mission(
        "Chang'e-6",
        "嫦娥六号",
        "CE-6",
        about=_told("Chang'e-6 brought the first samples back from the far side of the Moon.", "嫦娥六号首次从月球背面带回了样品。"),
        launch=_told(
            "Chang'e-6 was launched on 3 May 2024 by a Long March 5 rocket.", "嫦娥六号于2024年5月3日由长征五号运载火箭发射。", date="2024-05-03"
        ),
        figures={"sample_mass": _told("Chang'e-6 brought back 1,935.3 g of lunar soil.", "嫦娥六号带回了1,935.3克月壤。", value=1935.3, unit="g")},
    ),
    "shenzhou-15.yaml": _mission(
        "Shenzhou-15",
        "神舟十五号",
        "SZ-15",
        about=_told("Shenzhou-15 was a Chinese flight to the Tiangong station.", "神舟十五号是一次前往天宫空间站的飞行。"),
        crew=_told(
            "Fei Junlong, Deng Qingming and Zhang Lu flew on Shenzhou-15.",
            "费俊龙、邓清明和张陆乘坐神舟十五号飞行。",
            members=[{"en": "Fei Junlong"}],
        ),
    ),
    "long-march-5.yaml": _mission(
        "Long March 5",
        "长征五号",
        "CZ-5",
        about=_told("Long March 5 is a Chinese heavy-lift rocket.", "长征五号是中国的重型运载火箭。"),
        figures={"height": _told("Long March 5 is about 57 m tall.", "长征五号高约57米。", value=57, unit="m")},
    ),
}


def write_course(folder: Path) -> Path:
    """The course's files, written into a new `folder`."""
    folder.mkdir()
    for name, text in (LESSONS | MISSIONS).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def publish(data: DataFolder, course: Path) -> str:
    """Publishes the course as it stands; the release's id."""
    report = Ingestion(data, HashingEmbedder).run(Order([course]))
    assert report.release is not None
    assert not report.failed
    return report.release


@contextmanager
def library_over(data: DataFolder) -> Iterator[Library]:
    """A library that is closed in the end."""
    library = Library(data, HashingEmbedder(), calibration=CALIBRATION)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def small_library(folder: Path) -> Iterator[Library]:
    """The course, published in a new `folder`."""
    data = DataFolder(folder / "data")
    publish(data, write_course(folder / "course"))
    with library_over(data) as library:
        yield library


def tutor_of(library: Library, link_to: Callable[[Hit], str | None] = no_link) -> Tutor:
    """A tutor whose ids count up."""
    ids = iter(range(1_000_000))
    return Tutor(library, link_to=link_to, new_id=lambda: f"id-{next(ids)}")
