"""Private copies of Chroma directories: opening one writes to it, and two processes on one directory can ruin it."""

import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from knowledge_base.errors import DataFolderUnusable, ReleaseDamaged
from knowledge_base.release.layout import DataFolder

_FICLONE = 0x40049409  # Linux ioctl: share the blocks instead of copying them, where the file system can


def private_copy(data: DataFolder, original: Path) -> Path:
    """A copy of the folder `original` that belongs to this process alone."""
    if not original.is_dir():
        raise ReleaseDamaged(f"release {original.parent.name!r} lacks {original.name}: run navigator ingest content to build another")
    ours = data.private / str(os.getpid())
    try:
        ours.mkdir(parents=True, exist_ok=True)
        copy = Path(tempfile.mkdtemp(prefix=f"{original.parent.name}-", dir=ours))
        shutil.copytree(original, copy, copy_function=_clone, dirs_exist_ok=True)
    except OSError as error:
        raise DataFolderUnusable(f"a release cannot be copied into {str(ours)!r} ({error}): make room there, or make it writable") from error
    return copy


def discard(copy: Path) -> None:
    """Removes a private copy, and this process's folder when it was the last."""
    shutil.rmtree(copy, ignore_errors=True)
    try:
        copy.parent.rmdir()
    except OSError:
        return  # other copies are still in use


def sweep(data: DataFolder) -> None:
    """Removes the copies of processes that are no more."""
    for folder in data.private.glob("*"):
        if not _alive(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(name: str) -> bool:
    try:
        os.kill(int(name), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _clone(source: str, target: str) -> str:
    with open(source, "rb") as read, open(target, "wb") as written:
        try:
            fcntl.ioctl(written.fileno(), _FICLONE, read.fileno())
        except OSError:
            shutil.copyfileobj(read, written)
    return target
