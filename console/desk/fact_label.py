"""How facts of a case are called and shown to people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from console.desk.complaint import expectation
from console.desk.money import yuan
from console.desk.need import need_label
from console.desk.region import region_name
from console.desk.wording import local_time
from console.desk.words import in_language

_LABELS = {
    "order_no": ("订单号", "Order"),
    "order_item_id": ("商品", "Item"),
    "product_id": ("正在看的商品", "Product in view"),
    "quantity": ("数量", "Quantity"),
    "reason": ("原因", "Reason"),
    "condition": ("商品状态", "Condition"),
    "accessories_complete": ("配件齐全", "Accessories complete"),
    "fault_text": ("情况说明", "What happened"),
    "photos": ("照片", "Pictures"),
    "missing_part": ("缺少的部分", "What is missing"),
    "strange_goods": ("说到的商品（订单里没有）", "Goods named, in no order"),
    "outer_box": ("外箱", "Outer box"),
    "remedy": ("处理方式", "Remedy"),
    "new_variant": ("换成的款式", "New variant"),
    "new_size": ("换成的尺码", "New size"),
    "fault_since": ("从何时开始", "Since when"),
    "tried_steps": ("试过的办法", "Tried so far"),
    "return_way": ("退回方式", "Way back"),
    "slot_window": ("上门时间", "Pickup time"),
    "cancel_reason": ("取消原因", "Reason to cancel"),
    "rma_no": ("售后单号", "After-sale no."),
    "phone": ("电话", "Phone"),
    "new_address": ("新地址", "New address"),
    "complaint_target": ("投诉对象", "Complaint about"),
    "complaint_text": ("投诉内容", "Complaint"),
    "complaint_wish": ("希望的处理", "Wish"),
    "invoice_title_kind": ("发票类型", "Invoice for"),
    "invoice_title": ("发票抬头", "Invoice title"),
    "tax_no": ("税号", "Tax number"),
    "email": ("邮箱", "E-mail"),
    "lost_words": ("没收到的情况", "Not received"),
    "lost_waybill_no": ("没收到的包裹", "Missing parcel"),
    "lost_checked": ("问过家人、门卫、快递柜", "Asked around"),
    "budget": ("预算", "Budget"),
    "region": ("收货地区", "Delivered to"),
    "height": ("身高", "Height"),
    "weight": ("体重", "Weight"),
    "for_whom": ("给谁用", "For whom"),
    "company": ("公司", "Company"),
    "usual_size": ("平时的尺码", "Usual size"),
    "fit_wish": ("喜欢的松紧", "Fit"),
    "must_have": ("一定要有", "Must have"),
    "deal_breaker": ("不能接受", "Must not be"),
    "alert_kind": ("提醒类型", "Kind of alert"),
    "alert_target": ("目标价", "Target price"),
    "custom_spec": ("定制内容", "Made to order"),
    "category": ("品类", "Category"),
    "old_category": ("旧物品类", "Kind of old thing"),
    "old_model": ("旧物型号", "Old model"),
    "old_age": ("旧物用了多久", "Age"),
    "old_works": ("能否正常使用", "Does it work"),
    "old_looks": ("外观", "Looks"),
    "trade_in_items": ("要换的旧物", "Old things"),
    "more_items": ("还有没有别的旧物", "More old things"),
    "new_product": ("要换的新品", "New product"),
    "trade_in_mode": ("抵扣方式", "How it is paid"),
    "change_field": ("要改什么", "What to change"),
    "new_reason": ("新的原因", "New reason"),
    "new_phone": ("新电话", "New phone"),
    "new_receiver": ("新收货人", "New receiver"),
    "new_quantity": ("新的数量", "New quantity"),
    "address_field": ("改地址、电话还是收货人", "Address, phone or receiver"),
    "pickup_address": ("取件地址", "Pickup address"),
    "waybill_no": ("运单号", "Waybill no."),
    "carrier": ("快递公司", "Carrier"),
    "order_note": ("订单备注", "Order note"),
    "item_field": ("改款式、数量还是备注", "Variant, quantity or note"),
    "alert_variant": ("提醒的款式", "Variant to watch"),
    "door_offer": ("上门换新", "A new one at the door"),
    "remedy_offered": ("给出的方案", "Remedies offered"),
    "invoice_field": ("发票要改什么", "What to correct"),
    "invoice_words": ("发票要求", "Invoice wish"),
    "lost_photo": ("门口照片", "Picture of the door"),
    "watch_events": ("提醒哪些进展", "News to send"),
    "watch_call": ("要不要电话", "By phone too"),
    "slot_subject": ("约取件还是送货", "Pickup or delivery"),
}
_GO_AHEAD = ("最后确认", "The go-ahead")  # of whatever form

_VALUES = {
    "no_longer_wanted": ("不想要了", "no longer wanted"),
    "wrong_size": ("尺码不合适", "wrong size"),
    "wrong_choice": ("买错了", "wrong choice"),
    "price_dropped": ("降价了", "price dropped"),
    "late_delivery": ("送得太晚", "late delivery"),
    "damaged": ("破损", "damaged"),
    "missing_parts": ("少件", "parts missing"),
    "wrong_item": ("发错货", "wrong item"),
    "quality_fault": ("质量问题", "quality fault"),
    "not_as_described": ("与描述不符", "not as described"),
    "suspected_fake": ("疑似假货", "suspected fake"),
    "expired": ("过期", "expired"),
    "allergic": ("过敏", "allergic"),
    "pet_refuses": ("宠物不吃", "pet refuses it"),
    "outgrown": ("孩子长大穿不下", "outgrown"),
    "other": ("其他", "other"),
    "any": ("不限", "any"),
    "reship": ("补发", "send it again"),
    "refund_now": ("马上退款", "refund now"),
    "refund_after_check": ("核实后退款", "refund after a check"),
    "exchange": ("换货", "exchange"),
    "repair": ("维修", "repair"),
    "return": ("退货退款", "return for a refund"),
    "door_exchange": ("上门换新", "a new one at the door"),
    "unopened": ("未拆封", "unopened"),
    "opened": ("拆封完好", "opened, intact"),
    "used": ("使用过", "used"),
    "pickup": ("上门取件", "pickup"),
    "personal": ("个人", "personal"),
    "company": ("公司", "company"),
    "self_ship": ("自己寄回", "sends it back"),
    "phones": ("手机", "phones"),
    "computers": ("电脑", "computers"),
    "digital": ("数码", "digital"),
    "appliances": ("家电", "appliances"),
    "under_1": ("用了不到 1 年", "under a year old"),
    "under_3": ("用了 1-3 年", "one to three years old"),
    "over_3": ("用了 3 年以上", "over three years old"),
    "good": ("外观完好", "looks good"),
    "worn": ("有使用痕迹", "worn"),
    "broken": ("屏幕或外壳破损", "screen or case broken"),
}


_IN_FEN = frozenset({"budget", "alert_target"})
_UNITS = {"height": "cm", "weight": "kg"}


def fact_label(name: str, lang: str) -> str:
    """The name of a fact for people; an unknown slot shows its own name."""
    if name.endswith("_confirmed"):
        return _GO_AHEAD[lang == "en"]
    return _pick(_LABELS, name, lang)


def shown_value(name: str, value: Any, lang: str) -> str:
    """A value in the reader's language. Pictures are counted, phones are masked elsewhere."""
    if isinstance(value, bool):
        yes, no = ("yes", "no") if lang == "en" else ("是", "否")
        return yes if value else no
    if name == "slot_window" and isinstance(value, str):
        return _pickup_time(value, lang)
    if name == "complaint_wish":
        return in_language(expectation(str(value)), lang) or ""
    if name == "for_whom":
        return _pick(_VALUES, need_label(str(value), lang), lang)
    if name in _IN_FEN and isinstance(value, int):
        return f"¥{yuan(value)}"
    if name in _UNITS and isinstance(value, int | float):
        return f"{value:g} {_UNITS[name]}"
    if name == "region":
        return region_name(str(value), lang)
    if isinstance(value, list):
        return str(len(value)) if name == "photos" else ", ".join(str(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _pick(_VALUES, str(value), lang)


def _pickup_time(value: str, lang: str) -> str:
    """The dialogue keeps the start of the window; an agent may have settled free words."""
    try:
        return local_time(lang, datetime.fromisoformat(value))
    except ValueError:
        return value


def _pick(names: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    if key not in names:
        return key
    return names[key][lang == "en"]
