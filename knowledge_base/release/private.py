"""Private copies of Chroma directories: opening one writes to it, and two processes on one directory can ruin it."""

import fcntl
import shutil
from pathlib import Path

from knowledge_base import own_folder
from knowledge_base.errors import DataFolderUnusable, ReleaseDamaged
from knowledge_base.own_folder import OwnFolder
from knowledge_base.release.layout import DataFolder

_FICLONE = 0x40049409  # Linux ioctl: share the blocks instead of copying them, where the file system can


def private_folder(data: DataFolder, name: str) -> OwnFolder:
    """A new folder of this process's own in the data folder."""
    data.private.mkdir(parents=True, exist_ok=True)
    return OwnFolder(data.private, name)


def private_copy(data: DataFolder, original: Path) -> OwnFolder:
    """A copy of the folder `original`, the index of a release."""
    if not original.is_dir():
        raise ReleaseDamaged(f"release {original.parent.name!r} lacks {original.name}: run navigator ingest content to build another")
    try:
        copy = private_folder(data, original.parent.name)
        try:
            shutil.copytree(original, copy.path, copy_function=_clone, dirs_exist_ok=True)
        except BaseException:
            copy.discard()
            raise
    except OSError as error:
        raise DataFolderUnusable(f"a release cannot be copied into {str(data.private)!r} ({error}): make room there, or make it writable") from error
    return copy


def sweep(data: DataFolder) -> None:
    """Removes the copies that nobody uses any more."""
    own_folder.sweep(data.private)


def _clone(source: str, target: str) -> str:
    with open(source, "rb") as read, open(target, "wb") as written:
        try:
            fcntl.ioctl(written.fileno(), _FICLONE, read.fileno())
            return target
        except OSError:
            pass  # another kind of file system: copied by the kernel then
    return str(shutil.copyfile(source, target))
