"""The demo shop's sellers, ways to deliver and to pay, and what its members have."""

from __future__ import annotations

from console.desk.delivery import DeliveryMethod, DeliveryRule
from console.desk.membership import Benefit, Member
from console.desk.payment_method import Instalments, PaymentMethod
from console.desk.product import SELF_OPERATED, Category
from console.desk.seller import Seller
from console.desk.words import Words
from console.gateways.demo_catalogue import STORES
from console.gateways.demo_people import CUSTOMERS

_QINGLAN, _MAOQIU = "s_qinglan", "s_maoqiu"
_SWIFTWIND = Words("疾风速运", "Swiftwind Express")
_BLUEBIRD = Words("青鸟物流", "Bluebird Logistics")
_FAR = ("新疆", "西藏", "青海", "内蒙古", "乌鲁木齐", "拉萨", "西宁", "呼和浩特", "包头")
_NOT_SERVED = ("香港", "澳门", "台湾")
_NEAR = ("上海", "江苏", "浙江", "南京", "苏州", "无锡", "杭州", "宁波")
_POINTS = (*_NEAR, "北京", "广州", "深圳", "成都", "武汉")
_WARM = (Category.FRESH,)  # does not stand a long way

SELLERS = (
    Seller(
        seller_id=SELF_OPERATED, name=Words(*STORES[SELF_OPERATED]),
        is_brand_authorised=True, fake_pays=10,
        check=Words("包装上的防伪码刮开扫码可查", "Scratch and scan the code on the box"),
    ),
    Seller(
        seller_id=_QINGLAN, name=Words(*STORES[_QINGLAN]), is_brand_authorised=True, fake_pays=3,
        check=Words("吊牌上的防伪码可在品牌官网查", "Check the tag's code on the brand's website"),
    ),
    Seller(
        seller_id=_MAOQIU, name=Words(*STORES[_MAOQIU]), is_brand_authorised=False, fake_pays=3,
        check=Words("袋子背面有批次码，可向客服核对",
                    "Our agents can check the batch code on the back of the bag"),
    ),
)  # fmt: skip

_M = DeliveryMethod
DELIVERY_RULES = (
    DeliveryRule(rule_id="self.door.near", method=_M.DOOR, regions=_NEAR, days_from=1, days_until=2,
                 fee_fen=6_00, free_from_fen=59_00, carrier=_SWIFTWIND),
    DeliveryRule(rule_id="self.door.far", method=_M.DOOR, regions=_FAR, days_from=5, days_until=8,
                 fee_fen=18_00, free_from_fen=199_00, carrier=_BLUEBIRD, not_for=_WARM),
    DeliveryRule(rule_id="self.door.none", method=_M.DOOR, regions=_NOT_SERVED, is_served=False),
    DeliveryRule(rule_id="self.door", method=_M.DOOR, days_from=2, days_until=4, fee_fen=6_00,
                 free_from_fen=59_00, carrier=_SWIFTWIND,
                 note=Words("乡镇和农村送到村，多一两天",
                            "villages are served as well, a day or two later")),
    DeliveryRule(rule_id="self.express", method=_M.EXPRESS, regions=(*_NEAR, "北京", "广州", "深圳"),
                 days_from=1, days_until=1, fee_fen=12_00, carrier=_SWIFTWIND),
    DeliveryRule(rule_id="self.express.none", method=_M.EXPRESS, is_served=False),
    DeliveryRule(rule_id="self.point", method=_M.PICKUP_POINT, regions=_POINTS, days_from=1,
                 days_until=3, carrier=_SWIFTWIND,
                 note=Words("到站后保留 3 天，凭取件码取", "kept for 3 days; bring the code")),
    DeliveryRule(rule_id="self.point.none", method=_M.PICKUP_POINT, is_served=False),
    DeliveryRule(rule_id="qinglan.door", seller_id=_QINGLAN, method=_M.DOOR, days_from=2,
                 days_until=5, fee_fen=10_00, carrier=_BLUEBIRD),
    DeliveryRule(rule_id="qinglan.door.none", seller_id=_QINGLAN, method=_M.DOOR,
                 regions=_NOT_SERVED, is_served=False),
    DeliveryRule(rule_id="maoqiu.door", seller_id=_MAOQIU, method=_M.DOOR, days_from=2,
                 days_until=5, fee_fen=12_00, free_from_fen=300_00, carrier=_BLUEBIRD),
    DeliveryRule(rule_id="maoqiu.door.none", seller_id=_MAOQIU, method=_M.DOOR,
                 regions=(*_NOT_SERVED, "新疆", "西藏"), is_served=False),
)  # fmt: skip

