"""The demo shop's own server side. These routes exist only with `--demo`, only on loopback."""

from __future__ import annotations

import ipaddress

from aiohttp import web

from console.desk.errors import NotFound
from console.desk.identity import new_id
from console.desk.product import Product
from console.gateways.customer_jwt import read_customer_jwt, sign_customer_jwt
from console.gateways.demo_catalogue import STORES
from console.gateways.demo_people import CUSTOMERS
from console.services.cards import order_card, product_list_card
from console.services.fresh_shopper import fresh_shopper
from console.web.keys import DESK, LIMITS
from console.web.pages import page
from console.web.request import language_of, read_json

_PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")

# What each customer is good for trying, beside their name on the shop's page.
_TRY = {
    "88001": ("两个包裹", "two parcels"),
    "88002": ("买后降价", "price drops"),
    "88003": ("大额订单", "a large order"),
    "88004": ("可取消", "can cancel"),
    "88005": ("第三方商家", "third-party goods"),
    "88006": ("签收 8 天", "8 days after delivery"),
    "88007": ("退款中", "refund under way"),
    "88008": ("物流晚了", "a late parcel"),
    "88009": ("昨天签收", "delivered yesterday"),
    "88010": ("换尺码、上门换新", "size swap, exchange at the door"),
    "88011": ("保修与小额问题", "warranty and small damage"),
    "88021": ("包裹不动了", "a parcel that stands still"),
    "88022": ("付款出了问题", "trouble with payments"),
}


def _only_here(request: web.Request) -> None:
    """Demo sign-in needs no password, so it answers nobody but this machine."""
    is_forwarded = any(name in request.headers for name in _PROXY_HEADERS)
    if is_forwarded or not _is_here(request.remote) or not _is_here(request.url.host):
        raise NotFound()


def _is_here(host: str | None) -> bool:
    """The name counts too: a foreign page may point its own name at this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


async def get_shop(request: web.Request) -> web.Response:
    _only_here(request)
    kid = next(iter(request.app[DESK].settings.widget_keys))
    return page(request, "shop.html", desk_origin="", widget_key=kid)


async def get_products(request: web.Request) -> web.Response:
    _only_here(request)
    products = await request.app[DESK].shop.catalogue()
    lang = language_of(request)
    cards = product_list_card(products, lang)["products"]
    shown = [{**card, **_on_sale(one, lang)} for card, one in zip(cards, products, strict=True)]
    return web.json_response({"ok": True, "products": shown})


def _on_sale(product: Product, lang: str) -> dict[str, object]:
    """What only the shop's own page tells: who sells it, and whether there is any."""
    store = STORES[product.seller_id][lang == "en"]
    return {"seller_type": product.seller_type, "store_name": store, "stock": product.stock}


async def get_customers(request: web.Request) -> web.Response:
    _only_here(request)
    is_english = language_of(request) == "en"
    return web.json_response(
        {
            "ok": True,
            "customers": [
                {
                    "customer_no": one.customer_no,
                    "name": one.name,
                    "level": one.member_level,
                    "note": _TRY[one.customer_no][is_english],
                }
                for one in CUSTOMERS
            ],
        }
    )


async def post_customers(request: web.Request) -> web.Response:
    """A fresh customer with the orders of a known one, for somebody who wants to try things."""
    _only_here(request)
    desk = request.app[DESK]
    like, now = str((await read_json(request, 1_024)).get("like")), desk.clock.now()
    request.app[LIMITS].demo_customers.take("")  # all are this machine
    customer_no, numbers = await desk.database.write(lambda tx: fresh_shopper(tx, like, now))
    return web.json_response({"ok": True, "customer_no": customer_no, "numbers": numbers})


async def post_sign_in(request: web.Request) -> web.Response:
    """Signs as a shop's own server would."""
    _only_here(request)
    desk = request.app[DESK]
    wanted = str((await read_json(request, 1_024)).get("customer_no"))
    if wanted not in {one.customer_no for one in CUSTOMERS}:
        raise NotFound("customer")
    kid, key = next(iter(desk.settings.widget_keys.items()))
    jwt = sign_customer_jwt(wanted, kid, key, "demo-shop", new_id("jti"), desk.clock.now())
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
    app.router.add_post("/demo/customers", post_customers)
    app.router.add_get("/demo/orders", get_orders)
    app.router.add_post("/demo/sign-in", post_sign_in)
