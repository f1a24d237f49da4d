"""What the repository promises about itself: locks, text, and a tree that set-up leaves clean."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "bot/requirements.lock",
    "console/setup/uv-requirements.lock",
)
_ADDRESS = re.compile(r"https?://|git\+|files\.\w+\.\w+|registry\.\w+", re.IGNORECASE)
_PIN = re.compile(r"^([A-Za-z0-9_.\[\]-]+)==(\S+)", re.MULTILINE)
_PLACE = re.compile(
    r"(?<![\w.*-])/(?:work|root|home/\w+|Users/\w+|tmp/(?:brief|scout))/|pypi\.org|npmjs\.(?:org|com)"
)
_THIRD_PARTY = ("node_modules", "site-packages", "vendor", "third_party", "dist")


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("git is missing: this is not a clone")
    return done.stdout.splitlines()


def _files() -> list[Path]:
    """Everything that is, or would be, in the repository."""
    names = _git("ls-files", "--cached", "--others", "--exclude-standard")
    return [path for path in map(PROJECT.joinpath, names) if path.is_file()]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""  # a picture


def _pins(lock: str) -> dict[str, str]:
    return dict(_PIN.findall((PROJECT / lock).read_text(encoding="utf-8")))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(lock: str) -> None:
    text = (PROJECT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", text.strip())

    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert _ADDRESS.findall(text) == []


@pytest.mark.parametrize(
    ("lock", "source"),
    [
        ("requirements.lock", "requirements.in"),
        ("requirements-dev.lock", "requirements-dev.in"),
        ("bot/requirements.lock", "bot/requirements.in"),
    ],
)
def test_a_lock_holds_everything_its_source_asks_for(lock: str, source: str) -> None:
    pins = {re.sub(r"\[.*\]", "", name).lower().replace("_", "-") for name in _pins(lock)}
    lines = (PROJECT / source).read_text(encoding="utf-8").splitlines()
    asked = {
        re.split(r"[\[<>=;\s#]", line)[0].lower().replace(".", "-")
        for line in lines
        if re.match(r"[a-z]", line)
    }

    assert asked - pins == set()


def test_the_lock_with_tools_contains_the_plain_one() -> None:
    plain, with_tools = _pins("requirements.lock"), _pins("requirements-dev.lock")

    assert {name: with_tools.get(name) for name in plain} == plain


def test_the_engine_installs_no_tensorflow() -> None:
    lock = (PROJECT / "bot/requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in lock.splitlines() if re.match(r"(tensorflow|keras)", line)]

    assert [line for line in lines if "sys_platform == 'never'" not in line] == []


def test_the_lock_of_the_pages_names_versions_and_hashes_but_no_address() -> None:
    lock = json.loads((PROJECT / "console/static/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


def test_uvs_own_lock_stays_out() -> None:
    assert [path for path in _files() if path.name == "uv.lock"] == []


def test_no_file_names_a_place_of_somebodys_machine() -> None:
    found = {
        str(path.relative_to(PROJECT)): sorted(set(_PLACE.findall(_text(path))))
        for path in _files()
        if path != Path(__file__) and _PLACE.search(_text(path))
    }

    assert found == {}


def test_nothing_of_others_is_copied_in() -> None:
    found = [
        str(path.relative_to(PROJECT))
        for path in _files()
        if set(path.relative_to(PROJECT).parts) & set(_THIRD_PARTY) or path.name.endswith(".min.js")
    ]

    assert found == []


def test_set_up_and_tests_leave_the_tree_clean() -> None:
    made = (
        ".venv/x",
        ".venv-engine/x",
        ".venv.new/x",
        ".venv.old/x",
        ".venv-engine.new/x",
        "var/baton.sqlite3",
        "console/static/node_modules/x",
        "console/static/dist/x",
        "baton.toml",
        "models/x.tar.gz",
        "test-results/x.png",
        "console/__pycache__/x.pyc",
    )

    assert _git("check-ignore", *made) == list(made)


def test_make_prints_every_target_with_its_sentence() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, re.MULTILINE)
    recipes = re.findall(r"(?:^\t.*\n?)+", makefile, re.MULTILINE)

    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout

    assert {"run", "test", "lint", "bench", "screenshots"} <= set(targets)
    assert [line.split()[1] for line in shown.splitlines()] == targets
    assert max(recipe.count("\n") for recipe in recipes) <= 3


@pytest.mark.parametrize("name", ["baton", ".ci/run"])
def test_the_scripts_can_be_run(name: str) -> None:
    assert (PROJECT / name).stat().st_mode & 0o111