PAYMENT_METHODS = (
    PaymentMethod(code="instalments", title=Words("分期付款", "instalments"),
                  names=("分期", "免息", "instalment", "installment", "monthly"), least_fen=300_00,
                  note=Words("3 期免手续费", "three months cost nothing extra"),
                  instalments=(Instalments(3, 0), Instalments(6, 250), Instalments(12, 500))),
    PaymentMethod(code="cod", title=Words("货到付款", "cash on delivery"),
                  names=("货到付款", "到付", "cash on delivery", "cod"), sellers=(SELF_OPERATED,),
                  most_fen=2000_00,
                  note=Words("下单后会请您确认一次", "we ask you to confirm the order once")),
    PaymentMethod(code="pay_later", title=Words("先用后付", "pay later"),
                  names=("白条", "花呗", "先用后付", "pay later"), is_accepted=False),
    PaymentMethod(code="wechat", title=Words("微信支付", "WeChat Pay"), names=("微信", "wechat")),
    PaymentMethod(code="alipay", title=Words("支付宝", "Alipay"), names=("支付宝", "alipay")),
    PaymentMethod(code="card", title=Words("银行卡、信用卡", "bank and credit cards"),
                  names=("银行卡", "信用卡", "刷卡", "储蓄卡", "credit card", "bank card", "visa"),
                  note=Words("一单只能用一张卡", "one card per order")),
    PaymentMethod(code="gift_card", title=Words("礼品卡", "gift card"),
                  names=("礼品卡", "购物卡", "gift card"), sellers=(SELF_OPERATED,)),
    PaymentMethod(code="transfer", title=Words("对公转账", "bank transfer by companies"),
                  names=("对公", "公司转账", "bank transfer"), sellers=(SELF_OPERATED,),
                  least_fen=1000_00,
                  note=Words("到账后发货，一般一个工作日",
                             "ships when the money is here, usually one working day")),
)  # fmt: skip

BENEFITS = (
    Benefit("returns", "A", Words("7 天无理由退货", "7 days to return without a reason")),
    Benefit("points", "A", Words("每花 1 元得 1 积分", "one point for every yuan")),
    Benefit("birthday", "A", Words("生日当月送券", "a coupon in the month of the birthday")),
    Benefit("queue", "B", Words("人工客服优先接入", "priority with our agents")),
    Benefit("freight", "B", Words("每月两张运费券", "two freight coupons a month")),
    Benefit("audit", "B", Words("售后审核 4 小时内出结果",
                                "after-sale requests are decided within 4 hours")),
    Benefit("seat", "C", Words("专属客服", "an agent of your own")),
    Benefit("refund", "C", Words("300 元以内先退款后验货",
                                 "refunds of up to 300 yuan before the goods are inspected")),
    Benefit("callback", "C", Words("30 分钟内回电", "call-backs within 30 minutes")),
)  # fmt: skip

# Where each level begins, by what was spent in the last twelve months.
_GROWTH = (0, 500, 1_500, 3_000, 6_000, 12_000, 25_000, 50_000)
_POINTS_OF = {"88001": 860, "88002": 3_240, "88003": 18_800, "88004": 5_120, "88005": 120,
              "88006": 0, "88007": 1_450, "88008": 9_900, "88009": 640}  # fmt: skip


def demo_members() -> list[Member]:
    """Everybody stands half way to the next level."""
    return [
        Member(
            customer_no=one.customer_no,
            level=one.member_level,
            points=_POINTS_OF.get(one.customer_no, 0),
            growth=(_GROWTH[one.member_level] + _next(one.member_level)) // 2,
            next_growth=_GROWTH[one.member_level + 1] if one.member_level < 7 else None,
        )
        for one in CUSTOMERS
    ]


def _next(level: int) -> int:
    return _GROWTH[min(level + 1, len(_GROWTH) - 1)]
