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


def test_questions_from_a_pipe_and_whatever_is_wrong_with_a_line(folder: Path) -> None:
    again = "and in English, please"
    wrong = ("/band 5", "/language fr", "/language", "/nonsense", "/forget me", "nul\0", b"half \xff", "x" * 2001)
    ran = piped(
        folder,
        STAGES,
        "/forget",
        STAGES,
        "",
        PAINTER,
        "火箭为什么要分级？",
        *wrong,
        " \t ",
        "/help",
        "/language zh",
        "/band 4-6",
        STAGES,
        "/language auto",
        again,
    )
    assert ran.status == 0
    assert ran.out.startswith(f"{ANSWER}\n\n[1] How rockets work · Empty stages · as of 2026-05-24\n    “Rockets drop their empty stages")
    assert "I would rather not guess" in ran.out
    assert "You could look at:\n  How rockets work\n" in ran.out
    assert "空贮箱只是多余的质量。[1]" in ran.out
    assert ANSWER.replace(" [1]", "（课程原文为英文）[1]") in ran.out
    assert ran.out.count(ANSWER) == 3
    assert kept(folder) == [(STAGES, None), (PAINTER, None), ("火箭为什么要分级？", None), (STAGES, "4-6"), (again, "4-6")]
    assert [re.split("[:.]", line)[0] for line in ran.err.splitlines()] == [
        "All that was kept of this terminal is erased",
        "Choose one of none, 1-3, 4-6, 7-9, 10-12",
        *["Choose one of en, zh, auto"] * 2,
        "There is no command '/nonsense'",
        "There is no command '/forget me'",
        *["This cannot be asked"] * 3,
        "Write a question; the next one may lean on it",
    ]


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
