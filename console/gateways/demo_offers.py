"""Promotions and coupons of the demo shop, in times before and after the moment of seeding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from console.desk.coupon import Coupon
from console.desk.product import SELF_OPERATED, Category
from console.desk.promotion import Deposit, Promotion, PromotionKind
from console.desk.words import Words

_K = PromotionKind


def demo_promotions(now: datetime) -> tuple[Promotion, ...]:
    def day(days: float) -> datetime:
        return now + timedelta(days=days)

    deposit = Deposit(
        deposit_fen=100_00, counts_fen=200_00, rest_from=day(4), rest_until=day(6),
        refund=Words("付尾款前自己取消，定金不退；我们的原因发不了货，定金全退",
                     "The deposit stays with us if you cancel before paying the rest, and comes "
                     "back in full if we cannot deliver"),
    )  # fmt: skip
    return (
        Promotion(promotion_id="pm_qinglan_40", kind=_K.AMOUNT_OFF, starts_at=day(-2),
                  ends_at=day(5), threshold_fen=300_00, off_fen=40_00, seller_id="s_qinglan",
                  title=Words("青岚衣橱满 300 减 40", "Qinglan Wardrobe: 40 off from 300")),
        Promotion(promotion_id="pm_apples", kind=_K.SECOND_HALF, starts_at=day(-1), ends_at=day(2),
                  product_ids=("p603",),
                  title=Words("山地苹果第二件半价", "Mountain apples: the second at half price")),
        Promotion(promotion_id="pm_vacuum_gift", kind=_K.GIFT, starts_at=day(-1), ends_at=day(3),
                  product_ids=("p204",), gift=Words("滚刷一套和集尘袋 6 个",
                                                    "a set of brushes and six dust bags"),
                  title=Words("扫地机器人下单有礼", "A gift with the robot vacuum")),
        Promotion(promotion_id="pm_seat_presale", kind=_K.PRESALE, starts_at=day(-1),
                  ends_at=day(4), product_ids=("p405",), deposit=deposit,
                  title=Words("儿童安全座椅预售，定金 100 抵 200",
                              "Car seat presale: a deposit of 100 counts as 200")),
        Promotion(promotion_id="pm_phones_200", kind=_K.AMOUNT_OFF, starts_at=day(6),
                  ends_at=day(9), threshold_fen=2000_00, off_fen=200_00,
                  categories=(Category.PHONES,),
                  title=Words("手机满 2000 减 200", "Phones: 200 off from 2000")),
    )  # fmt: skip


def demo_coupons(now: datetime) -> tuple[Coupon, ...]:
    def day(days: float) -> datetime:
        return now + timedelta(days=days)

    return (
        Coupon(coupon_id="cp_all_10", title=Words("全场满 99 减 10", "10 off from 99"), off_fen=10_00,
               threshold_fen=99_00, starts_at=day(-30), ends_at=day(7), is_claimable=True),
        Coupon(coupon_id="cp_appliance_40", title=Words("家电满 300 减 40",
                                                        "40 off appliances from 300"),
               off_fen=40_00, threshold_fen=300_00, starts_at=day(-10), ends_at=day(3),
               categories=(Category.APPLIANCES,)),
        Coupon(coupon_id="cp_qinglan_30", title=Words("青岚衣橱满 200 减 30",
                                                      "30 off at Qinglan Wardrobe from 200"),
               off_fen=30_00, threshold_fen=200_00, starts_at=day(-5), ends_at=day(10),
               seller_id="s_qinglan", stacks=False, is_claimable=True),
        Coupon(coupon_id="cp_app_20", title=Words("App 专享满 150 减 20", "20 off from 150, app only"),
               off_fen=20_00, threshold_fen=150_00, starts_at=day(-5), ends_at=day(5),
               channels=("app",), seller_id=SELF_OPERATED),
        Coupon(coupon_id="cp_gold_100", title=Words("四级会员满 1000 减 100",
                                                    "100 off from 1000 for level 4 and up"),
               off_fen=100_00, threshold_fen=1000_00, starts_at=day(-5), ends_at=day(20),
               least_level=4, is_claimable=True),
        Coupon(coupon_id="cp_old_50", title=Words("满 400 减 50", "50 off from 400"), off_fen=50_00,
               threshold_fen=400_00, starts_at=day(-40), ends_at=day(-1)),
        Coupon(coupon_id="cp_next_25", title=Words("下周满 200 减 25", "25 off from 200 next week"),
               off_fen=25_00, threshold_fen=200_00, starts_at=day(5), ends_at=day(12)),
    )  # fmt: skip


# customer → coupons in the account; a number is how many days ago it was used
_GRANTED: dict[str, tuple[tuple[str, float | None], ...]] = {
    "88001": (("cp_all_10", None), ("cp_appliance_40", None), ("cp_old_50", None)),
    "88002": (("cp_all_10", 6), ("cp_qinglan_30", None), ("cp_next_25", None)),
    "88003": (("cp_gold_100", None), ("cp_app_20", None)),
    "88004": (("cp_app_20", None),),
    "88006": (("cp_gold_100", None),),
    "88007": (("cp_qinglan_30", None), ("cp_all_10", None)),
}


def demo_grants(now: datetime) -> Iterator[dict[str, object]]:
    for customer_no, coupons in _GRANTED.items():
        for coupon_id, days in coupons:
            used_at = now - timedelta(days=days) if days is not None else None
            yield {"customer_no": customer_no, "coupon_id": coupon_id, "used_at": used_at}
