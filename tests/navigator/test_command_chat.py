"""`navigator chat`, as a process: from a pipe and at a terminal, with everything that can be wrong with a line."""

import os
import pty
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from command_line import PAINTER, STAGES, STARTED, CommandLine, Ran, environment, publish, write_calibration, write_course

STAGES_ZH = "火箭为什么要分级？"
ANSWER = "Rockets drop their empty stages because less mass is easier to speed up. [1]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the course published in ``data``."""
    folder = tmp_path_factory.mktemp("chat")
    publish(folder / "data", write_course(folder / "course"))
    return folder


def command(folder: Path) -> list[str]:
    return [sys.executable, "-c", STARTED, str(write_calibration(folder / "calibrations")), "chat"]


def piped(folder: Path, *lines: str | bytes) -> Ran:
    """What the command makes of lines on its standard input."""
    given = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    ended = subprocess.run(command(folder), cwd=folder, env=environment(folder / "data"), input=given, capture_output=True, timeout=60, check=False)
    return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def kept(folder: Path) -> list[tuple[str, str | None]]:
    with closing(sqlite3.connect(folder / "data" / "state.db")) as connection:
        return connection.execute("SELECT question, grade_band FROM answers ORDER BY asked_at").fetchall()


def test_questions_and_commands_from_a_pipe_and_whatever_is_wrong_with_a_line(folder: Path) -> None:
    again = "and in English, please"
    ran = piped(folder, STAGES, "/forget", STAGES, "", PAINTER, STAGES_ZH, "nul\0", b"half \xff", "x" * 2001, " \t ", "/level 4-6", STAGES_ZH, again)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"{ANSWER}\n\n[1] How rockets work · Empty stages · as of 2026-05-24\n    “Rockets drop their empty stages")
    assert ran.out.count(ANSWER) == 2
    assert "空贮箱只是多余的质量。 (in Chinese in the course) [1]" in ran.out
    assert ran.out.count("空贮箱只是多余的质量。[1]") == 2
    assert "Everything is erased. Before: answers (1). Now: nothing." in ran.out
    assert "I would rather not guess" in ran.out
    assert "  /1 How rockets work\n" in ran.out
    assert ran.out.count("Part of that message is not text that I can read.") == 2
    assert "at most 2,000 characters" in ran.out
    assert "Noted: Grades 4 to 6" in ran.out
    assert kept(folder) == [(STAGES, None), (PAINTER, None), (STAGES_ZH, None), (STAGES_ZH, "4-6"), (again, "4-6")]


def test_what_was_chosen_and_answered_is_there_in_the_next_chat_and_quit_ends_it(folder: Path) -> None:
    piped(folder, STAGES, "/lang zh")
    ran = piped(folder, "/sources", "/1", "/lessons", "/1", "/9", "/FORGET", "/quit", PAINTER)
    assert ran.status == 0
    for shown in ("上一个回答的来源：", "Rockets drop their empty stages", "火箭是怎样飞起来的", "There is no button /9.", "已全部删除"):
        assert shown in ran.out
    assert kept(folder) == []


def test_a_pipe_may_ask_more_than_a_student_a_minute(folder: Path) -> None:
    assert piped(folder, *[STAGES] * 11, "/forget").out.count(ANSWER) == 11


def test_without_a_release_the_line_names_the_command_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "run navigator ingest content" in CommandLine(tmp_path, monkeypatch, capsys)("chat").failure


def test_at_a_terminal_it_prompts_and_ends_quietly(folder: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(folder),
        cwd=folder,
        env={**environment(folder / "data"), "TERM": "dumb"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_at_a_terminal,
    ) as process:
        os.close(theirs)
        try:
            assert "Write a question" in _until(ours, "> ")
            os.write(ours, f"{STAGES}\n".encode())
            assert "How rockets work" in _until(ours, "\n> ")
            time.sleep(0.5)  # as a person would: Python's readline misses a signal that comes between its prompt and its wait for a key
            os.write(ours, b"\x03")  # Ctrl-C; the end of a pipe and Ctrl-D are one
            assert _ended(process, ours) == 0
        finally:
            process.kill()
            os.close(ours)


def _at_a_terminal() -> None:
    """Makes the terminal the process's own, so that Ctrl-C reaches it, and counts there: a suite in the background hands on that it does not."""
    os.close(os.open(os.ttyname(0), os.O_RDWR))
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _ended(process: subprocess.Popen[bytes], terminal: int) -> int | None:
    """How the process ended; what it writes is read, since it waits for that before it goes."""
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            with suppress(OSError):  # nobody is at the other end any longer
                os.read(terminal, 4096)
    return process.returncode


def _until(terminal: int, sign: str) -> str:
    """What the terminal shows until `sign` ends it."""
    shown, deadline = "", time.monotonic() + 30
    while not re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).replace("\r", "").endswith(sign):
        assert time.monotonic() < deadline, shown
        if select.select([terminal], [], [], 0.1)[0]:
            shown += os.read(terminal, 4096).decode(errors="replace")
    return shown
