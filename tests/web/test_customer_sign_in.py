"""The shop vouches for its customers with signed tokens: what is believed, and for how long."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import jwt as pyjwt
import pytest

from tests.given import NOW
from tests.web.place import KEYS, Answer, Place, until

ISSUED, EXPIRES = int(NOW.timestamp()), int((NOW + timedelta(minutes=10)).timestamp())
GOOD: dict[str, Any] = {
    "iss": "shop",
    "aud": "baton",
    "sub": "88001",
    "iat": ISSUED,
    "exp": EXPIRES,
    "jti": "jti-0123456789",
}


def token(
    *, key: Any = KEYS["k1"], kid: Any = "k1", algorithm: str = "HS256", **claims: Any
) -> str:
    """A good one but for what is given; a claim of None is left out."""
    found = {name: value for name, value in {**GOOD, **claims}.items() if value is not None}
    return pyjwt.encode(found, key, algorithm=algorithm, headers={"kid": kid})


def signed_as(algorithm: str) -> str:
    """Our own key's signature below the name of another algorithm."""
    head = {"alg": algorithm, "typ": "JWT", "kid": "k1"}
    text = b".".join(_part(json.dumps(part).encode()) for part in (head, GOOD))
    signature = hmac.digest(KEYS["k1"].encode(), text, "sha256")
    return b".".join((text, _part(signature))).decode()


