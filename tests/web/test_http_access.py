"""Every HTTP route: who may call it. A new route without a row here fails the first test."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import FormData

from console.desk.agent import Permission
from tests.given import LIN
from tests.web.place import ADMIN, CHEN, GONE, Browser, Console, Place


@dataclass(frozen=True)
class Public:
    """`status` of a plain call by anybody."""

    path: str = ""
    status: int = 200


@dataclass(frozen=True)
class ForVisitors:
    """Needs the bearer token of a widget."""


@dataclass(frozen=True)
class ForAgents:
    """`permission`: None for every agent. `body`: a call that would change something.

    `by_holder`: False where colleagues may, who do not hold the conversation.
    """

    permission: Permission | None = Permission.ANSWER
    query: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    admin_may: bool = False
    by_holder: bool = True


ANSWER, WATCH, MONEY = Permission.ANSWER, Permission.WATCH_ALL, Permission.MONEY
CONVERSATION = "/api/conversations/{conversation_id}"
ROUTES: dict[str, Public | ForVisitors | ForAgents] = {
    "GET /": Public(),
    "GET /art/{name}.svg": Public("/art/phones.svg"),
    "GET /console": Public(),  # the sign-in page for strangers
    "GET /demo/customers": Public(),
    "GET /demo/orders": Public(status=401),
    "GET /demo/products": Public(),
    "GET /healthz": Public(),
    "GET /patterns": Public(),
    "GET /static/{path}": Public("/static/assets/console-1.js"),
    "GET /widget.js": Public(),
    "GET /widget/frame": Public(),
    "GET /api/uploads/{upload_id}": Public("/api/uploads/up_1?until=9&sig=x", status=403),
    "POST /api/widget/session": Public(status=400),
    "POST /console/login": Public(status=400),
    "POST /demo/customers": Public(status=400),
    "POST /demo/sign-in": Public(status=400),
    "GET /socket.io/": Public("/socket.io/?EIO=3", status=400),
    "POST /socket.io/": Public("/socket.io/?EIO=4&transport=polling", status=400),
    "OPTIONS /socket.io/": Public("/socket.io/?EIO=4&transport=polling"),
    "POST /api/widget/uploads": ForVisitors(),
    "GET /api/me": ForAgents(None, admin_may=True),
    "POST /api/logout": ForAgents(None, admin_may=True),
    "GET /api/canned_responses": ForAgents(),
    "GET /api/conversations": ForAgents(query="?view=all"),
    f"GET {CONVERSATION}": ForAgents(WATCH),
    f"GET {CONVERSATION}/events": ForAgents(WATCH, query="?before=9"),
    f"GET {CONVERSATION}/trace": ForAgents(Permission.TRACE, admin_may=True),
    "GET /api/products": ForAgents(),
    "POST /api/uploads": ForAgents(query="?conversation_id={conversation_id}"),
    "POST /api/customers/{customer_id}/reveal": ForAgents(
        Permission.REVEAL, body={"field": "phone", "reason": "call back"}
    ),
    f"POST {CONVERSATION}/price_protection": ForAgents(MONEY, body={"key": "key-12345678"}),
    f"POST {CONVERSATION}/returns": ForAgents(MONEY, body={"key": "key-12345678"}),
    f"POST {CONVERSATION}/after_sale": ForAgents(
        Permission.APPROVE, body={"key": "key-12345678", "rma_no": "RMA1", "step": "arrived"}
    ),
    f"POST {CONVERSATION}/price_claims": ForAgents(
        Permission.APPROVE, body={"key": "key-12345678", "claim_id": "pc_1", "step": "approve"}
    ),
    f"POST {CONVERSATION}/trade_ins": ForAgents(
        Permission.APPROVE, body={"key": "key-12345678", "trade_in_no": "TI1", "step": "paid"}
    ),
    f"POST {CONVERSATION}/work_orders": ForAgents(
        body={"key": "key-12345678", "work_order_no": "TK1", "step": "done", "note": "好了"},
        by_holder=False,
    ),
    f"POST {CONVERSATION}/work_orders/reveal": ForAgents(
        Permission.REVEAL, body={"work_order_no": "TK1", "reason": "call back"}, by_holder=False
    ),
    f"POST {CONVERSATION}/known_answers": ForAgents(body={"text": "订单号是多少？"}),
    f"POST {CONVERSATION}/cards": ForAgents(body={"type": "product", "product_id": "p101"}),
}
OF_AGENTS = [name for name, rule in ROUTES.items() if isinstance(rule, ForAgents)]
WRITING = [name for name in OF_AGENTS if name.startswith("POST")]


def registered(place: Place) -> set[str]:
    return {
        f"{route.method} {route.resource.canonical}"
        for route in place.app.router.routes()
        if route.method != "HEAD" and route.resource is not None
    }


@dataclass
class Scene:
    place: Place
    browser: Browser
    lin: Console
    customer_id: str

    async def call(self, name: str, headers: dict[str, str]) -> tuple[int, dict[str, Any] | None]:
        method, _, path = name.partition(" ")
        rule = ROUTES[name]
        assert isinstance(rule, ForAgents)
        filled = (path + rule.query).format(
            conversation_id=self.browser.conversation_id, customer_id=self.customer_id
        )
        options = {"json": rule.body} if method == "POST" else {}
        status, body, _ = await self.place.request(method, filled, headers=headers, **options)
        return status, body


@pytest.fixture
async def scene(place: Place) -> Scene:
    """A customer's conversation that Lin holds."""
    browser, lin = await place.customer("88002"), await place.console(LIN)
    await place.held_by(lin, browser)
    detail = await lin.get(f"/api/conversations/{browser.conversation_id}")
    return Scene(place, browser, lin, detail["customer"]["id"])


