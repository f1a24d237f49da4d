"""What can be wrong with a machine or a data folder, each as one finding with what to do.

`doctor` shows all of them; `up` stops at the first that would hurt.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from console.cli.desk_lock import desk_is_running
from console.desk.calendar import natural_day
from console.desk.callback import CALENDAR
from console.secrets_file import SECRETS_FILE
from console.settings import PROJECT, Settings

DATA_BYTES = 300_000_000  # a model is trained beside the old one, and SQLite needs room to commit
HOLIDAYS_AHEAD = timedelta(days=60)
_RELEASED = 1_750_000_000  # no clock can be right that is before this software was written


@dataclass(frozen=True)
class Finding:
    """`sentence`: what was found, or what to do about it. `can_wait`: wrong, but hurts nobody yet."""

    name: str
    is_ok: bool
    sentence: str
    can_wait: bool = False


def check_port(setting: str, host: str, port: int) -> Finding:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        advice = f"Port {port} on {host} cannot be used ({error.strerror}): end the program that"
        return Finding(setting, False, f"{advice} has it, or set BATON_{setting.upper()}.")
    return Finding(setting, True, f"port {port} on {host} is free")


def check_ports(settings: Settings) -> list[Finding]:
    if desk_is_running(settings.home):
        return [Finding("port", True, f"port {settings.port} is used by the running desk")]
    return free_ports(settings)


def free_ports(settings: Settings, *, engine: bool = True) -> list[Finding]:
    found = [
        check_port("port", settings.host, settings.port),
        check_port("actions_port", settings.actions_host, settings.actions_port),
    ]
    if engine and settings.starts_engine:
        found.append(check_port("engine_port", "127.0.0.1", settings.engine_port))
    return found


def check_disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    if free < DATA_BYTES:
        wanted = f"at least {DATA_BYTES / 1e6:.0f} MB are needed: free some, or move BATON_HOME."
        return Finding("disk", False, f"Only {free / 1e6:.0f} MB are free in {home}; {wanted}")
    return Finding("disk", True, f"{free / 1e9:.1f} GB free in {home}")


def check_home(home: Path) -> Finding:
    if not os.access(home, os.W_OK | os.X_OK):
        return Finding("home", False, f"{home} cannot be written: change its owner, or BATON_HOME.")
    return Finding("home", True, f"{home} can be written")


def check_secrets(home: Path) -> Finding:
    path = home / SECRETS_FILE
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return Finding("secrets", False, f"Others can read the secrets: chmod 600 {path}")
    return Finding("secrets", True, f"{path} is private")


def check_clock(now: float | None = None) -> Finding:
    if (time.time() if now is None else now) < _RELEASED:
        return Finding("clock", False, "The clock is years behind: set it (`timedatectl`).")
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return Finding("clock", False, "Time zones are missing: install the package tzdata.")
    return Finding("clock", True, "the clock is plausible and knows Asia/Shanghai")


def check_holidays(today: date | None = None) -> Finding:
    """Call-backs are booked on working days; a year is published weeks before it begins."""
    today = today or natural_day(datetime.now(UTC))
    missing = CALENDAR.missing_year(today, today + HOLIDAYS_AHEAD)
    if missing is not None:
        advice = f"The public holidays of {missing} are not listed: add them to CALENDAR in"
        return Finding("holidays", False, f"{advice} console/desk/callback.py.", can_wait=True)
    return Finding("holidays", True, f"listed for the coming {HOLIDAYS_AHEAD.days} days")


def check_training_data(settings: Settings) -> Finding:
    wanted = [PROJECT / "config.yml", settings.training_dir / "domain"]
    gone = [
        str(path) for path in (*wanted, settings.training_dir / "data") if not _has_content(path)
    ]
    if gone:
        return Finding("training data", False, f"Missing or empty: {', '.join(gone)}.")
    return Finding("training data", True, f"{settings.training_dir} has data and domain")


def _has_content(path: Path) -> bool:
    return path.is_file() or (path.is_dir() and any(path.iterdir()))
