"""Names of regions: in an address, and in English."""

from __future__ import annotations

import re

_ENGLISH = {
    "北京": "Beijing", "上海": "Shanghai", "天津": "Tianjin", "重庆": "Chongqing",
    "浙江": "Zhejiang", "江苏": "Jiangsu", "广东": "Guangdong", "四川": "Sichuan",
    "湖北": "Hubei", "陕西": "Shaanxi", "福建": "Fujian", "新疆": "Xinjiang", "西藏": "Tibet",
    "台湾": "Taiwan", "香港": "Hong Kong", "澳门": "Macao", "海南": "Hainan", "云南": "Yunnan",
    "杭州": "Hangzhou", "南京": "Nanjing", "苏州": "Suzhou", "广州": "Guangzhou",
    "深圳": "Shenzhen", "成都": "Chengdu", "武汉": "Wuhan", "西安": "Xi'an", "厦门": "Xiamen",
    "昆明": "Kunming", "哈尔滨": "Harbin", "乌鲁木齐": "Urumqi", "拉萨": "Lhasa",
    "内蒙古": "Inner Mongolia", "青海": "Qinghai",
}  # fmt: skip
_PROVINCE = re.compile(
    r"(?P<autonomous>内蒙古|广西|西藏|宁夏|新疆|香港|澳门)|(?P<name>[\u4e00-\u9fff]{2,3}?)[省市]"
)


def region_of_address(address: str) -> str | None:
    """The province, or the city that is one: what delivery rules go by."""
    found = _PROVINCE.match(address.strip())
    return (found["autonomous"] or found["name"]) if found else None


def region_name(region: str, lang: str) -> str:
    """An unknown name stays as it is written."""
    return _ENGLISH.get(region, region) if lang == "en" else region
