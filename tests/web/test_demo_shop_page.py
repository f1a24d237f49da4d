"""The demo shop's own routes: everybody in its list can be signed in, and says what to try."""

from __future__ import annotations

from pathlib import Path

from console.services.seed_shop import CUSTOMERS
from tests.web.place import Place, open_place


async def test_every_customer_of_the_list_says_what_to_try(place: Place) -> None:
    listed = {}
    for lang in ("zh", "en"):
        answer = await place.http.get(f"{place.url}/demo/customers?lang={lang}")
        listed[lang] = (await answer.json())["customers"]

    for lang, customers in listed.items():
        assert [one["customer_no"] for one in customers] == [one.customer_no for one in CUSTOMERS]
        assert all(one["note"] for one in customers), lang
    assert listed["zh"][0]["note"] != listed["en"][0]["note"]


async def test_fresh_customers_are_made_as_often_as_sessions_are_opened(tmp_path: Path) -> None:
    """The third in a minute is refused and makes nothing; what only reads goes on."""
    async with open_place(tmp_path / "strict", limits={"sessions_per_minute": 2}) as place:
        like = {"json": {"like": "88006"}}

        made = [await place.request("POST", "/demo/customers", **like) for _ in range(2)]
        before = await place.rows()
        status, refusal, _ = await place.request("POST", "/demo/customers", **like)

        assert [one for one, _, _ in made] == [200, 200]
        assert len({body["customer_no"] for _, body, _ in made if body}) == 2
        assert (status, refusal and refusal["error"]["code"]) == (429, "too_often")
        assert await place.rows() == before
        assert (await place.request("GET", "/demo/customers"))[0] == 200
