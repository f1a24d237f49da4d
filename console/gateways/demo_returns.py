"""Where the sellers of the demo shop take goods back; the pet shop does so by courier only."""

from __future__ import annotations

from console.desk.product import SELF_OPERATED
from console.gateways.shop import ReturnAddress

RETURN_ADDRESSES = {
    SELF_OPERATED: ReturnAddress(
        receiver="拾光自营退货组",
        phone="020-5550-0101",
        address="广东省佛山市南海区示例大道 88 号 3 号库",
    ),
    "s_qinglan": ReturnAddress(
        receiver="青岚衣橱售后部",
        phone="0571-5550-0202",
        address="浙江省杭州市余杭区样板路 12 号 2 楼",
    ),
}
