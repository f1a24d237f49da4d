"""The demo shop's own server side. These routes exist only with `--demo`, only on loopback."""

from __future__ import annotations

import ipaddress

from aiohttp import web

from console.desk.errors import NotFound
from console.desk.identity import new_id
from console.gateways.customer_jwt import read_customer_jwt, sign_customer_jwt
from console.gateways.demo_people import CUSTOMERS
from console.services.cards import order_card, product_list_card
from console.web.keys import DESK
from console.web.pages import page
from console.web.request import language_of, read_json


def _only_here(request: web.Request) -> None:
    """Demo sign-in needs no password, so it answers nobody but this machine."""
    try:
        is_here = ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        is_here = False
    if not is_here or "X-Forwarded-For" in request.headers:
        raise NotFound()


async def get_shop(request: web.Request) -> web.Response:
    _only_here(request)
    kid = next(iter(request.app[DESK].settings.widget_keys))
    return page(request, "shop.html", desk_origin="", widget_key=kid)


async def get_products(request: web.Request) -> web.Response:
    _only_here(request)
    products = await request.app[DESK].shop.catalogue()
    card = product_list_card(products, language_of(request))
    return web.json_response({"ok": True, "products": card["products"]})


async def get_customers(request: web.Request) -> web.Response:
    _only_here(request)
    return web.json_response(
        {
            "ok": True,
            "customers": [
                {"customer_no": one.customer_no, "name": one.name, "level": one.member_level}
                for one in CUSTOMERS
            ],
        }
    )


async def post_sign_in(request: web.Request) -> web.Response:
    """Signs as a shop's own server would."""
    _only_here(request)
    desk = request.app[DESK]
    wanted = (await read_json(request, 1_024)).get("customer_no")
    if wanted not in {one.customer_no for one in CUSTOMERS}:
        raise NotFound("customer")
    kid, key = next(iter(desk.settings.widget_keys.items()))
    jwt = sign_customer_jwt(str(wanted), kid, key, "demo-shop", new_id("jti"), desk.clock.now())
    return web.json_response({"ok": True, "jwt": jwt})


async def get_orders(request: web.Request) -> web.Response:
    _only_here(request)
    desk = request.app[DESK]
    _, _, token = request.headers.get("Authorization", "").partition(" ")
    sign_in = read_customer_jwt(token, desk.settings.widget_keys, desk.clock.now())
    orders = await desk.shop.orders_of(sign_in.customer_no)
    lang = language_of(request)
    return web.json_response({"ok": True, "orders": [order_card(order, lang) for order in orders]})


def add_routes(app: web.Application) -> None:
    app.router.add_get("/", get_shop)
    app.router.add_get("/demo/products", get_products)
    app.router.add_get("/demo/customers", get_customers)
    app.router.add_get("/demo/orders", get_orders)
    app.router.add_post("/demo/sign-in", post_sign_in)
