"""What a process holds and has used, as the kernel tells."""

import os
from pathlib import Path


def resident_mb(pid: int) -> float:
    """Resident memory in MB."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) / 1000


def processor_s(pid: int) -> float:
    """Seconds of the processor so far, in all its threads."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
