"""`./baton` finds a Python by itself, or says in one sentence what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The script without an environment beside it, and a machine with only these programs."""
    shutil.copy(PROJECT / "baton", tmp_path / "baton")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "readlink"):
        (programs / name).symlink_to(shutil.which(name) or name)
    text = (tmp_path / "baton").read_text().replace("/usr/bin/python3", "/no/python3")
    (tmp_path / "baton").write_text(text)
    return tmp_path


def _start(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(clone / "bin"), "HOME": str(clone)}
    command = ["/bin/sh", str(clone / "baton"), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _python(path: Path, status: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\n[ "$1" = -c ] && exit {status}\necho "$0 $@"\n')
    path.chmod(0o755)


def test_says_what_to_install_when_every_python_is_too_old(clone: Path) -> None:
    _python(clone / "bin" / "python3", status=1)

    ended = _start(clone, "up")

    assert ended.returncode == 3
    assert ended.stdout == ""
    assert ended.stderr.startswith("baton: no Python 3.11 or newer works here: install one")
    assert ended.stderr.count("\n") == 1


def test_passes_over_a_dead_shim_to_the_next_one(clone: Path) -> None:
    _python(clone / "bin" / "python3", status=127)
    _python(clone / "bin" / "python3.12", status=0)

    ended = _start(clone, "user", "list")

    assert ended.stdout.strip().endswith("python3.12 -P -m console.setup user list")


def test_finds_one_in_pyenvs_folder(clone: Path) -> None:
    _python(clone / ".pyenv/versions/3.12.1/bin/python", status=0)

    ended = _start(clone)

    assert "/.pyenv/versions/3.12.1/bin/python -P -m console.setup" in ended.stdout


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    script = (
        "import sys, console.setup.steps; "
        "print([n for n, m in sys.modules.items() "
        "if 'site-packages' in (getattr(m, '__file__', None) or '')])"
    )
    python = PROJECT / ".venv" / "bin" / "python"
    environment = {"PYTHONPATH": str(PROJECT), "PATH": os.environ["PATH"]}

    ended = subprocess.run(
        [python, "-P", "-S", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ended.stdout.strip() == "[]"
