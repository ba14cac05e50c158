"""A mission's or a concept's file becomes two documents that tell every sentence of it, each in one language."""

from pathlib import Path

import pytest
from small_files import CONCEPT, COURSE, MISSION, write

from ingest.read import read
from ingest.split import split
from ingest.types import Material
from knowledge_base.language import has_han


def materials(folder: Path, mission: str = MISSION, concept: str = CONCEPT) -> dict[str, Material]:
    write(folder, COURSE | {"missions/luna-9.yaml": mission, "concepts/tides.yaml": concept})
    return {material.document.doc_id: material for material in read([folder], source="course").materials}


def told(material: Material) -> list[tuple[str, str]]:
    return [(block.section[0], block.text) for block in material.blocks]


def test_every_sentence_of_a_mission_is_told_in_its_order_in_english(tmp_path: Path) -> None:
    assert told(materials(tmp_path)["luna-9.en"]) == [
        ("What it is", "Luna 9 was a Soviet lander."),
        ("Launch and flight", "Luna 9 was launched on 31 January 1966."),
        ("Launch and flight", "Luna 9 sent its first picture on 4 February 1966."),
        ("Launch and flight", "Luna 9 landed in Oceanus Procellarum."),
        ("Launch and flight", "Contact with Luna 9 was lost on 6 February 1966."),
        ("Crew", "Luna 9 had no crew."),
        ("Status", "Luna 9 is silent."),
        ("Figures", "The lander of Luna 9 had a mass of 99 kg."),
        ("Results", "Luna 9 made the first soft landing on the Moon."),
        ("Often confused", "Luna 9 is not Luna 2."),
        ("Where sources disagree", "Sources disagree on the hour of its landing."),
    ]


def test_every_sentence_of_a_mission_is_told_in_its_order_in_chinese(tmp_path: Path) -> None:
    chinese = told(materials(tmp_path)["luna-9.zh"])
    assert [section for section, _text in chinese][:2] == ["简介", "发射与飞行过程"]
    assert chinese[-1] == ("说法不一", "各来源对着陆时刻说法不一。")
    assert len(chinese) == 11
    assert all(has_han(text) for _section, text in chinese)


def test_what_is_unverified_is_told_nowhere(tmp_path: Path) -> None:
    assert "unverified: [the number of its cameras]" in MISSION
    for material in materials(tmp_path).values():
        assert "cameras" not in str(material)


def test_a_mission_is_found_by_its_other_names(tmp_path: Path) -> None:
    both = materials(tmp_path)
    english, chinese = both["luna-9.en"].document, both["luna-9.zh"].document
    assert (english.title, chinese.title) == ("Luna 9", "月球9号")
    assert english.aliases == ("月球9号", "Lunik 9", "月神9号")
    assert chinese.aliases == ("Luna 9", "Lunik 9", "月神9号")
    assert (english.language, chinese.language) == ("en", "zh")
    assert english.metadata == (("mission", "luna-9"), ("check", "checked"), ("source_strength", "medium"), ("launched", "1966-01-31"))
    assert [(origin.title, origin.url) for origin in english.origins] == [("A page", "https://example.org/luna")]


def test_facts_hold_as_of_their_missions_date_and_a_status_as_of_its_own(tmp_path: Path) -> None:
    english = materials(tmp_path)["luna-9.en"]
    assert english.document.as_of == "2020"
    dates = {passage.section[0]: passage.as_of for passage in split(english)}
    assert dates["Status"] == "1966-02-07"
    assert {section for section, as_of in dates.items() if as_of is None} == set(dates) - {"Status"}


def test_a_mission_that_tells_little_gives_few_sentences(tmp_path: Path) -> None:
    few = "\n".join(line for line in MISSION.splitlines() if line.split(":")[0] in ("id", "names", "agency", "country", "about", "as_of", "check"))
    few += "\nkind: [lander]\nsource_strength: weak\nsources: [{title: A page}]\nend: {date: 1966-02-06}\n"
    assert told(materials(tmp_path, few)["luna-9.en"]) == [("What it is", "Luna 9 was a Soviet lander.")]


def test_a_concept_is_told_with_its_numbers_and_what_is_often_got_wrong(tmp_path: Path) -> None:
    both = materials(tmp_path)
    assert told(both["tides.en"]) == [
        ("What it is", "Tides are the rise and fall of the sea."),
        ("Figures", "Most coasts have 2 high tides a day."),
        ("Misconceptions", "The Sun raises tides too."),
    ]
    assert told(both["tides.zh"])[2] == ("常见误解", "太阳也会引起潮汐。")
    assert both["tides.zh"].document.aliases == ("Tides", "涨潮")
    assert both["tides.en"].document.as_of == "2026-11"


@pytest.mark.parametrize(("old", "new"), [("99 kg.", "100 kg."), ("月球9号着陆器的质量是99千克。", "月球9号着陆器的质量是100千克。")])
def test_a_corrected_sentence_changes_the_document_of_its_language_only(tmp_path: Path, old: str, new: str) -> None:
    before, after = materials(tmp_path / "a"), materials(tmp_path / "b", MISSION.replace(old, new))
    changed = {doc_id for doc_id in before if before[doc_id].document.content_hash != after[doc_id].document.content_hash}
    assert changed == {"luna-9.zh" if has_han(new) else "luna-9.en"}


def test_every_field_that_a_file_fills_is_a_fact_told_by_a_sentence_of_its_text(tmp_path: Path) -> None:
    both = materials(tmp_path)
    english = both["luna-9.en"]
    facts = {fact.field: fact.sentence for fact in english.document.facts}
    assert facts["launch date"] == "Luna 9 was launched on 31 January 1966."
    assert facts["landing site"] == "Luna 9 landed in Oceanus Procellarum."
    assert facts["crew"] == "Luna 9 had no crew."
    assert facts["status"] == "Luna 9 is silent."
    assert "launch site" not in facts, "the file names none"
    for name in ("luna-9.en", "luna-9.zh", "tides.en", "tides.zh"):
        texts = [block.text for block in both[name].blocks]
        assert both[name].document.facts
        assert all(fact.sentence in texts for fact in both[name].document.facts)
