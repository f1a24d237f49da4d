"""What the details of a product are called, and the words customers ask for them with."""

from __future__ import annotations

import re

from console.desk.words import Words

BOX = "box"  # what comes in it is a list of its own

_ATTRIBUTES: tuple[tuple[str, Words, str], ...] = (
    (BOX, Words("盒内清单", "in the box"),
     r"盒子?里|配件|清单|包装里|里面(?:都)?(?:有|带)|送.{0,3}(?:充电|线|壳|膜)|带.{0,4}(?:充电|线|头)"
     r"|in the box|included|come with|comes with|accessor"),
    ("battery", Words("电池和续航", "battery"),
     r"电池|续航|毫安|待机|用多久|battery|mah|how long does it last"),
    ("charging", Words("充电", "charging"), r"快充|充电(?!头|器|线|宝)|充满|charg"),
    ("screen", Words("屏幕", "screen"), r"屏幕?|分辨率|刷新率|screen|display|resolution"),
    ("camera", Words("拍照", "camera"), r"像素|镜头|摄像|拍照|camera|megapixel"),
    ("storage", Words("内存和存储", "storage"), r"内存|存储|运存|硬盘|storage|memory|\bram\b"),
    ("network", Words("网络", "network"), r"[45]g|双卡|网络|network|\bsim\b"),
    ("bluetooth", Words("蓝牙", "Bluetooth"), r"蓝牙|bluetooth"),
    ("ports", Words("接口", "ports"), r"接口|插口|端口|type-?c|usb|hdmi|\bports?\b"),
    ("waterproof", Words("防水", "waterproof"), r"防水|防汗|进水|water\s?-?(?:proof|resist)"),
    ("noise", Words("噪音", "noise"), r"噪|静音|声音大|吵|nois|loud|quiet|decibel"),
    ("power", Words("功率", "power"), r"功率|瓦|费电|耗电|\bpower\b|watt"),
    ("capacity", Words("容量", "capacity"), r"容量|几升|多少升|能装|capacity|lit(?:re|er)s?"),
    ("area", Words("适用面积", "area"), r"面积|平方|多大(?:的)?房间|square|room size"),
    ("weight", Words("重量", "weight"), r"多重|重量|几斤|多少克|净含量|weight|heavy|weigh"),
    ("size", Words("尺寸", "size"),
     r"尺寸|多大|长宽|高度|多高|多长|大小|size|dimension|how (?:big|large|long|tall)"),
    ("material", Words("材质", "material"), r"材质|材料|面料|纯棉|布料|什么做|material|fabric|cotton"),
    ("ingredients", Words("成分", "ingredients"), r"成分|配料|原料|配方|ingredient|contain"),
    ("origin", Words("产地", "origin"), r"产地|哪里产|哪儿产|国产|进口|origin|made in"),
    ("shelf_life", Words("保质期", "shelf life"), r"保质期|过期|到期|能放多久|shelf|best before|expire"),
    ("produced", Words("生产日期", "production date"), r"生产日期|新不新|批次|production date|how fresh"),
    ("age", Words("适用年龄", "age"), r"几岁|多大的?(?:宝宝|孩子)|几个月|年龄|\bage\b|how old"),
    ("care", Words("洗护", "care"), r"怎么洗|机洗|手洗|水洗|缩水|掉色|wash|\bcare\b"),
    ("load", Words("承重", "load"), r"承重|能坐多重|load|hold up"),
    ("filter", Words("滤芯", "filter"), r"滤芯|换芯|filter"),
)  # fmt: skip
_BY_KEY = {key: label for key, label, _ in _ATTRIBUTES}
_PATTERNS = [(key, re.compile(pattern, re.IGNORECASE)) for key, _, pattern in _ATTRIBUTES]


def attributes_asked(text: str) -> list[str]:
    """In the order of the list above; empty when the question names none."""
    return [key for key, pattern in _PATTERNS if pattern.search(text)]


def attribute_label(key: str, lang: str) -> str:
    return _BY_KEY[key].of(lang)


def is_attribute(key: str) -> bool:
    return key in _BY_KEY
