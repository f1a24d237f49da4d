"""The stock set-up on our data: Jieba, CountVectors, DIET, TED and rules, trackers in SQL.

It needs TensorFlow, which the engine does without: an environment of its own (2.8 GB) and some
minutes of training, so it is measured only when asked for (`--stock-rasa`). Both are kept.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.sources import yaml_files
from console.setup.uv import find_uv
from tests.bench.engines import ENGINE_PYTHON, NoEngine
from tests.bench.processes import PROJECT

REQUIREMENTS = "rasa==3.6.21\nsetuptools<81\njieba==0.42.1\n"
INSTALL_WITHIN_S = 900
TRAIN_WITHIN_S = 7_200
# What `rasa init` writes for Chinese, with the tokenizer its documentation names.
CONFIG = """\
recipe: default.v1
assistant_id: stock
language: zh
pipeline:
  - name: JiebaTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: EPOCHS
    constrain_similarities: true
  - name: EntitySynonymMapper
  - name: FallbackClassifier
    threshold: 0.3
    ambiguity_threshold: 0.1
policies:
  - name: MemoizationPolicy
  - name: RulePolicy
    core_fallback_action_name: action_default_fallback
  - name: TEDPolicy
    max_history: 5
    epochs: EPOCHS
    constrain_similarities: true
"""


def stock_environment(folder: Path) -> Path:
    """The Python of an environment with TensorFlow; made on the first call."""
    python = folder / "stock-env" / "bin" / "python"
    if _works(python):
        return python
    requirements = folder / "stock-requirements.txt"
    requirements.write_text(REQUIREMENTS, encoding="utf-8")
    uv, base = _uv(), str(ENGINE_PYTHON)  # the interpreter of our own engine
    _run([uv, "venv", "--clear", "--python", base, str(python.parents[1])], INSTALL_WITHIN_S)
    install = [uv, "pip", "install", "--python", str(python), "-r", str(requirements)]
    _run(install, INSTALL_WITHIN_S)
    return python


def stock_model(python: Path, folder: Path, epochs: int) -> Path:
    """Trained on the same domain and data; kept until these change.

    Five `epochs` take four minutes of one core, the stock hundred more than an hour. They decide
    what the bot understands, not what a turn costs: the same layers run on the same features.
    """
    place = folder / f"stock-model-{epochs}"
    sources = [*yaml_files(PROJECT / "domain"), *yaml_files(PROJECT / "data")]
    newest = max(path.stat().st_mtime for path in sources)
    found = sorted(place.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if found and found[-1].stat().st_mtime > newest:
        return found[-1]
    place.mkdir(parents=True, exist_ok=True)
    config = place / "config.yml"
    config.write_text(CONFIG.replace("EPOCHS", str(epochs)), encoding="utf-8")
    words = ["train", "--config", str(config), "--domain", "domain", "--data", "data"]
    _run([str(python), "-m", "rasa", *words, "--out", str(place)], TRAIN_WITHIN_S)
    return sorted(place.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)[-1]


def sql_tracker(folder: Path) -> str:
    """The section of endpoints.yml."""
    file = folder / "stock-trackers.sqlite3"
    file.unlink(missing_ok=True)
    return f"\ntracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {file}\n"


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    words = [str(python), "-c", "import rasa, tensorflow, jieba"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _uv() -> str:
    found = find_uv()
    if found is None:
        raise NoEngine("uv is not there; `./baton` gets it")
    return str(found)


def _run(words: list[str], within_s: float) -> None:
    print("bench:", " ".join(words[:4]), "…", file=sys.stderr, flush=True)
    try:
        done = subprocess.run(
            words, cwd=PROJECT, capture_output=True, check=False, timeout=within_s
        )
    except subprocess.TimeoutExpired as late:
        raise NoEngine(f"{words[0]} took longer than {within_s} s") from late
    if done.returncode != 0:
        raise NoEngine(f"{words[:4]} failed: {done.stderr.decode(errors='replace')[-600:]}")
