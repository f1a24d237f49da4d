"""Sentences behind the keys of decisions and steps."""

from __future__ import annotations

import pytest

from console.desk.reason_text import step_label

KEYS = (
    "submitted approved in_return received inspected refunded exchanged repaired "
    "accepted sent arrived asked stopped"
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("key", KEYS.split())
def test_a_step_to_come_never_reads_as_done(key: str, lang: str) -> None:
    done, to_come = (step_label(key, lang, is_done=is_done) for is_done in (True, False))

    assert to_come != done
    assert to_come.startswith("待" if lang == "zh" else "To be" if key != "arrived" else "To ")