def test_every_route_has_a_row_here(place: Place) -> None:
    assert registered(place) == set(ROUTES)


@pytest.mark.parametrize("name", [n for n, rule in ROUTES.items() if isinstance(rule, Public)])
async def test_a_public_route_answers_strangers(place: Place, name: str) -> None:
    method, _, path = name.partition(" ")
    rule = ROUTES[name]
    assert isinstance(rule, Public)
    before = await place.rows()

    status, body, _ = await place.request(method, rule.path or path)

    assert status == rule.status
    assert body is None or body.get("ok") is not False or "code" in body["error"]
    assert await place.rows() == before


@pytest.mark.parametrize("name", OF_AGENTS)
async def test_nobody_else_passes_for_an_agent(scene: Scene, name: str) -> None:
    """A stranger, a customer with a token, a made-up session, and an agent who was disabled."""
    gone = await scene.place.console(GONE)
    made_up = {"Cookie": "baton_session=made-up", "X-Baton-Csrf": "made-up"}
    before = await scene.place.rows()

    answers = [
        await scene.call(name, headers)
        for headers in ({}, scene.browser.bearer, made_up, gone.headers)
    ]

    assert [status for status, _ in answers] == [401, 401, 401, 401]
    assert {body["error"]["code"] for _, body in answers if body} == {"not_signed_in"}
    assert await scene.place.rows() == before


@pytest.mark.parametrize("name", OF_AGENTS)
async def test_an_agent_needs_the_permission(scene: Scene, name: str) -> None:
    """An administrator has users and traces, no conversations and no money."""
    rule = ROUTES[name]
    assert isinstance(rule, ForAgents)
    admin = await scene.place.console(ADMIN)
    before = await scene.place.rows()

    status, body = await scene.call(name, admin.headers)

    if rule.admin_may:
        assert status == 200
    else:
        assert (status, body and body["error"]["code"]) == (403, "not_allowed")
        assert await scene.place.rows() == before


@pytest.mark.parametrize("name", WRITING)
async def test_a_write_needs_the_csrf_token(scene: Scene, name: str) -> None:
    given = [{}, *({"X-Baton-Csrf": csrf} for csrf in ("", "wrong", "\udcff"))]
    before = await scene.place.rows()

    answers = [await scene.call(name, {**scene.lin.cookie, **csrf}) for csrf in given]

    assert [status for status, _ in answers] == [403, 403, 403, 403]
    assert {body["error"]["code"] for _, body in answers if body} == {"not_allowed"}
    assert await scene.place.rows() == before


# Neither reads a body of JSON: pictures have a limit of their own (test_pictures.py).
WITHOUT_A_BODY = {"POST /api/logout", "POST /api/uploads"}


@pytest.mark.parametrize("name", [name for name in WRITING if name not in WITHOUT_A_BODY])
async def test_a_write_takes_no_body_above_the_limit(scene: Scene, name: str) -> None:
    """Of somebody who may do all of it, so that it is the size that is refused."""
    method, _, path = name.partition(" ")
    lead = await scene.place.console(CHEN)
    await scene.place.held_by(lead, scene.browser)
    rule = ROUTES[name]
    assert isinstance(rule, ForAgents)
    filled = path.format(
        conversation_id=scene.browser.conversation_id, customer_id=scene.customer_id
    )
    before = await scene.place.rows()

    status, body, _ = await scene.place.request(
        method, filled, headers=lead.headers, json={**rule.body, "more": "x" * 65_536}
    )

    assert (status, body and body["error"]["code"]) == (413, "too_large")
    assert await scene.place.rows() == before


def _is_for_the_holder(name: str) -> bool:
    rule = ROUTES[name]
    is_about_one = "conversation" in name + str(rule)
    return isinstance(rule, ForAgents) and is_about_one and rule.by_holder


@pytest.mark.parametrize("name", [name for name in WRITING if _is_for_the_holder(name)])
async def test_only_the_holder_acts_on_a_conversation(scene: Scene, name: str) -> None:
    """For everybody else it reads like a conversation that does not exist."""
    lead = await scene.place.console(CHEN)
    before = await scene.place.rows()

    somebody_elses = await scene.call(name, lead.headers)
    scene.browser.conversation_id = "co_none"

    assert somebody_elses == await scene.call(name, lead.headers)
    assert somebody_elses[0] == 404
    assert await scene.place.rows() == before


async def test_pictures_are_for_browsers_with_a_token(place: Place) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic x"}):
        form = FormData({"file": io.BytesIO(b"x")})
        status, body, _ = await place.request(
            "POST", "/api/widget/uploads", headers=headers, data=form
        )
        assert (status, body and body["error"]["code"]) == (401, "not_signed_in")
