"""Every form that the bot can fill has a name for the person who takes it over."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from console.desk.form_label import form_label, form_stage
from console.settings import PROJECT

_FORMS = {
    name
    for file in (PROJECT / "domain").glob("*.yml")
    for name in YAML(typ="safe").load(file).get("forms") or {}
} - {"next_form"}  # it only opens another one


@pytest.mark.parametrize("form", sorted(_FORMS))
def test_a_form_is_called_by_a_name_in_both_languages(form: str) -> None:
    label = form_label(form)

    assert label is not None
    assert label.zh.isascii() is False
    assert label.en.isascii()


def test_what_is_no_form_has_no_name_and_changes_no_stage() -> None:
    assert form_label("next_form") is None
    assert form_stage("next_form") is None
    assert form_stage(None) is None
