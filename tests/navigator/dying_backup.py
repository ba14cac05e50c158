"""Backs up or restores in a process of its own, run as a script, that kills itself (SIGKILL) at a given moment.

``dying_backup.py backup|restore DATA FILE MOMENT``: a backup dies after packing MOMENT files, a restore before its MOMENTth rename,
or when all is unpacked, with 0.
"""

import datetime as dt
import itertools
import os
import signal
import sys
from pathlib import Path

from knowledge_base.release.layout import DataFolder
from navigator import restore
from navigator.backup import back_up

NOW = dt.datetime(2026, 8, 1, tzinfo=dt.UTC)


def die(*_anything: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying_back_up(data: DataFolder, file: Path, moment: int) -> None:
    back_up(data, file, now=NOW, version="1", progress=lambda _what, done, _total: die() if done == moment else None)


def dying_restore(data: DataFolder, file: Path, moment: int) -> None:
    if moment == 0:
        setattr(restore, "_compare", die)  # noqa: B010 - a private name of another module
    rename, moved = Path.rename, itertools.count(1)
    setattr(Path, "rename", lambda self, target: die() if next(moved) == moment else rename(self, target))  # noqa: B010
    restore.restore(file, data, replace=True)


if __name__ == "__main__":
    what, data_folder, backup_file, when = sys.argv[1:]
    (dying_back_up if what == "backup" else dying_restore)(DataFolder(Path(data_folder)), Path(backup_file), int(when))
