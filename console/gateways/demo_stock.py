"""What lies on the demo shop's shelves: variants, warehouses that serve some regions, arrivals."""

from __future__ import annotations

from datetime import datetime, timedelta

from console.desk.stock import StockLevel
from console.gateways.demo_catalogue import PRODUCTS

_EAST = ("上海", "江苏", "浙江", "安徽", "南京", "苏州", "无锡", "杭州", "宁波", "合肥")
_SOUTH = ("广东", "广西", "海南", "福建", "广州", "深圳", "佛山", "东莞", "厦门", "福州")
# product → (variant, pieces, regions, days until more arrives); the pieces sum to the product's.
_Row = tuple[str, int, tuple[str, ...], int | None]
_SHELVES: dict[str, tuple[_Row, ...]] = {
    "p101": (("月白 256G", 25, (), None), ("曜黑 256G", 15, (), None), ("雾蓝 256G", 0, (), 6)),
    "p102": (("雾蓝 128G", 40, (), None), ("曜黑 128G", 20, (), None)),
    "p103": (("黑色", 50, (), None), ("白色", 30, (), None)),
    "p104": (("橙色", 0, (), 5), ("黑色", 0, (), 5)),
    "p106": (("透明", 200, (), None), ("黑色", 100, (), None)),
    "p107": (("银色 16G+512G", 15, (), None), ("深灰 32G+1T", 0, (), 12)),
    "p109": (("黑色", 30, (), None), ("银色", 5, (), None)),
    "p201": (("白色", 45, (), None),),
    "p202": (("墨绿", 20, (), None), ("米白", 10, (), None)),
    # Large goods stand where they are delivered from.
    "p204": (("", 8, _EAST, None), ("", 4, _SOUTH, None)),
    "p207": (("粉色", 25, (), None), ("白色", 15, (), None)),
    "p301": (("米白 S", 12, (), None), ("米白 M", 20, (), None), ("米白 L", 8, (), None),
             ("雾蓝 M", 0, (), 7)),
    "p302": (("驼色 S", 6, (), None), ("驼色 M", 12, (), None), ("驼色 L", 0, (), 9)),
    "p303": (("蓝 M", 30, (), None), ("蓝 L", 40, (), None), ("白 XL", 20, (), None)),
    "p304": (("40 白", 10, (), None), ("41 白", 20, (), None), ("42 白", 25, (), None),
             ("43 白", 0, (), 4)),
    "p305": (("肤色 M", 25, (), None), ("肤色 L", 40, (), None), ("肤色 XL", 0, (), 8)),
    "p401": (("M", 20, (), None), ("L", 60, (), None), ("XL", 40, (), None), ("XXL", 0, (), 9)),
    "p404": (("石墨灰", 16, (), None), ("燕麦色", 0, (), 10)),
    "p406": (("奶白", 12, (), None), ("淡紫", 6, (), None)),
}  # fmt: skip


def demo_stock(now: datetime) -> list[StockLevel]:
    return [
        StockLevel(
            product_id=product.product_id,
            variant=variant,
            regions=regions,
            quantity=quantity,
            arrives_at=now + timedelta(days=days) if days is not None else None,
        )
        for product in PRODUCTS
        for variant, quantity, regions, days in _SHELVES.get(
            product.product_id, (("", product.stock, (), None),)
        )
    ]
