"""What people and logs may see of personal data. Revealing the rest is a permission elsewhere."""

from __future__ import annotations

import re
from typing import Any

_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{10,20}(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-])[\w.+-]*@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
_AREA = re.compile(
    r"^(?:.{2,8}?(?:省|自治区|特别行政区))?(?:.{1,9}?[市州盟])?(?:.{1,9}?[区县旗市])?"
)
_FAMILY_NAMES_OF_TWO = re.compile(
    "欧阳|司马|上官|诸葛|司徒|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|东方|端木|南宫"
)


def mask_phone(phone: str) -> str:
    """`138****1234`; anything that is no mobile number keeps its last two digits only."""
    digits = re.sub(r"\D", "", phone)
    if len(digits) >= 11:
        return f"{digits[-11:-8]}****{digits[-4:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 4 else "****"


def mask_name(name: str) -> str:
    """The family name stays; a Latin name keeps its first letter."""
    name = name.strip()
    if not name:
        return ""
    if name.isascii():
        return " ".join(f"{part[0]}***" for part in name.split())
    family = name[:2] if _FAMILY_NAMES_OF_TWO.match(name) and len(name) > 2 else name[:1]
    return family + "*" * max(len(name) - len(family), 1)


def mask_address(address: str) -> str:
    """Province, city and district stay; street and door do not."""
    if not address.strip():
        return ""
    area = _AREA.match(address.strip())
    return f"{area.group(0) if area else ''}****"


def mask_order_no(order_no: str) -> str:
    """Last four digits: enough for two people to be sure that they mean the same order."""
    return f"****{order_no[-4:]}" if len(order_no) > 4 else "****"


def mask_email(email: str) -> str:
    return _EMAIL.sub(r"\1***@\2", email)


def mask_text(text: str) -> str:
    """Phones, e-mail addresses and long numbers inside free text, for logs."""
    text = _PHONE.sub(r"\1****\3", text)
    text = _LONG_NUMBER.sub(lambda found: mask_order_no(found.group(0)), text)
    return mask_email(text)


def mask_fact(name: str, value: Any) -> Any:
    """A fact of a case as agents see it; what is no personal data stays."""
    if name == "phone":
        return mask_phone(str(value))
    if name == "email":
        return mask_email(str(value))
    if name == "new_address":
        return mask_address(str(value))
    return value


def mask_all(value: Any) -> Any:
    """`mask_text` for every text inside lists and objects."""
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, dict):
        return {key: mask_all(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [mask_all(inner) for inner in value]
    return value
