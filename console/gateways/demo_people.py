"""Customers and orders of the demo shop, in times before and after the moment of seeding."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from console.desk.money import gross, shares
from console.desk.order import (
    Order,
    OrderLine,
    OrderState,
    Parcel,
    ParcelEvent,
    ParcelState,
    Payment,
    PaymentSource,
)
from console.desk.product import SELF_OPERATED, PriceKind, public_price
from console.gateways.demo_catalogue import PRODUCTS_BY_ID, STORES, price_history
from console.gateways.demo_goods_data import variant_in_english
from console.gateways.shop import ShopCustomer

CUSTOMERS = tuple(
    ShopCustomer(customer_no=no, name=name, phone=phone, member_level=level)
    for no, name, phone, level in (
        ("88001", "林晓雨", "13800001001", 2),
        ("88002", "陈嘉树", "13800001002", 4),
        ("88003", "周明远", "13800001003", 7),
        ("88004", "何念慈", "13800001004", 5),
        ("88005", "欧阳静", "13800001005", 1),
        ("88006", "赵一帆", "13800001006", 0),
        ("88007", "孙可心", "13800001007", 3),
        ("88008", "马思源", "13800001008", 6),
        ("88009", "郑安宁", "13800001009", 2),
        ("88021", "顾南乔", "13800001021", 3),
        ("88022", "苏以宁", "13800001022", 2),
        ("88010", "许若彤", "13800001010", 4),
        ("88011", "沈知行", "13800001011", 1),
    )
)
_ADDRESSES = {
    "88001": "浙江省杭州市西湖区示例路 1 号 2 幢 301",
    "88002": "江苏省苏州市姑苏区样板街 8 号",
    "88003": "上海市浦东新区演示大道 66 号 18 楼",
    "88004": "广东省广州市天河区试用路 20 号",
    "88005": "四川省成都市锦江区范例巷 5 号",
    "88006": "湖北省武汉市洪山区练习路 9 号",
    "88007": "北京市朝阳区样例园 3 号楼",
    "88008": "陕西省西安市雁塔区模拟路 12 号",
    "88009": "福建省厦门市思明区参考街 7 号",
    "88022": "上海市徐汇区草稿路 77 弄 6 号 401",
    "88021": "浙江省杭州市滨江区标本路 30 号 5 幢 902",
    "88010": "浙江省杭州市上城区样品路 15 号",
    "88011": "四川省成都市青羊区示范街 40 号",
}
_ORIGINS = {SELF_OPERATED: "杭州", "s_qinglan": "广州", "s_maoqiu": "成都"}
_CARRIERS = (("疾风速运", "Swiftwind Express"), ("青鸟物流", "Bluebird Logistics"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    product_id: str
    variant: str = ""
    quantity: int = 1
    kind: PriceKind = PriceKind.PUBLIC
    is_confirmed: bool = False  # told at purchase that unsealed goods stay


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sketch:
    """`placed`, `signed`, `promised`: days before seeding; negative lies ahead.

    `parcels`: the items in each parcel by position, with that parcel's state.
    """

    order_no: str
    customer_no: str
    state: OrderState
    placed: float
    items: tuple[_Item, ...]
    signed: float | None = None
    promised: float | None = None
    coupon_fen: int = 0
    freight_fen: int = 0
    paid_by: tuple[tuple[PaymentSource, int], ...] = ()  # before the rest goes to the card
    last_source: PaymentSource = PaymentSource.CARD
    was_paid: bool = True
    parcels: tuple[tuple[tuple[int, ...], ParcelState], ...] = field(default=())
    silent_h: float = 1  # since the last scan of what is under way


_S = OrderState
_P = ParcelState
SKETCHES = (
    # Two parcels: the small things were signed for yesterday, the phone is on its way.
    _Sketch(order_no="620026071317", customer_no="88001", state=_S.IN_TRANSIT, placed=4,
            items=(_Item(product_id="p102", variant="雾蓝 128G"), _Item(product_id="p105"),
                   _Item(product_id="p106", variant="透明", quantity=2)),
            signed=1, promised=-1, paid_by=((PaymentSource.POINTS, 5_00),),
            parcels=(((1, 2), _P.SIGNED), ((0,), _P.IN_TRANSIT))),
    _Sketch(order_no="620026072458", customer_no="88001", state=_S.SIGNED, placed=4,
            items=(_Item(product_id="p301", variant="米白 M"),), signed=1, freight_fen=10_00,
            last_source=PaymentSource.E_WALLET),
    _Sketch(order_no="620026073096", customer_no="88001", state=_S.UNPAID, placed=0.02,
            items=(_Item(product_id="p109", variant="黑色"),), was_paid=False),
    # Bought before prices fell: several lines, each with its own answer.
    _Sketch(order_no="620026074721", customer_no="88002", state=_S.SIGNED, placed=6,
            items=(_Item(product_id="p201", variant="白色"),
                   _Item(product_id="p401", quantity=3, variant="L"), _Item(product_id="p206"),
                   _Item(product_id="p203", kind=PriceKind.GROUP_BUY)),
            signed=3, coupon_fen=30_00, paid_by=((PaymentSource.BALANCE, 100_00),)),
    _Sketch(order_no="620026075183", customer_no="88002", state=_S.SIGNED, placed=5,
            items=(_Item(product_id="p501", quantity=2),), signed=2,
            last_source=PaymentSource.E_WALLET),
    _Sketch(order_no="620026075864", customer_no="88002", state=_S.SIGNED, placed=24,
            items=(_Item(product_id="p101", variant="月白 256G"),), signed=20),
    _Sketch(order_no="620026076240", customer_no="88002", state=_S.SIGNED, placed=7,
            items=(_Item(product_id="p104", variant="橙色"),), signed=4),
    # Above 2000.00 yuan, and a price drop that only a person may pay.
    _Sketch(order_no="620026076935", customer_no="88003", state=_S.SIGNED, placed=4,
            items=(_Item(product_id="p107", variant="银色 16G+512G"),), signed=1,
            paid_by=((PaymentSource.GIFT_CARD, 500_00),)),
    _Sketch(order_no="620026077402", customer_no="88003", state=_S.IN_TRANSIT, placed=2,
            items=(_Item(product_id="p204"),), promised=-1),
    _Sketch(order_no="620026077819", customer_no="88004", state=_S.PAID, placed=0.2,
            items=(_Item(product_id="p404", variant="石墨灰"), _Item(product_id="p402")),
            promised=-3, coupon_fen=40_00, last_source=PaymentSource.E_WALLET),
    _Sketch(order_no="620026078251", customer_no="88004", state=_S.DELIVERING, placed=3,
            items=(_Item(product_id="p403", quantity=2, is_confirmed=True),), promised=-0.3),
    # Goods of a third-party seller.
    _Sketch(order_no="620026078673", customer_no="88005", state=_S.SIGNED, placed=5,
            items=(_Item(product_id="p502"),), signed=2, freight_fen=12_00),
    _Sketch(order_no="620026079015", customer_no="88005", state=_S.PICKED, placed=1,
            items=(_Item(product_id="p503"), _Item(product_id="p504")), promised=-2),
    # Eight days since signing: too late for a change of mind, not for an exchange.
    _Sketch(order_no="620026079548", customer_no="88006", state=_S.SIGNED, placed=11,
            items=(_Item(product_id="p202", variant="墨绿"),), signed=8),
    _Sketch(order_no="620026079987", customer_no="88006", state=_S.CANCELLED, placed=6,
            items=(_Item(product_id="p303", variant="蓝 L"),), was_paid=False),
    # A refund under way (RUNNING_REFUND) and an order in the warehouse.
    _Sketch(order_no="620026080364", customer_no="88007", state=_S.CANCELLED, placed=2,
            items=(_Item(product_id="p302", variant="驼色 S"),), freight_fen=10_00,
            paid_by=((PaymentSource.POINTS, 20_00),)),
    _Sketch(order_no="620026080729", customer_no="88007", state=_S.PICKED, placed=0.6,
            items=(_Item(product_id="p207", variant="粉色"),), promised=-2),
    # Late, and fresh goods that were signed for today.
    _Sketch(order_no="620026081156", customer_no="88008", state=_S.IN_TRANSIT, placed=6,
            items=(_Item(product_id="p304", variant="42 白"),), promised=1),
    _Sketch(order_no="620026081690", customer_no="88008", state=_S.SIGNED, placed=2,
            items=(_Item(product_id="p603"), _Item(product_id="p601")), signed=0.2),
    # Two things of 300.00 and 100.00, coupon 40.00, freight 10.00; and goods worn on the skin.
    _Sketch(order_no="620026082034", customer_no="88009", state=_S.SIGNED, placed=4,
            items=(_Item(product_id="p205"), _Item(product_id="p206")), signed=1,
            coupon_fen=40_00, freight_fen=10_00),
    _Sketch(order_no="620026082571", customer_no="88009", state=_S.SIGNED, placed=5,
            items=(_Item(product_id="p305", variant="肤色 L", is_confirmed=True),), signed=2),
    # Parcels that stand still: for two days from another city, for a day within one, for a week.
    _Sketch(order_no="620026085103", customer_no="88021", state=_S.IN_TRANSIT, placed=5,
            items=(_Item(product_id="p301", variant="米白 S"),), promised=-1, silent_h=50),
    _Sketch(order_no="620026085548", customer_no="88021", state=_S.IN_TRANSIT, placed=3,
            items=(_Item(product_id="p108"),), promised=-1, silent_h=26),
    _Sketch(order_no="620026085926", customer_no="88021", state=_S.IN_TRANSIT, placed=10,
            items=(_Item(product_id="p602"),), promised=6, silent_h=170),
    # Signed for twenty days ago: too late to say that it never came.
    _Sketch(order_no="620026086371", customer_no="88021", state=_S.SIGNED, placed=23,
            items=(_Item(product_id="p604"),), signed=20),
    # Something to feed with, a month old, and nappies that got too small; own couriers deliver.
    _Sketch(order_no="620026083017", customer_no="88010", state=_S.SIGNED, placed=33,
            items=(_Item(product_id="p406", variant="奶白"),), signed=30),
    _Sketch(order_no="620026083452", customer_no="88010", state=_S.SIGNED, placed=23,
            items=(_Item(product_id="p401", quantity=2, variant="L"),), signed=20),
    # Earphones under warranty, a rice cooker beyond it, and cheap or perishable things of today.
    _Sketch(order_no="620026083988", customer_no="88011", state=_S.SIGNED, placed=103,
            items=(_Item(product_id="p103", variant="黑色"),), signed=100),
    _Sketch(order_no="620026084315", customer_no="88011", state=_S.SIGNED, placed=403,
            items=(_Item(product_id="p202", variant="米白"),), signed=400),
    _Sketch(order_no="620026084760", customer_no="88011", state=_S.SIGNED, placed=2,
            items=(_Item(product_id="p701"), _Item(product_id="p206"),
                   _Item(product_id="p603")), signed=0.5),
    # Trouble with payments: taken but unpaid, refused by the bank, taken twice; ordered twice.
    _Sketch(order_no="620026087014", customer_no="88022", state=_S.UNPAID, placed=0.05,
            items=(_Item(product_id="p602"),), was_paid=False),
    _Sketch(order_no="620026087458", customer_no="88022", state=_S.UNPAID, placed=0.03,
            items=(_Item(product_id="p604"),), was_paid=False),
    _Sketch(order_no="620026087890", customer_no="88022", state=_S.PAID, placed=0.3,
            items=(_Item(product_id="p206"),), promised=-2),
    _Sketch(order_no="620026088235", customer_no="88022", state=_S.PAID, placed=0.100,
            items=(_Item(product_id="p303", variant="蓝 M", quantity=2),), promised=-3),
    _Sketch(order_no="620026088677", customer_no="88022", state=_S.PAID, placed=0.097,
            items=(_Item(product_id="p303", variant="蓝 M", quantity=2),), promised=-3),
)  # fmt: skip
RUNNING_REFUND = ("620026080364", timedelta(days=1))  # cancelled and refunded a day ago


def demo_orders(now: datetime) -> list[Order]:
    return [_order(sketch, now) for sketch in SKETCHES]


def _days(now: datetime, before: float | None) -> datetime | None:
    return None if before is None else now - timedelta(days=before)


def _order(sketch: _Sketch, now: datetime) -> Order:
    placed_at = now - timedelta(days=sketch.placed)
    lines = _lines(sketch, placed_at, now)
    seller = PRODUCTS_BY_ID[sketch.items[0].product_id].seller_id
    customer = next(one for one in CUSTOMERS if one.customer_no == sketch.customer_no)
    order = Order(
        order_no=sketch.order_no,
        customer_no=sketch.customer_no,
        state=sketch.state,
        placed_at=placed_at,
        lines=lines,
        seller_id=seller,
        store_name=STORES[seller][0],
        store_name_en=STORES[seller][1],
        paid_at=placed_at + timedelta(minutes=3) if sketch.was_paid else None,
        promised_at=_days(now, sketch.promised),
        cancelled_at=now - timedelta(days=1) if sketch.state is OrderState.CANCELLED else None,
        freight_fen=sketch.freight_fen,
        parcels=_parcels(sketch, lines, now),
        receiver_name=customer.name,
        receiver_phone=customer.phone,
        receiver_address=_ADDRESSES[sketch.customer_no],
    )
    return _with_payments(order, sketch) if sketch.was_paid else order


def _lines(sketch: _Sketch, placed_at: datetime, now: datetime) -> tuple[OrderLine, ...]:
    history = price_history(now)
    lines = []
    for position, item in enumerate(sketch.items, start=1):
        product = PRODUCTS_BY_ID[item.product_id]
        points = [point for point in history if point.product_id == item.product_id]
        lines.append(
            OrderLine(
                line_id=f"{sketch.order_no}-{position}",
                product_id=item.product_id,
                title=product.title,
                title_en=product.title_en,
                variant=item.variant,
                variant_en=variant_in_english(item.product_id, item.variant),
                quantity=item.quantity,
                unit_fen=public_price(points, placed_at) or product.price_fen,
                category=product.category,
                price_kind=item.kind,
                no_return_ack_at=placed_at if item.is_confirmed else None,
                image=product.image,
            )
        )
    return _with_coupon(lines, sketch.coupon_fen)


def _with_coupon(lines: list[OrderLine], coupon_fen: int) -> tuple[OrderLine, ...]:
    parts = shares(coupon_fen, [gross(line) for line in lines])
    return tuple(replace(line, coupon_fen=part) for line, part in zip(lines, parts, strict=True))


def _with_payments(order: Order, sketch: _Sketch) -> Order:
    rest = order.total_fen - sum(amount for _, amount in sketch.paid_by)
    used = (*sketch.paid_by, (sketch.last_source, rest))
    payments = (
        Payment(source, amount, position=position) for position, (source, amount) in enumerate(used)
    )
    return replace(order, payments=tuple(payments))


def _parcels(sketch: _Sketch, lines: tuple[OrderLine, ...], now: datetime) -> tuple[Parcel, ...]:
    return tuple(
        _parcel(sketch, number, state, tuple(lines[at].line_id for at in positions), now)
        for number, (positions, state) in enumerate(_packing(sketch))
    )


def _packing(sketch: _Sketch) -> tuple[tuple[tuple[int, ...], ParcelState], ...]:
    """Everything in one parcel unless the sketch says otherwise; none before shipping."""
    state = {
        OrderState.IN_TRANSIT: ParcelState.IN_TRANSIT,
        OrderState.DELIVERING: ParcelState.DELIVERING,
        OrderState.SIGNED: ParcelState.SIGNED,
    }.get(sketch.state)
    if sketch.parcels or state is None:
        return sketch.parcels
    return ((tuple(range(len(sketch.items))), state),)


def _parcel(
    sketch: _Sketch, number: int, state: ParcelState, line_ids: tuple[str, ...], now: datetime
) -> Parcel:
    carrier, carrier_en = _CARRIERS[number % len(_CARRIERS)]
    signed_at = _days(now, sketch.signed) if state is ParcelState.SIGNED else None
    return Parcel(
        waybill_no=f"{'JF' if number % 2 == 0 else 'QN'}{sketch.order_no[-9:]}{number + 1}",
        carrier=carrier,
        carrier_en=carrier_en,
        state=state,
        line_ids=line_ids,
        promised_at=_days(now, sketch.promised),
        signed_at=signed_at,
        events=_trace(sketch, state, signed_at, now),
        origin_city=_ORIGINS[PRODUCTS_BY_ID[sketch.items[0].product_id].seller_id],
    )


_SCANS = (
    ("仓库", "Warehouse", "包裹已出库，等待揽收", "On its way out, waiting for the carrier"),
    ("始发站", "First station", "快递员已揽收", "Collected by the carrier"),
    ("分拨中心", "Sorting centre", "到达分拨中心，正在中转", "Arrived and being sorted"),
    ("派送站", "Local station", "到达派送站，快递员正在派送", "Out for delivery"),
    ("门口", "At the door", "已签收，感谢使用", "Delivered and signed for"),
)
_SCANNED = {ParcelState.PACKED: 1, ParcelState.IN_TRANSIT: 3, ParcelState.DELIVERING: 4,
            ParcelState.SIGNED: 5}  # fmt: skip


def _trace(
    sketch: _Sketch, state: ParcelState, signed_at: datetime | None, now: datetime
) -> tuple[ParcelEvent, ...]:
    """Scans spread between ordering and signing (or an hour ago)."""
    begin = now - timedelta(days=sketch.placed) + timedelta(hours=2)
    end = signed_at or now - timedelta(hours=sketch.silent_h)
    count = _SCANNED[state]
    step = (end - begin) / max(count - 1, 1)
    return tuple(
        ParcelEvent(
            at=begin + step * at, place=place, place_en=place_en, text=text, text_en=text_en
        )
        for at, (place, place_en, text, text_en) in enumerate(_SCANS[:count])
    )
