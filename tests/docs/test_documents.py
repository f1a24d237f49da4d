"""Our documents hold together: links lead somewhere, commands exist, nothing private is named."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from console.cli.app import app as command_line
from console.desk.agent import PERMISSIONS, Permission
from console.settings import Settings
from tests.docs.pages import DOCS, PROJECT, documents, sections, without_code
from tests.docs.world import WIDGET_KEY, World

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
ADRS = sorted((DOCS / "adr").glob("*.md"))
PRIVATE = re.compile(
    r"(?<![\w./:-])/(?:home|root|work|Users|tmp|opt|var)/|\bC:\\|pypi\.org|npmjs|localhost:\d"
)


def _name(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def _anchors(path: Path) -> set[str]:
    return {
        re.sub(r"[^\w\- ]", "", section.title.lower()).strip().replace(" ", "-")
        for section in sections(path)
    }


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_link_leads_somewhere(path: Path) -> None:
    dead = []
    for target in LINK.findall(without_code(path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = target.partition("#")
        found = (path.parent / place).resolve() if place else path
        if not found.exists() or (anchor and anchor not in _anchors(found)):
            dead.append(target)

    assert dead == []


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_no_document_names_a_place_of_somebodys_machine(path: Path) -> None:
    assert PRIVATE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_document_begins_with_its_title(path: Path) -> None:
    titles = [section.title for section in sections(path) if section.level == 1]

    assert len(titles) == 1
    assert path.read_text("utf-8").startswith(f"# {titles[0]}")


@pytest.mark.parametrize("path", ADRS, ids=_name)
def test_a_decision_has_its_tags_and_three_paragraphs(path: Path) -> None:
    """What was decided, what was given up, when to look again."""
    title, tags, *rest = [part for part in path.read_text("utf-8").split("\n\n") if part.strip()]
    prose = [part for part in rest if not part.lstrip().startswith(("|", "```", "#"))]

    assert title.startswith("# ")
    assert len(title.split()) >= 5, "the title says what was decided"
    assert tags.startswith("Tags: ")
    assert len(prose) >= 3
    assert prose[-1].lstrip("*").startswith("Look again")


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [path.name[:4] for path in ADRS]

    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name) for path in ADRS)
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_make_target_and_command_that_is_named_exists(path: Path) -> None:
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    commands = set(typer.main.get_command(command_line).commands)  # type: ignore[attr-defined]
    text = path.read_text("utf-8")

    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE)) - targets == set()
    assert set(re.findall(r"\./baton ([a-z]+)", text)) - commands == set()


def test_the_readme_shows_the_two_commands_and_both_pictures() -> None:
    for name, lang in (("README.md", "en"), ("README.zh.md", "zh")):
        text = (PROJECT / name).read_text("utf-8")
        assert re.findall(r"^make (\w+)", text, re.MULTILINE) == ["run", "test"]
        pictures = {f"docs/pictures/{page}.{lang}.png" for page in ("widget", "console")}
        assert pictures <= set(LINK.findall(text))


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    named = set(re.findall(r"\bBATON_[A-Z_]+\b", path.read_text("utf-8")))

    assert named - _settings() == set()


def _settings() -> set[str]:
    names = {"BATON_CONFIG"}
    for name, field in Settings.model_fields.items():
        names.add(f"BATON_{name.upper()}")
        for inner in getattr(field.annotation, "model_fields", ()):
            names.add(f"BATON_{name.upper()}__{inner.upper()}")
    return names


@pytest.mark.parametrize("path", documents(), ids=_name)
def test_every_folder_and_file_that_is_named_exists(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    roots = "|".join(("console", "bot", "actions", "connectors", "tests", "docs"))
    named = set(re.findall(rf"`((?:{roots})/[\w./-]+)`", text))
    made_later = {name for name in named if "/dist" in name or "node_modules" in name}

    assert sorted(name for name in named - made_later if not (PROJECT / name).exists()) == []


def test_the_table_of_posts_is_the_code() -> None:
    text = (DOCS / "guides" / "administrators.md").read_text("utf-8")
    columns = [
        *map(Permission, re.findall(r"`(\w+)`", text[text.index("| post |") :].split("\n")[0]))
    ]
    for role, permissions in PERMISSIONS.items():
        row = re.search(rf"^\| `{role.value}` \|(.+)\|$", text, re.MULTILINE)
        assert row is not None
        cells = [cell.strip() == "yes" for cell in row[1].split("|")]
        assert {one for one, yes in zip(columns, cells, strict=True) if yes} == permissions


def test_the_table_of_loops_is_the_code() -> None:
    parts = (PROJECT / "console" / "app.py").read_text("utf-8").partition("    loops")[2]
    real = set(re.findall(r"^ {8}(\w+)\(", parts.partition("]\n")[0], re.MULTILINE))
    (section,) = [one for one in sections(DOCS / "architecture.md") if one.title == "Loops"]

    assert set(section.first_column) - {"Emitter"} == real - {"Emitter"}


async def test_the_client_in_the_guide_for_channels_works(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    (section,) = [
        section
        for section in sections(DOCS / "guides" / "channel-developers.md")
        if section.codes and section.codes[0].language == "python"
    ]
    names: dict[str, Any] = {}
    exec(compile(ast.parse(section.codes[0].text), "guide", "exec"), names)  # noqa: S102 - our own

    await names["main"](world.url, WIDGET_KEY[0])

    printed = capsys.readouterr().out
    assert "'ok': True" in printed
    assert "bot 请问需要什么帮助？" in printed