def _part(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


OTHER_ALGORITHMS = ("RS256", "ES256", "HS512", "none", "")
BAD = {
    "another key": token(key="somebody else's key of 32 characters"),
    "the other live key": token(key=KEYS["k2"]),
    "an unknown key id": token(kid="k3"),
    "no key id": pyjwt.encode(GOOD, KEYS["k1"], algorithm="HS256"),
    "a key id that is a path": token(kid="../../etc/passwd"),
    "no signature at all": token(key=None, algorithm="none"),
    **{
        f"a signature called {name}": signed_as(name)
        for name in ("RS256", "ES256", "HS512", "none", "")
    },
    "expired": token(iat=ISSUED - 900, exp=ISSUED - 300),
    "expired this second": token(iat=ISSUED - 300, exp=ISSUED),
    "issued in the future": token(iat=ISSUED + 120, exp=ISSUED + 300),
    "too long a life": token(exp=EXPIRES + 1),
    "an end before all times": token(exp=-1),
    "an end after all times": token(exp=10**20),
    "an end that is no number": token(exp="soon"),
    "another audience": token(aud="other"),
    "nobody": token(sub=""),
    "a number for a name": token(sub=88001),
    "too long a name": token(sub="8" * 65),
    "too short an id": token(jti="1"),
    "too long an id": token(jti="1" * 129),
    "no claims": pyjwt.encode({}, KEYS["k1"], algorithm="HS256", headers={"kid": "k1"}),
    "no token": "no token",
    "three dots": "...",
    "not even ascii": "顾客.顾客.顾客",
} | {f"no {name}": token(**{name: None}) for name in GOOD}


async def test_a_token_that_proves_nothing_is_refused_without_a_reason(place: Place) -> None:
    before = await place.rows()
    refusal = {
        "code": "not_signed_in",
        "message": "登录已失效或信息不正确，请重新登录。",
        "details": {},
    }

    answers = {why: await place.session(jwt=bad) for why, bad in BAD.items()}

    expected = (401, {"ok": False, "error": refusal})
    assert {why: answer for why, answer in answers.items() if answer != expected} == {}
    assert await place.rows() == before


@pytest.mark.parametrize("good", [token(), signed_as("HS256")])
async def test_a_good_token_signs_the_customer_in(place: Place, good: str) -> None:
    """The negative control: the tokens above differ from this one by one thing each."""
    status, answer = await place.session(jwt=good)

    assert status == 200
    assert answer["customer"] == {"name": "林晓雨", "verified": True}


async def test_both_live_keys_sign_the_same_customer_in(place: Place) -> None:
    first = await place.visitor(jwt=place.jwt("88001", "k1"))
    second = await place.visitor(jwt=place.jwt("88001", "k2"))

    assert first.conversation_id == second.conversation_id


async def test_a_copied_sign_in_is_refused_in_another_browser(place: Place) -> None:
    jwt = place.jwt("88001")
    await place.visitor(jwt=jwt)
    before = await place.rows()

    status, answer = await place.session(jwt=jwt)
    stranger = await place.session(jwt=jwt, visitor_token="made-up")

    assert (status, answer["error"]["code"]) == (401, "not_signed_in")
    assert stranger == (status, answer)
    assert await place.rows() == before


async def test_the_same_browser_may_show_its_sign_in_again(place: Place) -> None:
    jwt = place.jwt("88001")
    browser = await place.visitor(jwt=jwt)

    again = await place.visitor(jwt=jwt, visitor_token=browser.token)

    assert (again.token, again.conversation_id) == (browser.token, browser.conversation_id)


async def test_a_sign_in_id_used_for_one_customer_signs_no_other_in(place: Place) -> None:
    browser = await place.visitor(jwt=token())

    status, _ = await place.session(jwt=token(sub="88002"), visitor_token=browser.token)

    assert status == 401


async def test_a_browser_that_changes_hands_gets_another_token_and_conversation(
    place: Place,
) -> None:
    one = await place.customer("88001")

    other = await place.customer("88002", visitor_token=one.token)

    assert other.conversation_id != one.conversation_id
    assert (await place.refusal("/customer", auth={"token": one.token}))["message"] == (
        "not_signed_in"
    )


async def test_a_sign_in_that_ends_in_mid_chat_loses_nothing(place: Place) -> None:
    browser = await place.customer("88001")
    socket = await browser.socket()
    await socket.say("before")
    place.clock.turn(minutes=11)

    sent = await socket.say("after")
    reloaded = await (await place.visitor(visitor_token=browser.token)).socket()

    assert sent["ok"]
    assert [text for text in await reloaded.texts() if "echo" not in text] == ["before", "after"]


async def test_a_customers_token_ends_a_day_after_the_shop_vouched_for_them(place: Place) -> None:
    browser = await place.customer("88001")
    await (await browser.socket()).say("before")
    place.clock.turn(hours=23)
    await place.visitor(visitor_token=browser.token)  # a reload, without the shop
    place.clock.turn(hours=2)

    refused = await place.refusal("/customer", auth={"token": browser.token})
    stranger = await place.visitor(visitor_token=browser.token)
    back = await place.customer("88001", visitor_token=browser.token)

    assert refused["message"] == "not_signed_in"
    assert stranger.session["customer"] == {"name": "", "verified": False}
    assert "before" in await (await back.socket()).texts()


async def test_a_visitors_token_lives_on_while_it_is_used(place: Place) -> None:
    browser = await place.visitor()
    await (await browser.socket()).say("hello")

    for _ in range(3):
        place.clock.turn(days=29)
        again = await place.visitor(visitor_token=browser.token)
        assert again.conversation_id == browser.conversation_id

    place.clock.turn(days=31)
    assert (await place.visitor(visitor_token=browser.token)).token != browser.token


async def test_a_shop_that_is_down_does_not_close_the_door(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from console.desk.errors import ShopDown  # only here
    from console.gateways.demo_shop import DemoShop

    async def down(*_: object, **__: object) -> Answer:
        raise ShopDown("test")

    monkeypatch.setattr(DemoShop, "customer", down)
    monkeypatch.setattr(DemoShop, "find_order", down)

    browser = await place.customer("88001", context={"order_no": "620026071317"})

    assert browser.session["customer"] == {"name": "", "verified": True}


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "k9"},
        {"key": None},
        {"key": []},
        {"key": {}},
        {"visitor_token": "x" * 201},
        {"visitor_token": 7},
        {"jwt": "x" * 4_097},
        {"jwt": ["x"]},
    ],
)
async def test_a_session_with_a_malformed_field_is_refused(
    place: Place, fields: dict[str, Any]
) -> None:
    before = await place.rows()

    status, answer = await place.session(**fields)

    assert (status, answer["error"]["code"]) in {(403, "not_allowed"), (400, "bad_request")}
    assert await place.rows() == before


async def test_a_page_may_say_anything_about_itself_without_harm(place: Place) -> None:
    context = {"order_no": "x" * 65, "product_id": {"a": 1}, "admin": True, "customer_verified": 1}

    browser = await place.visitor(context=context, lang="tlh")

    assert browser.session["lang"] == "zh"
    assert (await place.rows())["fact"] == []


async def test_sessions_are_limited_by_address(place: Place) -> None:
    answers = [await place.session(key="k9") for _ in range(61)]

    assert [status for status, _ in answers] == [403] * 60 + [429]
    assert answers[-1][1]["error"]["details"]["retry_after_s"] > 0


async def test_what_was_used_is_forgotten_when_it_has_expired(place: Place) -> None:
    await place.customer("88001")
    place.clock.turn(minutes=10)

    await place.customer("88002")

    async def one_left() -> bool:
        return len((await place.rows())["used_jwt"]) == 1

    await until(one_left)
