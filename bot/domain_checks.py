"""Mistakes in a domain that Rasa accepts and customers would notice. No Rasa, no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def find_mistakes(domain: Mapping[str, Any]) -> list[str]:
    """One sentence per mistake; empty for a sound domain. `domain`: all its files merged."""
    return [
        *_open_text_slots(domain),
        *_forms_without_questions(domain),
        *_expiring_sessions(domain),
    ]


def _open_text_slots(domain: Mapping[str, Any]) -> Iterator[str]:
    """Such a slot takes "转人工" as its value, and anything said while a person has taken over."""
    for name, slot in (domain.get("slots") or {}).items():
        for mapping in slot.get("mappings") or []:
            if mapping.get("type") != "from_text":
                continue
            if not mapping.get("not_intent") and not mapping.get("intent"):
                yield f"slot {name}: a from_text mapping needs not_intent (or intent)"
            if not mapping.get("conditions"):
                yield f"slot {name}: a from_text mapping needs conditions with the form's name"


def _forms_without_questions(domain: Mapping[str, Any]) -> Iterator[str]:
    """A form with a validator may ask there, in Python; Rasa's own forms need a response."""
    names = {*(domain.get("responses") or {}), *map(_action_name, domain.get("actions") or [])}
    for form, content in (domain.get("forms") or {}).items():
        if f"validate_{form}" in names:
            continue
        for slot in (content or {}).get("required_slots") or []:
            asking = {
                f"{kind}_ask_{at}{slot}" for kind in ("utter", "action") for at in ("", f"{form}_")
            }
            if not asking & names:
                yield f"form {form}: nothing asks for {slot} (utter_ask_{slot})"


def _expiring_sessions(domain: Mapping[str, Any]) -> Iterator[str]:
    """The desk owns sessions; Rasa's would forget slots after an hour."""
    if (domain.get("session_config") or {}).get("session_expiration_time") != 0:
        yield "session_config: session_expiration_time must be 0"


def _action_name(action: Any) -> str:
    return str(next(iter(action))) if isinstance(action, Mapping) else str(action)
