"""Plays a conversation with `navigator bot` in each language at a stand-in for Telegram, and prints it as the student sees it."""

import argparse
import asyncio
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.messenger.emulated import Emulated, bot, connected, copied, stand_in
from benchmarks.messenger.shown import labels, shown
from navigator.settings import load_settings

QUIET_S = 2.5  # a chat takes a message a second; after that long without one nothing more comes
WIDTH = 110

# A step is a message, or behind ">" how the label of a button begins; ">" alone is the first button of the newest message.
SCRIPTS: dict[str, tuple[str, ...]] = {
    "en": (
        "/start",
        "Why do rockets drop their empty stages?",
        ">👍",
        "When was Chang'e-5 launched?",
        "And how heavy was it?",
        "/sources",
        "Who will win the football cup?",
        ">",
        "/quiz",
        ">",
        ">💡",
        ">A.",
        ">B.",
        "/stop",
        "/privacy",
        "/forget",
    ),
    "zh": (
        "/start",
        "火箭为什么要扔掉空的级？",
        ">👍",
        "嫦娥五号是什么时候发射的？",
        "那它有多重？",
        "/sources",
        "谁会赢得足球杯？",
        ">",
        "/quiz",
        ">",
        ">💡",
        ">A.",
        ">B.",
        "/stop",
        "/privacy",
        "/forget",
    ),
}
TITLES = {"en": "English", "zh": "中文"}


@dataclass
class Scene:
    """One student's chat: how each message stands, and how many of the bot's requests were looked at."""

    emulated: Emulated
    student: int
    language: str
    seen: dict[int, str] = field(default_factory=dict)
    read: int = 0

    async def play(self, step: str) -> Iterator[str]:
        """The step and what came of it, as lines."""
        self.read = len(await self.emulated.calls())
        told = await self._press(step[1:]) if step.startswith(">") else await self._say(step)
        if told is None:
            return iter(())
        return iter((f"Student:   {told}", *await self._answers(), ""))

    async def _say(self, text: str) -> str:
        await self.emulated.says(self.student, text, language=self.language)
        return text

    async def _press(self, label: str) -> str | None:
        """Presses a button of the newest message that has it; None when there is none."""
        messages = (await self.emulated.messages(self.student))[::-1]
        for message in messages if label else messages[:1]:
            for button in labels(message):
                if button["text"].startswith(label):
                    await self.emulated.presses(self.student, message, button["callback_data"], language=self.language)
                    return f"presses [ {button['text']} ]"
        return None

    async def _answers(self) -> list[str]:
        """Messages that are new or read otherwise than before, and hints, once nothing more comes."""
        count = -1
        while (now := len(await self._said())) != count:
            count = now
            await asyncio.sleep(QUIET_S)
        hints = [call["form"]["text"] for call in await self._said() if call["method"] == "answerCallbackQuery" and call["form"].get("text")]
        lines = [f"Hint:      {hint}" for hint in hints]
        for message in await self.emulated.messages(self.student):
            text = shown(message)
            if self.seen.get(message["message_id"]) != text:
                lines += _indented(text, again=message["message_id"] in self.seen)
            self.seen[message["message_id"]] = text
        return lines

    async def _said(self) -> list[dict[str, Any]]:
        calls = await self.emulated.calls(self.read)
        return [call for call in calls if call["method"] not in ("getUpdates", "sendChatAction")]


def main() -> None:
    """Prints Markdown; --out writes it to a file."""
    parser = argparse.ArgumentParser(prog="scripts/bench telegram_transcript", description=__doc__)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    with copied(load_settings().data_dir) as data, stand_in() as telegram, tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "bot.log"
        with bot(data, telegram, log):
            text = asyncio.run(_played(telegram))
        print(log.read_text(), end="", file=sys.stderr)
    if chosen.out is None:
        print(text, end="")
    else:
        chosen.out.write_text(text, encoding="utf-8")


async def _played(address: str) -> str:
    parts: list[str] = []
    async with connected(address) as emulated:
        for student, (language, script) in enumerate(SCRIPTS.items(), 1):
            scene = Scene(emulated, student, language)
            lines = [line for step in script for line in await scene.play(step)]
            parts.append(f"### {TITLES[language]}\n\n```text\n" + "\n".join(lines).rstrip() + "\n```\n")
    return "\n".join(parts)


def _indented(text: str, *, again: bool) -> list[str]:
    wrapped = [piece for line in text.split("\n") for piece in textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False) or [""]]
    first = "Edited:    " if again else "Navigator: "
    return [f"{first if not number else ' ' * len(first)}{line}".rstrip() for number, line in enumerate(wrapped)]


if __name__ == "__main__":
    main()
