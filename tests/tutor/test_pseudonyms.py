"""Pseudonyms and conversation ids: the same for one caller, told by nobody without the key, and the key's file."""

import hmac
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.errors import BadPseudonymKey
from tutor.pseudonyms import Pseudonyms, key_in

ROOT = Path(__file__).parents[2]
KEY = b"k" * 32


@pytest.fixture
def names() -> Pseudonyms:
    return Pseudonyms(KEY)


def test_a_caller_has_one_pseudonym_for_each_tenant_and_key(names: Pseudonyms) -> None:
    assert names.caller("open", "anna") == Pseudonyms(KEY).caller("open", "anna")
    others = {names.caller("open", "bo"), names.caller("school", "anna"), Pseudonyms(b"x" * 32).caller("open", "anna")}
    assert len(others | {names.caller("open", "anna")}) == 4
    assert "anna" not in names.caller("open", "anna")


def test_a_pseudonym_is_the_hmac_that_the_contract_names(names: Pseudonyms) -> None:
    assert names.caller("telegram", "42") == hmac.new(KEY, b"telegram\x1f42", "sha256").hexdigest()


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 31])
def test_a_short_key_is_refused(key: bytes) -> None:
    with pytest.raises(BadPseudonymKey, match="32 or more") as refused:
        Pseudonyms(key)
    assert "short" not in str(refused.value)


def test_a_conversation_keeps_the_id_that_it_was_given(names: Pseudonyms) -> None:
    first = names.conversation("anna", None)
    assert names.conversation("anna", first) == first
    assert names.conversation("anna", None) != first


def test_another_caller_s_id_gives_a_new_conversation(names: Pseudonyms) -> None:
    annas = names.conversation("anna", None)
    bos = names.conversation("bo", annas)
    assert bos != annas
    assert names.conversation("bo", bos) == bos


def test_an_id_that_the_caller_chose_stays_and_meets_no_other_caller_s(names: Pseudonyms) -> None:
    assert names.conversation("anna", "talk-7") == names.conversation("bo", "talk-7") == "talk-7"
    assert names.conversation_key("anna", "talk-7") != names.conversation_key("bo", "talk-7")
    assert "talk" not in names.conversation_key("anna", "talk-7")


@pytest.mark.parametrize("forged", ["A" * 16 + "." + "A" * 16, "A" * 16 + "." + "\u0661" * 16, ""])
def test_a_forged_id_opens_nothing(names: Pseudonyms, forged: str) -> None:
    given = names.conversation("anna", forged)
    assert (given == forged) == ("\u0661" in forged), "letters of other scripts are no id of ours"


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "pseudonym.key"
    key = key_in(path)
    assert len(key) >= 32
    assert key_in(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["pseudonym.key"]


def test_processes_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tutor.pseudonyms import key_in; sys.stdin.readline(); print(key_in(Path(sys.argv[1])).decode())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "pseudonym.key")]
    started = [subprocess.Popen(command, env={"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for one in started:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    assert len({one.communicate(timeout=60)[0] for one in started}) == 1


def test_a_key_that_cannot_be_read_or_made_is_told_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "none" / "pseudonym.key", tmp_path / "folder"):
        with pytest.raises(BadPseudonymKey, match="NAVIGATOR_PSEUDONYM_KEY") as refused:
            key_in(path)
        assert str(path) in str(refused.value)


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pseudonym.key"
    path.mkdir()
    with pytest.raises(BadPseudonymKey, match="Is a directory"):
        key_in(path)
