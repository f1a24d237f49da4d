"""Who may open a socket from where, whose word about addresses counts, and the demo's own door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.web.demo import _is_here
from tests.given import LIN
from tests.web.place import Place, fresh_id, open_place

DEMO = (
    "GET /",
    "GET /demo/products",
    "GET /demo/customers",
    "POST /demo/customers",
    "GET /demo/orders",
    "POST /demo/sign-in",
)


@pytest.fixture(autouse=True)
def _quick_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password takes long on purpose; no test here signs anybody in."""
    monkeypatch.setattr("console.services.agent.is_password", lambda *_: False)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize(
    "origin",
    ["http://shop.example", "null", "http://127.0.0.1", "{own}.shop.example", "x{own}"],
)
async def test_a_foreign_page_opens_no_socket_not_even_with_the_cookie(
    place: Place, transport: str, origin: str
) -> None:
    lin, browser = await place.console(LIN), await place.visitor()
    headers = {**lin.cookie, "Origin": origin.format(own=place.url)}
    if origin == "x{own}":
        headers["Origin"] = place.url.replace("127.0.0.1", "127.0.0.2")

    for namespace in ("/agent", "/customer"):
        options: dict[str, Any] = {"auth": {"token": browser.token}, "headers": headers}
        refusal = await place.refusal(namespace, transports=[transport], **options)
        assert refusal["message"] is None  # refused before anything was said


async def test_the_desks_own_pages_and_programs_open_one(place: Place) -> None:
    """The negative control."""
    lin = await place.console(LIN)

    assert (await (await lin.socket(Origin=place.url)).ask("list_agents", {}))["ok"]
    assert (await (await lin.socket()).ask("list_agents", {}))["ok"]


async def test_behind_tls_a_page_without_tls_is_a_foreign_page(tmp_path: Path) -> None:
    async with open_place(tmp_path / "tls", trusted_proxies=("127.0.0.1",)) as place:
        browser = await place.visitor()
        proxied = {"X-Forwarded-Proto": "https"}
        auth = {"token": browser.token}

        plain = {**proxied, "Origin": place.url}
        refusal = await place.refusal("/customer", auth=auth, headers=plain)
        secure = {**proxied, "Origin": place.url.replace("http://", "https://")}
        socket = await place.connect("/customer", auth=auth, headers=secure)

        assert refusal["message"] is None
        assert (await socket.ask("catch_up", {}))["ok"]


async def login_statuses(place: Place, *forwarded: str, tries: int = 6) -> list[int]:
    """The same client, which claims to be somewhere else each time."""
    found = []
    for number in range(tries):
        headers = [("X-Forwarded-For", value.format(n=number)) for value in forwarded]
        body = {"login": f"nobody-{fresh_id()}", "password": "x"}
        status, _, _ = await place.request("POST", "/console/login", json=body, headers=headers)
        found.append(status)
    return found


async def test_a_client_cannot_choose_its_own_address(place: Place) -> None:
    assert await login_statuses(place, "10.0.0.{n}") == [401] * 5 + [429]


async def test_a_trusted_proxy_names_the_client(tmp_path: Path) -> None:
    async with open_place(tmp_path / "proxied", trusted_proxies=("127.0.0.0/8",)) as place:
        assert await login_statuses(place, "10.0.0.{n}") == [401] * 6
        assert await login_statuses(place, "10.1.0.{n}, 192.0.2.7") == [401] * 5 + [429]
        assert await login_statuses(place, "10.2.0.{n}", "192.0.2.8") == [401] * 5 + [429]
        assert await login_statuses(place, "unknown{n}, 192.0.2.9") == [401] * 5 + [429]
        assert await login_statuses(place, "2001:db8:1:2::{n}") == [401] * 5 + [429]
        assert await login_statuses(place, "::ffff:192.0.2.10") == [401] * 5 + [429]
        assert await login_statuses(place, "192.0.2.10", tries=1) == [429]


async def test_an_account_is_tried_five_times_from_wherever(tmp_path: Path) -> None:
    async with open_place(tmp_path / "proxied", trusted_proxies=("127.0.0.1",)) as place:
        statuses = []
        for number in range(6):
            status, _, _ = await place.request(
                "POST",
                "/console/login",
                json={"login": "lin", "password": f"guess-{number}"},
                headers={"X-Forwarded-For": f"10.0.0.{number}"},
            )
            statuses.append(status)

        assert statuses == [401] * 5 + [429]


async def test_a_wrong_login_reads_like_a_wrong_password_and_is_logged(place: Place) -> None:
    answers = [
        (await place.request("POST", "/console/login", json={"login": login, "password": "x"}))[:2]
        for login in ("lin", "nobody", "gone")
    ]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"login": "x" * 101, "password": "x"}, 413),
        ({"login": "x", "password": "x" * 201}, 413),
        ({"login": "x", "password": "x" * 5_000}, 413),
        ({"login": ["lin"], "password": {"$ne": ""}}, 401),
        ({}, 401),
    ],
)
async def test_a_malformed_login_is_refused(
    place: Place, body: dict[str, Any], status: int
) -> None:
    assert (await place.request("POST", "/console/login", json=body))[0] == status


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_form_of_a_foreign_page_signs_nobody_in(place: Place, kind: str) -> None:
    """Such a form can carry JSON, but cannot call it so without asking first."""
    for path in ("/console/login", "/api/widget/session", "/demo/sign-in"):
        status, body, _ = await place.request(
            "POST", path, data=b'{"login": "lin", "key": "k1"}', headers={"Content-Type": kind}
        )
        assert (status, body and body["error"]["code"]) == (400, "bad_request")


@pytest.mark.parametrize("raw", [b"", b"[]", b"7", b"{", b"\xff", b'{"a":' * 2_000, b"NaN"])
async def test_a_body_that_is_no_object_is_refused(place: Place, raw: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("/console/login", "/api/widget/session"):
        status, body, _ = await place.request("POST", path, data=raw, headers=headers)
        assert status in {400, 413}
        assert body is not None
        assert body["error"]["code"] in {"bad_request", "too_large"}


async def test_a_body_above_64_kb_is_refused(place: Place) -> None:
    status, _ = await place.session(context={"product_id": "x" * 70_000})

    assert status == 413


@pytest.mark.parametrize("path", sorted({route.split(" ")[1] for route in DEMO}))
async def test_demo_routes_exist_only_in_a_demo(tmp_path: Path, path: str) -> None:
    async with open_place(tmp_path / "real", demo=False) as place:
        for method in ("GET", "POST"):
            assert (await place.request(method, path))[0] == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Host": "shop.example"},
        {"Host": "127.0.0.1.shop.example"},
    ],
)
async def test_demo_routes_answer_only_this_machine_by_its_own_name(
    place: Place, headers: dict[str, str]
) -> None:
    """Not through a proxy, and not for a foreign name that was made to point here."""
    for method, path in (route.split(" ") for route in DEMO):
        status, _, _ = await place.request(method, path, headers=headers)
        assert status == 404, path


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("10.0.0.5", False),
        ("0.0.0.0", False),  # noqa: S104
        ("shop.example", False),
        ("", False),
        (None, False),
    ],
)
def test_here_is_this_machine(host: str | None, is_here: bool) -> None:
    assert _is_here(host) is is_here


async def test_a_demo_sign_in_knows_only_customers_of_the_demo(place: Place) -> None:
    for wanted in ("99999", None, ["88001"], {"a": 1}):
        answer = await place.request("POST", "/demo/sign-in", json={"customer_no": wanted})
        assert answer[0] == 404
