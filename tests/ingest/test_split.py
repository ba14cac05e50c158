"""Passages: whole sentences of about one length, found again at their offsets, named by what they say."""

import random
import time
from dataclasses import replace

import pytest

from ingest.split import ENDLESS, LONGEST, split, weight
from ingest.types import Block, Material
from knowledge_base.sentences import sentences
from knowledge_base.types import Document, Passage

DOCUMENT = Document("doc", "Title", "en", "file", "course", "doc.md", "")
ENGLISH = "The Moon has no air, so the sky above it is black. "
CHINESE = "月球上没有空气，所以它的天空是黑色的。"


def cut(*blocks: Block, doc_id: str = "doc") -> list[Passage]:
    return split(Material(replace(DOCUMENT, doc_id=doc_id), blocks))


def joined(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(block.text for block in blocks)


@pytest.mark.parametrize("sentence", [ENGLISH, CHINESE])
def test_a_long_block_is_cut_between_sentences_into_pieces_of_one_size(sentence: str) -> None:
    block = Block(("A",), (sentence * 60).strip())
    passages = cut(block)
    assert len(passages) > 2
    assert all(weight(one.text) <= LONGEST for one in passages)
    assert all(weight(one.text) > LONGEST / 2 for one in passages[:-1])
    assert [text for one in passages for text in one.sentence_texts()] == [block.text[start:end] for start, end in sentences(block.text)]


def test_a_sentence_longer_than_a_passage_stands_alone_and_whole() -> None:
    long = "It flew " + "far " * 500 + "away."
    assert [one.text for one in cut(Block((), f"It rose. {long} It landed."))] == ["It rose.", long, "It landed."]


def test_chinese_passages_hold_fewer_characters_since_each_says_more() -> None:
    chinese, english = cut(Block((), CHINESE * 100))[0], cut(Block((), ENGLISH * 100))[0]
    assert len(english.text) > 2 * len(chinese.text)


def test_neighbouring_blocks_of_one_section_join_and_others_do_not() -> None:
    passages = cut(Block(("A",), "One."), Block(("A",), "Two."), Block(("A", "B"), "Three."), Block(("A",), "Four."), Block(("A",), "Five.", "2026"))
    assert [(one.section, one.text, one.as_of) for one in passages] == [
        (("A",), "One.\n\nTwo.", None),
        (("A", "B"), "Three.", None),
        (("A",), "Four.", None),
        (("A",), "Five.", "2026"),
    ]


def test_pages_and_seconds_are_carried_and_never_joined() -> None:
    passages = cut(
        Block((), "One.", page=1),
        Block((), "Two.", page=1),
        Block((), "Three.", page=2),
        Block((), "Four.", position_s=1.5),
        Block((), "Five.", position_s=9.0),
    )
    assert [(one.text, one.page, one.position_s) for one in passages] == [
        ("One.\n\nTwo.", 1, None),
        ("Three.", 2, None),
        ("Four.", None, 1.5),
        ("Five.", None, 9.0),
    ]


@pytest.mark.parametrize("text", ["a" * 1_000_000, "far away " * 110_000, "月球没有空气所以" * 120_000, "x" + " " * 1_000_000 + "y"])
def test_a_sentence_without_end_is_cut_into_parts_and_loses_no_word(text: str) -> None:
    started = time.process_time()
    passages = cut(Block((), text))
    assert time.process_time() - started < 5
    assert all(0 < len(one.text) <= ENDLESS and one.sentences for one in passages)
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in passages)
    assert "".join("".join(one.text for one in passages).split()) == "".join(text.split())
    if " " in text:
        words = set(text.split())
        assert all(words.issuperset(one.text.split()) for one in passages), "cut between words"


def test_very_many_blocks_are_joined_quickly() -> None:
    started = time.process_time()
    assert len(cut(*(Block(("A",), ENGLISH.strip()) for _ in range(20_000)))) > 1000
    assert time.process_time() - started < 5


PARTS = (
    *("The Moon has no air. ", "月球没有空气。", "- an item\n- another one. Then more\n", "A | B\n1 | 2\n"),
    *("1,731 g. ", "Dr. Lee flew at 7.9 km/s. ", "（好！）", "\n\n", "No end, and so it goes on and on, "),
)


def random_blocks(chance: random.Random) -> tuple[Block, ...]:
    texts = ("".join(chance.choices(PARTS, k=chance.randint(1, 30))).strip() or "x" for _ in range(chance.randint(1, 8)))
    return tuple(Block((f"section {chance.randint(0, 2)}",), text, chance.choice([None, "2026"])) for text in texts)


def test_every_passage_is_found_at_its_start_and_holds_its_sentences() -> None:
    chance = random.Random(1)
    for _ in range(200):
        blocks = random_blocks(chance)
        passages, whole = cut(*blocks), joined(blocks)
        for one in passages:
            assert whole[one.start : one.start + len(one.text)] == one.text
            assert one.sentences == sentences(one.text)
            assert (one.sentences[0][0], one.sentences[-1][1]) == (0, len(one.text))
        starts = [one.start for one in passages]
        assert starts == sorted(starts)
        assert len({one.passage_id for one in passages}) == len(passages)
        assert _letters("".join(one.text for one in passages)) == _letters(whole)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def test_ids_name_the_document_the_section_and_the_text_and_nothing_else() -> None:
    first = cut(Block(("A",), "It flew."))[0].passage_id
    assert cut(Block(("Before",), "Something else."), Block(("A",), "It flew."))[1].passage_id == first
    others = [
        cut(Block(("B",), "It flew."))[0],
        cut(Block(("A",), "It flew!"))[0],
        cut(Block(("A", ""), "It flew."))[0],
        cut(Block((), "It flew."))[0],
        cut(Block(("A",), "It flew."), doc_id="other")[0],
    ]
    assert len({first, *(one.passage_id for one in others)}) == 6


def test_a_text_that_is_repeated_has_an_id_each_time() -> None:
    ids = [
        one.passage_id
        for one in cut(Block(("A",), "It flew."), Block(("B",), "x1"), Block(("A",), "It flew."), Block(("B",), "x2"), Block(("A",), "It flew."))
    ]
    assert ids[2] == f"{ids[0]}-2"
    assert ids[4] == f"{ids[0]}-3"
    assert len(set(ids)) == 5


def test_a_text_without_words_gives_no_passage() -> None:
    assert cut(Block((), "——"), Block((), "* * *")) == []
