"""Forms that wait while another one runs, and how the newest of them comes back.

Rasa replaces the running form when another one starts. What the first had collected is kept here
as a frame in a slot, so it lives in the checkpoint: it survives a person's turn and a restart.
An action that leaves no form running brings the newest frame back by opening its loop; Rasa then
runs that form by itself (tests/conversations plays it).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk.events import ActiveLoop, SlotSet

Event = dict[str, Any]
Frame = dict[str, Any]

DEPTH = 3  # frames; the oldest one is dropped, its answers are kept (spec 3.7)
STACK, SHELF, RESUMED, INSTANCE, NEXT, WISH = (
    "form_stack",  # frames, newest last
    "form_shelf",  # answers of dropped forms, by form
    "form_resumed",  # the form that is back and has not said so yet
    "form_instance",  # names one filling of a form; what it files carries this key
    "next_form",  # the form that the wish turned out to mean
    "form_wish",  # the message that began the running form (actions/opening.py)
)
# Of the conversation and not of a form.
_NOT_OURS = frozenset(
    {
        *(STACK, SHELF, RESUMED, INSTANCE, NEXT),
        *("lang", "customer_verified", "session_started_metadata"),
        *("requested_slot", "form_misses", "last_task", "emotion"),
    }
)
# True of the person, whichever order is talked about.
_PERSONAL = frozenset(
    {"phone", "email", "new_address", "receiver", "invoice_title", "tax_no", "height", "weight"}
)
# Different ways to settle the same thing: whoever took one of them does not want the other.
REMEDIES = frozenset(
    {
        "cancel_form",
        "return_form",
        "refund_only_form",
        "exchange_form",
        "size_swap_form",
        "repair_form",
        "door_swap_form",
        "item_change_form",
    }
)


def interrupted_form(events: Iterable[Event]) -> str | None:
    """The form that ran until the newest one began."""
    loops = [event.get("name") for event in events if event.get("event") == "active_loop"]
    return str(loops[-2]) if len(loops) > 1 and loops[-2] else None


def frame_of(form: str, slots: Mapping[str, Any], own: Sequence[str]) -> Frame:
    """`own`: the slots that this form asks for; the ones it still lacks are named too."""
    known = {
        name: value
        for name, value in slots.items()
        if value is not None and name not in _NOT_OURS and not name.endswith("_confirmed")
    }
    lacking = [name for name in own if name not in known]
    return {
        "form": form,
        "asked": slots.get("requested_slot"),
        "instance": slots.get(INSTANCE),
        "slots": known,
        "lacking": lacking,
    }


def pushed(frame: Frame, slots: Mapping[str, Any]) -> dict[str, Any]:
    """New values of the two slots. A form waits once; what falls out at the bottom is shelved."""
    stack = [one for one in slots.get(STACK) or () if one["form"] != frame["form"]]
    stack.append(frame)
    dropped, kept = stack[:-DEPTH], stack[-DEPTH:]
    shelf = dict(slots.get(SHELF) or {})
    shelf |= {one["form"]: one["slots"] for one in dropped}
    return {STACK: kept, SHELF: shelf or None}


def recalled(form: str, slots: Mapping[str, Any]) -> tuple[Frame | None, list[Frame]]:
    """The waiting filling of this form, if the customer comes back to it, and the others."""
    stack = list(slots.get(STACK) or ())
    mine = next((one for one in stack if one["form"] == form and is_about(one, slots)), None)
    return mine, [one for one in stack if one is not mine]


def shelved(form: str, slots: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Answers that a dropped filling of this form had, and the shelf without them."""
    shelf = dict(slots.get(SHELF) or {})
    return shelf.pop(form, {}), shelf or None


def is_settled_by(frame: Frame, ended: str | None, slots: Mapping[str, Any]) -> bool:
    """The form that just ended did what the waiting one was for."""
    if ended is None or not {ended, frame["form"]} <= REMEDIES:
        return False
    confirmed = any(value is True and name.endswith("_confirmed") for name, value in slots.items())
    return confirmed and is_about(frame, slots)


def after_action(
    tracker_slots: Mapping[str, Any],
    loop: str | None,
    past: Sequence[Event],
    events: Sequence[Event],
) -> list[Event]:
    """What follows an action that leaves no form running.

    `past`: events of the dialogue before the action; `events`: what it returned. Nothing is
    added while a form runs or when the action starts one itself.
    """
    if _loop_after(loop, events) is not None or _follows_up(events):
        return []
    slots = {**tracker_slots, **_slots_in(events)}
    if slots.get(NEXT):
        return [SlotSet(NEXT, None), ActiveLoop(str(slots[NEXT]))]
    if _slots_in(events).get(WISH):
        return []  # a sentence that was just put by for the form it may begin
    return _resume(slots, _last_loop(past), tracker_slots)


def _resume(slots: Mapping[str, Any], ended: str | None, before: Mapping[str, Any]) -> list[Event]:
    stack = list(slots.get(STACK) or ())
    while stack and is_settled_by(stack[-1], ended, before):
        stack.pop()
    if not stack:
        cleared = [name for name in (STACK, INSTANCE, WISH) if slots.get(name)]
        return [SlotSet(name, None) for name in cleared]
    frame = stack.pop()
    changes = {**_restored(frame, slots), STACK: stack or None, RESUMED: frame["form"]}
    changes[INSTANCE] = frame["instance"]
    changes[WISH] = frame["slots"].get(WISH)
    return [
        ActiveLoop(frame["form"]),
        *(SlotSet(name, value) for name, value in changes.items()),
        SlotSet("requested_slot", frame["asked"]),
    ]


def _restored(frame: Frame, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Its answers again. What it lacks stays open, unless it was said of the same thing."""
    changes = {name: value for name, value in frame["slots"].items() if slots.get(name) != value}
    if not is_about(frame, slots):
        open_ = (name for name in frame["lacking"] if name not in _PERSONAL)
        changes |= {name: None for name in open_ if slots.get(name) is not None}
    return changes


def is_about(frame: Frame, slots: Mapping[str, Any]) -> bool:
    """The dialogue talks about the order and the item of this frame, or about none."""
    return all(
        slots.get(name) is None
        or frame["slots"].get(name) is None
        or str(slots[name]) == str(frame["slots"][name])
        for name in ("order_no", "order_item_id")
    )


def _slots_in(events: Iterable[Event]) -> dict[str, Any]:
    return {e["name"]: e["value"] for e in events if e.get("event") == "slot"}


def _loop_after(loop: str | None, events: Iterable[Event]) -> str | None:
    for event in events:
        if event.get("event") == "active_loop":
            loop = event.get("name")
    return loop


def _follows_up(events: Iterable[Event]) -> bool:
    return any(event.get("event") == "followup" for event in events)


def _last_loop(events: Sequence[Event]) -> str | None:
    """The form that ran last, if any."""
    loops = (e.get("name") for e in reversed(events) if e.get("event") == "active_loop")
    return next((str(name) for name in loops if name), None)
