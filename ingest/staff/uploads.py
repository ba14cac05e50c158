"""What staff upload: names made safe, the folder that an ingestion reads, and its taking the place of the uploads."""

import os
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BadName
from ingest.files import PASSED_OVER
from knowledge_base.release.layout import DataFolder, sync_folder

LONGEST_PART = 200  # bytes of UTF-8: file systems take 255
LONGEST_NAME = 1_000


@dataclass(frozen=True)
class Upload:
    """A file that has arrived: `name` is a clean relative path, `content` where its bytes lie until they are staged."""

    name: str
    content: Path


def clean_name(name: str) -> str | None:
    """A file's name, or its path within a folder that was dragged in, as a relative POSIX path in NFC; None for files that nobody means.

    BadName for one that leads out of its folder, is absolute, holds control characters or is too long.
    """
    clean = unicodedata.normalize("NFC", name)
    parts = clean.split("/")
    if "\\" in clean or clean.startswith("/") or ".." in parts or (len(clean) > 1 and clean[1] == ":"):
        raise BadName(f"the name {name!r} does not stay within its folder: give the file a plain name")
    parts = [part for part in parts if part not in ("", ".")]
    if not parts or any(unicodedata.category(character) in ("Cc", "Cs") for character in clean):
        raise BadName(f"the name {name!r} is blank or holds control characters: give the file a plain name")
    if max(len(part.encode()) for part in parts) > LONGEST_PART or len(clean.encode()) > LONGEST_NAME:
        raise BadName(f"the name {name[:60]!r}... is longer than {LONGEST_PART} bytes: give the file a shorter name")
    return None if any(part.startswith(PASSED_OVER) for part in parts) else "/".join(parts)


def uploaded(data: DataFolder) -> dict[str, int]:
    """The uploads' names, in order, and their sizes in bytes; also while a job exchanges them."""
    found: dict[str, int] = {}
    for folder, _folders, names in os.walk(data.uploads):
        for path in (Path(folder) / name for name in names):
            with suppress(FileNotFoundError):
                found[path.relative_to(data.uploads).as_posix()] = path.stat().st_size
    return dict(sorted(found.items()))


def stage(data: DataFolder, folder: Path, files: Iterable[Upload], remove: Iterable[str]) -> None:
    """Makes `folder` what the uploads are to be: links to those there are, without `remove`, with `files`, which are moved there."""
    if data.uploads.is_dir():
        shutil.copytree(data.uploads, folder, copy_function=_link)
    else:
        folder.mkdir()
    for name in remove:
        _drop(folder, name)
    for file in files:
        _put(folder, file)


def _link(source: str | Path, target: str | Path) -> None:
    """A second name of the same bytes, which nothing ever writes into; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _put(folder: Path, file: Upload) -> None:
    target = folder / file.name
    for parent in reversed(target.relative_to(folder).parents):
        if (folder / parent).is_file():  # a file stood where a folder is now
            (folder / parent).unlink()
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    file.content.replace(target)


def _drop(folder: Path, name: str) -> None:
    """Removes a file and the folders that it leaves empty."""
    (folder / name).unlink(missing_ok=True)
    for parent in (folder / name).parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()


def put_back(data: DataFolder, folder: Path, failed: Sequence[str]) -> None:
    """Takes files that could not be read out of a stage; the uploads' own file of that name, if there is one, comes back."""
    for name in failed:
        old = data.uploads / name
        if not (folder / name).is_file():
            continue
        if not old.is_file():
            _drop(folder, name)
        elif not old.samefile(folder / name):
            aside = folder.with_name("put-back")  # in place in one step, so that no crash leaves neither file
            aside.unlink(missing_ok=True)
            _link(old, aside)
            aside.replace(folder / name)


def exchange(data: DataFolder, new: Path, old: Path) -> None:
    """The uploads become `old`, and `new` becomes the uploads. After a crash on the way, calling it again finishes."""
    if not new.is_dir():
        return  # done before the crash
    if not old.exists():
        data.uploads.mkdir(parents=True, exist_ok=True)
        data.uploads.rename(old)
    new.rename(data.uploads)
    for folder in {new.parent, old.parent, data.root}:
        sync_folder(folder)
