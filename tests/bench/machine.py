"""What the operating system knows: cores, CPU time, memory of a process, and how fast it runs now."""

from __future__ import annotations

import os
import platform
import resource
import socket
import statistics
import time
from pathlib import Path

SPIN_STEPS = 400_000
_USABLE = sorted(os.sched_getaffinity(0))
GENERATORS_CORE, SERVERS_CORE = _USABLE[0], _USABLE[-1]  # one and the same where there is but one


def pin(core: int, pid: int = 0) -> None:
    """All threads of the process run there, also those that it starts later."""
    for thread in _threads(pid or os.getpid()):
        os.sched_setaffinity(thread, {core})


def _threads(pid: int) -> list[int]:
    return [int(entry.name) for entry in Path(f"/proc/{pid}/task").iterdir()]


def cpu_s(*pids: int) -> float:
    """User and system time of whole processes so far, to the nanosecond."""
    return sum(time.clock_gettime(((~pid) << 3) | 2) for pid in pids)  # clock_getcpuclockid(3)


def uss_kb(pid: int) -> int:
    """Memory that the process shares with nobody."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    private = ("Private_Clean:", "Private_Dirty:")
    return sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(private))


def spin_ms() -> float:
    """CPU time of a fixed piece of work where servers run: the machine's speed at this moment."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {SERVERS_CORE})
    started = time.thread_time()
    sum(number * number for number in range(SPIN_STEPS))
    taken = time.thread_time() - started
    os.sched_setaffinity(0, before)
    return taken * 1e3


def allow_many_files() -> None:
    """A socket is a file, and thousands are opened."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def description() -> dict[str, object]:
    model = next(
        (line.partition(":")[2].strip() for line in _cpu_info() if line.startswith("model name")),
        platform.machine(),
    )
    return {
        "cpu": model,
        "cores": len(_USABLE),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def _cpu_info() -> list[str]:
    info = Path("/proc/cpuinfo")
    return info.read_text("utf-8").splitlines() if info.exists() else []


def fsync_ms(folder: Path, times: int = 50) -> float:
    """How long this disk takes to say that a page is safe, median."""
    taken = []
    with (folder / "fsync-probe").open("wb") as probe:
        for _ in range(times):
            probe.write(b"x" * 4096)
            probe.flush()
            started = time.perf_counter()
            os.fdatasync(probe.fileno())
            taken.append(time.perf_counter() - started)
    (folder / "fsync-probe").unlink()
    return statistics.median(taken) * 1e3
