"""A script is read whole before anything is played; a mistake names its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.cli.talk_script import Expect, read_script
from console.settings import PROJECT
from tests.cli.conftest import Baton


def _script(folder: Path, text: str) -> Path:
    path = folder / "script.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_the_example_of_the_document(tmp_path: Path) -> None:
    document = (PROJECT / "docs" / "talk.md").read_text(encoding="utf-8")
    example = document.split("```yaml\n")[1].split("```")[0]

    script = read_script(_script(tmp_path, example))

    assert script.customer.like == "88001"
    assert script.steps[1].expect == Expect(
        card="parcel_trace", intent="track_logistics", reask_count=0
    )
    assert [step.wait for step in script.steps][-1] == 1


def test_every_step_knows_its_line(tmp_path: Path) -> None:
    text = "name: a\nsteps:\n- customer:\n    say: hi\n- expect: {reply: x}\n\n- wait: 1\n"

    assert read_script(_script(tmp_path, text)).lines == [3, 5, 7]


def test_numbers_of_a_fresh_customer_replace_those_of_the_script(tmp_path: Path) -> None:
    text = 'steps: [{customer: {say: "看看 6201"}}, {expect: {slot: {order_no: "6201"}}}]'

    script = read_script(_script(tmp_path, text)).renumbered({"6201": "7777"})

    said, expect = script.steps[0].customer, script.steps[1].expect
    assert said is not None
    assert expect is not None
    assert (said.say, expect.slot) == ("看看 7777", {"order_no": "7777"})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("steps: [{customer: {shout: hello}}]", "$.steps[0].customer"),
        ("steps: [{wait: 1}, {expect: {reply: a}, wait: 1}]", "step 2"),
        ("steps: [{}]", "step 1"),
        ("steps: [{expect: {reask_count: none}}]", "$.steps[0].expect.reask_count"),
        ("steps: [", "script.yml"),
    ],
)
def test_a_mistake_is_wrong_use_and_names_its_place(
    baton: Baton, tmp_path: Path, text: str, place: str
) -> None:
    ended = baton("talk", str(_script(tmp_path, text)))

    assert (ended.status, ended.out) == (2, "")
    assert place in ended.err


def test_no_running_desk_is_said(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_PORT", "1")

    ended = baton("talk", str(_script(tmp_path, "steps: [{wait: 0}]")))

    assert ended.status == 3
    assert "No desk answers at http://127.0.0.1:1" in ended.err


def test_only_what_the_customer_cannot_see_needs_an_observer() -> None:
    assert not Expect(reply="a", lacks="b", card="order", button="c", state="queued").looks_inside
    assert all(
        part.looks_inside
        for part in (
            Expect(owner="a"),
            Expect(slot={"a": 1}),
            Expect(reask_count=0),
            Expect(form=""),
            Expect(asks="a"),
            Expect(brief="a"),
        )
    )
