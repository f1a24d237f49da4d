"""What may be changed about a request, state by state, and how waybill numbers are read."""

from __future__ import annotations

import pytest

from console.desk.after_sale import AfterSaleState
from console.desk.after_sale_change import Change, Outcome, decide_change, pickup_key
from console.desk.waybill import belongs_to, carrier_named, carrier_of, is_waybill

_S, _O = AfterSaleState, Outcome


@pytest.mark.parametrize(
    ("state", "change", "outcome"),
    [
        (_S.SUBMITTED, Change.WITHDRAWN, _O.ALLOWED),
        (_S.AWAITING_RETURN, Change.WITHDRAWN, _O.ALLOWED),
        (_S.IN_RETURN, Change.WITHDRAWN, _O.NEEDS_HUMAN),
        (_S.REFUNDING, Change.WITHDRAWN, _O.NEEDS_HUMAN),
        (_S.DONE, Change.WITHDRAWN, _O.REFUSED),
        (_S.CANCELLED, Change.WITHDRAWN, _O.REFUSED),
        (_S.NEED_INFO, Change.REASON, _O.ALLOWED),
        (_S.RECEIVED, Change.KIND, _O.NEEDS_HUMAN),
        (_S.SUBMITTED, Change.PICKUP, _O.REFUSED),
        (_S.AWAITING_RETURN, Change.PICKUP, _O.ALLOWED),
        (_S.IN_RETURN, Change.ADDRESS, _O.REFUSED),
        (_S.AWAITING_RETURN, Change.TRACKING, _O.ALLOWED),
        (_S.SUBMITTED, Change.TRACKING, _O.REFUSED),
        (_S.IN_RETURN, Change.TRACKING, _O.REFUSED),
        (_S.RECEIVED, Change.URGED, _O.ALLOWED),
        (_S.EXPIRED, Change.URGED, _O.REFUSED),
    ],
)
def test_the_state_decides_what_may_be_changed(
    state: AfterSaleState, change: Change, outcome: Outcome
) -> None:
    decision = decide_change(state, change)

    assert decision.outcome is outcome
    assert decision.inputs == {"state": state, "change": change}


def test_every_change_of_a_pickup_is_a_wish_of_its_own() -> None:
    assert [pickup_key("RMA1", number) for number in (0, 1, 2)] == [
        "pickup:RMA1",
        "pickup:RMA1:1",
        "pickup:RMA1:2",
    ]


@pytest.mark.parametrize(
    ("written", "carrier"),
    [
        ("SF1188203345671", "顺丰速运"),
        ("sf 1188-2033 4567 1", "顺丰速运"),
        ("YT7700112233445", "圆通速递"),
        ("JF2600824580001", "疾风速运"),
        ("773012345678901", None),  # two carriers number like this
        ("AB12", None),
    ],
)
def test_a_number_names_its_carrier_when_only_one_numbers_like_it(
    written: str, carrier: str | None
) -> None:
    found = carrier_of(written)

    assert (found.name if found else None) == carrier


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ("1234567", False),
        ("12345678", True),
        ("A" * 12 + "12345678", True),
        ("A" * 13 + "12345678", False),
        ("ABCDEFGH12", False),
        ("寄出去了", False),
    ],
)
def test_a_waybill_has_eight_to_twenty_characters_and_eight_digits(
    written: str, is_one: bool
) -> None:
    assert is_waybill(written) is is_one


def test_a_number_of_another_known_carrier_is_a_slip() -> None:
    yto = carrier_named("圆通")
    assert yto is not None

    assert belongs_to("YT7700112233445", yto)
    assert not belongs_to("SF1188203345671", yto)
    assert belongs_to("9988776655", yto)  # nobody we know numbers like this
