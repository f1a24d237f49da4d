"""What every answer tells browsers to be careful about, and in which language it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.services.password import hash_password
from console.storage.agent import set_password
from tests.given import LIN
from tests.web.place import Place, open_place
from tests.web.test_http_access import ROUTES, Public

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-src 'self'; frame-ancestors {}"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SHOP = "https://shop.example"
NOT_KEPT = ("/api/", "/console", "/demo")


def address(name: str) -> tuple[str, str]:
    """Any call of the route: refusals carry the headers too."""
    method, _, path = name.partition(" ")
    rule = ROUTES[name]
    path = (rule.path if isinstance(rule, Public) else "") or path
    for part in ("conversation_id", "customer_id", "upload_id"):
        path = path.replace(f"{{{part}}}", "x")
    return method, path


async def test_every_route_answers_with_careful_headers(place: Place) -> None:
    for name in ROUTES:
        method, path = address(name)
        _, _, response = await place.request(method, path)

        ancestors = "'self'" if path == "/widget/frame" else "'none'"
        expected = {"Content-Security-Policy": POLICY.format(ancestors), **EVERYWHERE}
        assert {key: response.headers.get(key) for key in expected} == expected, name
        is_private = path.startswith(NOT_KEPT)
        assert (response.headers.get("Cache-Control") == "no-store") == is_private, name


async def test_no_route_answers_other_origins(place: Place) -> None:
    for name in ROUTES:
        method, path = address(name)
        _, _, response = await place.request(method, path, headers={"Origin": SHOP})

        assert "Access-Control-Allow-Origin" not in response.headers, name
        assert "Access-Control-Allow-Credentials" not in response.headers, name


@pytest.mark.parametrize("path", ["/nothing", "/api/nothing", "/static/nothing.js", "/console/x"])
async def test_an_unknown_address_is_refused_with_the_same_headers(place: Place, path: str) -> None:
    status, body, response = await place.request("GET", path)

    assert (status, body and body["error"]["code"]) == (404, "not_found")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == POLICY.format("'none'")


async def test_only_named_pages_may_frame_the_widget(tmp_path: Path) -> None:
    async with open_place(tmp_path / "other", widget_origins=(SHOP,)) as place:
        _, _, frame = await place.request("GET", "/widget/frame")
        _, _, console = await place.request("GET", "/console")

    assert frame.headers["Content-Security-Policy"].endswith(f"frame-ancestors 'self' {SHOP}")
    assert console.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")


@pytest.mark.parametrize("path", ["/console", "/patterns", "/widget/frame", "/"])
async def test_a_page_holds_no_inline_script_and_nothing_of_the_request(
    place: Place, path: str
) -> None:
    evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    async with place.http.get(f"{place.url}{path}?lang={evil}&key={evil}#{evil}") as response:
        text = await response.text()

    assert "alert(1)" not in text
    assert [part for part in text.split("<script")[1:] if "src=" not in part.split(">")[0]] == []
    assert " on" not in text.replace(" one", "") or "onclick" not in text


async def signed_in_cookie(place: Place, **headers: str) -> Any:
    password_hash = hash_password("correct-horse-battery")
    await place.desk.database.write(lambda tx: set_password(tx, LIN.id, password_hash))
    body = {"login": "lin", "password": "correct-horse-battery"}
    status, _, response = await place.request("POST", "/console/login", json=body, headers=headers)
    assert status == 200
    return response.cookies["baton_session"]


async def test_the_session_cookie_is_for_this_site_and_not_for_scripts(place: Place) -> None:
    cookie = await signed_in_cookie(place)

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", "/")
    assert (cookie["domain"], cookie["max-age"]) == ("", "43200")


async def test_the_cookie_is_only_for_tls_behind_a_trusted_proxy(tmp_path: Path) -> None:
    async with open_place(tmp_path / "tls", trusted_proxies=("127.0.0.1",)) as place:
        behind_tls = await signed_in_cookie(place, **{"X-Forwarded-Proto": "https"})
    async with open_place(tmp_path / "plain") as place:
        claimed = await signed_in_cookie(place, **{"X-Forwarded-Proto": "https"})

    assert (behind_tls["secure"], claimed["secure"]) == (True, "")


async def test_signing_out_ends_cookie_and_session(place: Place) -> None:
    lin = await place.console(LIN)
    socket = await lin.socket()

    status, _, response = await place.request("POST", "/api/logout", headers=lin.headers)

    assert status == 200
    assert response.cookies["baton_session"]["max-age"] == "0"
    assert (await place.request("GET", "/api/me", headers=lin.headers))[0] == 401
    await socket.client.wait()  # ends with the connection
    assert not socket.client.connected


@pytest.mark.parametrize(
    ("query", "accepts", "message"),
    [
        ("", None, "没有找到。"),
        ("", "zh-CN,zh;q=0.9", "没有找到。"),
        ("", "en-GB,en;q=0.9", "We couldn't find that."),
        ("?lang=en", "zh-CN", "We couldn't find that."),
        ("?lang=zh", "en-GB", "没有找到。"),
    ],
)
async def test_a_refusal_is_in_the_readers_language(
    place: Place, query: str, accepts: str | None, message: str
) -> None:
    headers = {"Accept-Language": accepts} if accepts else {}

    _, body, _ = await place.request("GET", f"/api/nothing{query}", headers=headers)

    assert body is not None
    assert body["error"]["message"] == message


@pytest.mark.parametrize("namespace", ["/customer", "/agent"])
async def test_a_socket_is_refused_in_the_readers_language(place: Place, namespace: str) -> None:
    told = [
        (await place.refusal(namespace, headers={"Accept-Language": accepts}))["data"]["message"]
        for accepts in ("zh-CN", "en-GB")
    ]

    assert told == ["登录已失效或信息不正确，请重新登录。", "Please sign in again."]


async def test_a_command_is_refused_in_the_language_of_the_conversation(place: Place) -> None:
    told = []
    for lang in ("zh", "en"):
        socket = await (await place.visitor(lang=lang)).socket()
        told.append((await socket.ask("post_message", {}))["error"]["message"])

    assert told == [
        "内容格式不对，请检查后再试。",
        "Something in the request is off. Please check it.",
    ]


@pytest.mark.parametrize("name", ["%00", "%2e%2e/%2e%2e/app.py", "..%2f..%2fapp.py", "x" * 5_000])
async def test_no_name_leads_out_of_the_bundled_files(place: Place, name: str) -> None:
    from yarl import URL  # only here: nothing may be decoded on the way

    async with place.http.get(URL(f"{place.url}/static/{name}", encoded=True)) as response:
        assert response.status == 404
