"""Cutting long replies: nothing is lost, nothing is too long, and cuts fall where a reader pauses."""

import random

import pytest
from telegram_html import utf16_length, visible

from bot.telegram.markup import escape, plain, units
from bot.telegram.split import LIMIT, pack, paragraphs

HOSTILE = (
    "",
    " \n\n \n",
    "<b>bold</b> & <script>alert(1)</script>",
    "&lt;already&gt; &amp;amp; &copy &#60;",
    "<" * 5000,
    "&" * 9000,
    "🚀" * 9000,
    "a🚀" * 6000,
    "\ud83d\ude80" * 4000,
    "lone \ud83d half and \ude80 other",
    "火箭升空。[1]" * 2000,
    "word " * 3000,
    "x" * 12345,
    "One sentence [1]. " * 900,
    "line\n" * 3000,
    "a\n\n" * 3000,
    "]]>--></a></b></i>",
    "é👩‍🚀 " * 3000,
    "\x00\u202e\u2028\u200b" * 2000,
)


def without_blanks(text: str) -> str:
    return "".join(text.split())


def noise(seed: int) -> str:
    """Any text at all, made of what is hard to cut."""
    rng = random.Random(seed)
    atoms = ["<", ">", "&", "&amp;", "<b>", "</a>", '"', "🚀", "火箭", "。", ". ", " ", "\n", "\n\n", "[12]", "\ud83d", "\ude80", "3.14", "word", "…"]
    return "".join(rng.choices(atoms, k=rng.randint(0, 6000)))


@pytest.mark.parametrize("text", [*HOSTILE, *(noise(seed) for seed in range(20))], ids=lambda text: ascii(text[:12]))
def test_any_text_arrives_whole_in_messages_that_telegram_takes(text: str) -> None:
    body = [line for piece in paragraphs(text) for line in (escape(piece), "")]
    tail = ["<b>Sources</b>", '[1] <a href="https://example.org/">Rockets</a>', "<i>end</i>"]
    messages = pack(body, tail)
    assert all(0 < utf16_length(visible(message)) <= LIMIT for message in messages)
    shown = without_blanks("".join(visible(message) for message in messages))
    assert shown == without_blanks(visible(escape(text)) + "Sources[1]Rocketsend")
    assert messages[-1].endswith("<i>end</i>")


@pytest.mark.parametrize("text", [*HOSTILE, *(noise(seed) for seed in range(20))], ids=lambda text: ascii(text[:12]))
def test_escaped_text_reads_as_it_was(text: str) -> None:
    shown = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert plain(escape(text)) == visible(escape(text)) == shown


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert (units("orbit"), units("轨道"), units("🚀"), units("")) == (5, 2, 2, 0)


def test_short_paragraphs_share_a_message() -> None:
    assert pack([escape(p) for p in paragraphs("One.\n\nTwo.")], ["end"]) == ["One.\nTwo.\n\nend"]


def test_messages_end_at_the_ends_of_paragraphs() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "word " * 150 for n in range(20))
    messages = pack([line for piece in paragraphs(text) for line in (piece, "")], ["end"])
    assert len(messages) > 3
    assert all(message.startswith("Paragraph") for message in messages)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("First here. Second there", ["First here.", "Second there"]),
        ("The number is 3.14 or so", ["The number is", "3.14 or so"]),
        ("一枚火箭已经顺利升空。[1]卫星入轨了吗", ["一枚火箭已经顺利升空。[1]", "卫星入轨了吗"]),
        ("It flew [1] far. [1] [2] Then?", ["It flew [1]", "far. [1] [2]", "Then?"]),
        ("A first line\nand a second", ["A first line", "and a second"]),
        ("unbrokenunbrokenunbroken", ["unbrokenunbroken", "unbroken"]),
        ("🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀", ["🚀🚀🚀🚀🚀🚀🚀🚀", "🚀🚀"]),
    ],
)
def test_a_long_paragraph_is_cut_where_a_reader_pauses(text: str, pieces: list[str]) -> None:
    assert paragraphs(text, limit=16) == pieces


def test_the_tail_stays_whole_when_the_last_message_has_no_room_for_it() -> None:
    messages = pack(["x" * (LIMIT - 5)], ["Sources", "[1] Rockets"])
    assert messages == ["x" * (LIMIT - 5), "Sources\n[1] Rockets"]
