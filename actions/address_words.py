"""Reading a new address, person or phone, and wishes of where a courier is to leave a parcel."""

from __future__ import annotations

import re

from actions.form import MAYBE_ANSWERS, Answers
from actions.turn import Turn
from console.desk.order_change import city_of, is_deliverable, whole_address

LONGEST = 120  # characters
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_FIELDS = {
    "new_phone": re.compile(r"电话|手机|号码|phone|mobile", re.IGNORECASE),
    "new_receiver": re.compile(
        r"收[件货]人|名字|联系人|换个人|我(?:妈|爸|老公|老婆|姐|妹|哥|弟)收|receiver|recipient|\bname\b",
        re.IGNORECASE,
    ),
    "order_note": re.compile(
        r"门卫|保安|驿站|代收|快递柜|自提|放.{0,4}(?:门口|前台|物业)|leave it (?:at|with)|pick-?up point",
        re.IGNORECASE,
    ),
}
_ADDRESS = re.compile(
    r"地址|寄到|送到|搬家|门牌|楼层|单元|房号|address|deliver (?:it )?to", re.IGNORECASE
)
_LEAD = re.compile(
    r"^.{0,14}?(?:改[成到为]|换[成到]|送[去到]|寄[去到]|派[去到]|地址(?:应该)?是|新地址[是：:]?|加[上个一下]{0,2}|to:?)\s*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"门牌|楼层|单元号|房号|室号|后面加|加.{0,3}(?:门牌|楼|单元|室)|少[写填]|漏[写填]|忘了?[写填]"
)
_NAME_LEAD = re.compile(
    r"^.{0,8}?(?:改成|换成|改为|是|叫|写|：|:|\bto\b|\bis\b)\s*|^(?:收[件货]人|名字)\s*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"[吗呢?？]\s*$|怎么|多久|几天|什么时候|为什么|\b(?:how|why|when)\b", re.IGNORECASE
)
_TAIL = re.compile(r"(?:可以吗|行吗|好吗|吧|谢谢|[，,。.!！?？\s])+$")


def is_question(turn: Turn) -> bool:
    """A side question in the place of free words: it is answered, and kept as nothing."""
    return turn.intent not in MAYBE_ANSWERS and _ASKS.search(turn.text) is not None


def read_field(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """What about the delivery is to change; only at the beginning, or when asked for it."""
    said = turn.entity("address_field")
    if said is None and asked in {None, "address_field"}:
        said = next((name for name, words in _FIELDS.items() if words.search(turn.text)), None)
        if said is None and _ADDRESS.search(turn.text):
            said = "new_address"
    if said is not None:
        answers.put("address_field", str(said))
    return said is not None


def read_phone(turn: Turn, answers: Answers, asked: str | None) -> bool:
    found = _PHONE.search(turn.text)
    phone = turn.entity("phone") or (found[0] if found else None)
    if phone is None or _PHONE.fullmatch(str(phone)) is None:
        return False
    answers.put("new_phone", str(phone))
    if answers["address_field"] is None:
        answers.put("address_field", "new_phone")
    return True


def read_address(turn: Turn, answers: Answers, asked: str | None, present: str) -> bool:
    """`present`: the order's own, from which the customer may leave out what stays the same."""
    said = _TAIL.sub("", turn.text)[:LONGEST]
    if asked != "new_address":
        lead = _LEAD.match(said)
        if asked is not None or lead is None or not is_deliverable(said[lead.end() :]):
            return False
        is_more = _MORE.search(said) is not None
        said = said[lead.end() :]
    else:
        is_more = _MORE.search(said) is not None
        said = _LEAD.sub("", said)
    address = (
        f"{present} {said}" if is_more and city_of(said) is None else whole_address(said, present)
    )
    if is_question(turn) or not said or not (is_deliverable(said) or is_more):
        return False
    answers.put("new_address", address)
    answers.put("address_field", "new_address")
    return True


def read_receiver(turn: Turn, answers: Answers, asked: str | None) -> bool:
    is_meant = turn.intent in MAYBE_ANSWERS or turn.intent == "change_address"
    if asked != "new_receiver" or not is_meant or is_question(turn):
        return False
    name = _TAIL.sub("", _NAME_LEAD.sub("", turn.text))[:30]
    if not 2 <= len(name) <= 30 or any(letter.isdigit() for letter in name):
        return False
    answers.put("new_receiver", name)
    return True


def read_note(turn: Turn, answers: Answers, asked: str | None) -> bool:
    is_wish = answers["address_field"] == "order_note" and answers.changed("address_field")
    if turn.text and (is_wish or (asked == "order_note" and not is_question(turn))):
        answers.put("order_note", turn.text[:LONGEST])
        return True
    return False
