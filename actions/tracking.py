"""How an order stands and where it is, in words: for its owner and for a guest with a proof."""

from __future__ import annotations

from actions.turn import Turn
from console.desk.order import Trackable
from console.desk.wording import local_time


def say_state(turn: Turn, order: Trackable) -> None:
    turn.say(f"utter_status_{order.state}", promised=promised(turn, order))


def promised(turn: Turn, order: Trackable) -> str:
    times = [parcel.promised_at for parcel in order.parcels if parcel.promised_at]
    latest = max(times) if times else order.promised_at
    if latest is None:
        return turn.words("承诺时间", "the promised time")
    return local_time(turn.lang, latest)


def trace_text(order: Trackable, lang: str) -> str:
    """What a channel without cards shows: the newest scan of each parcel."""
    lines = []
    for parcel in order.parcels:
        newest = parcel.events[-1] if parcel.events else None
        scan = (newest.text_en if lang == "en" else newest.text) if newest else ""
        lines.append(f"{parcel.carrier} {parcel.waybill_no} {scan}".strip())
    return "\n".join(lines) or order.order_no
