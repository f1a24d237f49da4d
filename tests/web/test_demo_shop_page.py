"""The demo shop's own routes: everybody in its list can be signed in, and says what to try."""

from __future__ import annotations

from console.services.seed_shop import CUSTOMERS
from tests.web.place import Place


async def test_every_customer_of_the_list_says_what_to_try(place: Place) -> None:
    listed = {}
    for lang in ("zh", "en"):
        answer = await place.http.get(f"{place.url}/demo/customers?lang={lang}")
        listed[lang] = (await answer.json())["customers"]

    for lang, customers in listed.items():
        assert [one["customer_no"] for one in customers] == [one.customer_no for one in CUSTOMERS]
        assert all(one["note"] for one in customers), lang
    assert listed["zh"][0]["note"] != listed["en"][0]["note"]
