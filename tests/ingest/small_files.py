"""Materials small enough to see through: a lesson, a mission and a concept of a course, and a way to write files."""

from collections.abc import Mapping
from pathlib import Path

from ingest.read import read
from ingest.types import Reading

LESSON = """---
id: moon.en
lesson: moon
title: The Moon
language: en
grade_band: 4-6
missions: [luna-9]
concepts: [tides]
as_of: 2026-05-24
sources:
  - title: "A book"
    url: "https://example.org/book"
    date: 2020
unit: moon-and-mars
order: 1
goals: [tell why the Moon has no weather, name its soil]
prerequisites: []
vocabulary:
  - {term: regolith, other: 月壤, meaning: The loose soil of the Moon.}
  - {term: crater, other: 撞击坑, meaning: The hole that an impact leaves.}
  - {term: weather, other: 天气, meaning: What the air does from day to day.}
  - {term: tides, other: 潮汐, meaning: The rise and fall of the sea.}
questions:
  - id: moon-1
    kind: choice
    level: 1
    question: What is the soil of the Moon called?
    hint: Its name begins with an R.
    choices:
      - {text: Regolith, right: true}
      - {text: Sand, misconception: You may be thinking that every loose soil is sand.}
      - {text: Clay, misconception: "You may be thinking of Earth, where water makes clay."}
    explanation: The Moon's soil is called regolith.
    section: Soil
    passage: Regolith is the soil of the Moon.
  - id: moon-2
    kind: number
    level: 2
    value: 1.6
    unit: m/s²
    tolerance: 0.05
    question: What is gravity on the Moon, in m/s²?
    hint: It is about a sixth of Earth's.
    explanation: 9.8 divided by 6 is about 1.6.
    section: Soil
    passage: A stone falls there with 1.6 m/s².
  - id: moon-3
    kind: short
    level: 1
    answer: Air.
    accept: [[air, atmosphere]]
    question: What does the Moon lack?
    hint: You breathe it.
    explanation: There is none to breathe.
    section: Air
    passage: The Moon has no air.
  - id: moon-4
    kind: explain
    level: 3
    answer: Without air there is no wind and no rain.
    points:
      - {idea: there is no air, any: [no air, without air]}
      - {idea: weather is made of air, any: [wind, rain]}
    question: Why has the Moon no weather?
    hint: What is wind made of?
    explanation: Wind is moving air.
    section: Air
    passage: It has no weather either.
  - id: moon-5
    kind: short
    level: 1
    answer: The Moon.
    accept: [[moon]]
    question: What raises the tides?
    hint: Look up at night.
    explanation: The Moon pulls at the sea.
    section: Soil
    passage: Tides are of the Earth.
---
# The Moon

## Air

The Moon has no air. It has no weather either.

## Soil

Regolith is the soil of the Moon. A stone falls there with 1.6 m/s². [Tides](concept:tides) are of the Earth.
"""

MISSION = """id: luna-9
names: {en: Luna 9, zh: 月球9号}
aliases:
  en: [Lunik 9]
  zh: [月神9号]
kind: [lander]
agency: Soviet Union
country: Soviet Union
destination: Moon
about: {en: Luna 9 was a Soviet lander., zh: 月球9号是苏联的着陆器。}
launch:
  date: 1966-01-31
  vehicle: Molniya
  en: Luna 9 was launched on 31 January 1966.
  zh: 月球9号于1966年1月31日发射。
events:
  - event: first picture
    date: '1966-02-04'
    en: Luna 9 sent its first picture on 4 February 1966.
    zh: 月球9号于1966年2月4日传回第一张照片。
landing: {site: Oceanus Procellarum, en: Luna 9 landed in Oceanus Procellarum., zh: 月球9号降落在风暴洋。}
end: {date: '1966-02-06', en: Contact with Luna 9 was lost on 6 February 1966., zh: 1966年2月6日与月球9号失去联系。}
status: {as_of: 1966-02-07, en: Luna 9 is silent., zh: 月球9号已经沉默。}
figures:
  mass: {value: 99, unit: kg, en: The lander of Luna 9 had a mass of 99 kg., zh: 月球9号着陆器的质量是99千克。}
crew: {members: [], en: Luna 9 had no crew., zh: 月球9号没有乘组。}
results:
  - {en: Luna 9 made the first soft landing on the Moon., zh: 月球9号首次在月球软着陆。}
cautions:
  - {en: Luna 9 is not Luna 2., zh: 月球9号不是月球2号。}
disputed:
  - {en: Sources disagree on the hour of its landing., zh: 各来源对着陆时刻说法不一。}
related: [luna-2]
as_of: 2020
sources:
  - {title: A page, url: "https://example.org/luna", type: agency, for: [launch]}
unverified: [the number of its cameras]
check: checked
source_strength: medium
"""

CONCEPT = """id: tides
names: {en: Tides, zh: 潮汐}
aliases: {zh: [涨潮]}
category: moon
level: middle
definition: {en: Tides are the rise and fall of the sea., zh: 潮汐是海水的涨落。}
numbers:
  - {value: 2, unit: per day, en: Most coasts have 2 high tides a day., zh: 多数海岸每天有2次涨潮。}
misconceptions:
  - {en: The Sun raises tides too., zh: 太阳也会引起潮汐。}
related_missions: []
as_of: 2026-11
sources: [{title: A page}]
basis: [computed]
"""

GOLDEN = """- id: g1
  language: en
  question: Has the Moon any air?
  contains: [[no air]]
  sources: [moon]
- id: g2
  language: zh
  question: 谁画了向日葵？
  refuse: true
"""

COURSE = {
    "course.yaml": "course: space\n",
    "golden.yaml": GOLDEN,
    "CHANGES.md": "# Changes\n\nNothing yet.\n",
    "lessons/moon.en.md": LESSON,
    "missions/luna-9.yaml": MISSION,
    "concepts/tides.yaml": CONCEPT,
}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes the files, by their paths below `folder`, and gives the folder back."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def ids(reading: Reading) -> list[str]:
    """The documents read, in order."""
    return [material.document.doc_id for material in reading.materials]


def reading(folder: Path, *, strict: bool = False) -> Reading:
    """What one folder gives as the source ``course``."""
    return read([folder], source="course", strict=strict)
