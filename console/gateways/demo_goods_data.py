"""What the demo shop knows of its goods: an invented set of variants, parts, guides and points."""

from __future__ import annotations

from datetime import datetime

from console.desk.goods import Guide, Part, ServiceCenter, Variant
from console.gateways.demo_catalogue import PRODUCTS_BY_ID, fen
from console.gateways.demo_stock import demo_stock

# (product, variant) → English, size, pieces in a pack, yuan or "" for the product's own price
_DETAILS: dict[tuple[str, str], tuple[str, str, int, str]] = {
    ("p101", "月白 256G"): ("Moon white 256 GB", "", 0, ""),
    ("p101", "曜黑 256G"): ("Black 256 GB", "", 0, ""),
    ("p101", "雾蓝 256G"): ("Misty blue 256 GB", "", 0, ""),
    ("p102", "雾蓝 128G"): ("Misty blue 128 GB", "", 0, ""),
    ("p102", "曜黑 128G"): ("Black 128 GB", "", 0, ""),
    ("p103", "黑色"): ("Black", "", 0, ""),
    ("p103", "白色"): ("White", "", 0, ""),
    ("p104", "橙色"): ("Orange", "", 0, ""),
    ("p104", "黑色"): ("Black", "", 0, ""),
    ("p106", "透明"): ("Clear", "", 0, ""),
    ("p106", "黑色"): ("Black", "", 0, ""),
    ("p107", "银色 16G+512G"): ("Silver 16+512 GB", "", 0, ""),
    ("p107", "深灰 32G+1T"): ("Dark grey 32 GB+1 TB", "", 0, "6999.00"),
    ("p109", "黑色"): ("Black", "", 0, ""),
    ("p109", "银色"): ("Silver", "", 0, ""),
    ("p201", "白色"): ("White", "", 0, ""),
    ("p202", "墨绿"): ("Dark green", "", 0, ""),
    ("p202", "米白"): ("Off-white", "", 0, ""),
    ("p207", "粉色"): ("Pink", "", 0, ""),
    ("p207", "白色"): ("White", "", 0, ""),
    ("p301", "米白 S"): ("Off-white S", "S", 0, ""),
    ("p301", "米白 M"): ("Off-white M", "M", 0, ""),
    ("p301", "米白 L"): ("Off-white L", "L", 0, ""),
    ("p301", "雾蓝 M"): ("Misty blue M", "M", 0, ""),
    ("p302", "驼色 S"): ("Camel S", "S", 0, ""),
    ("p302", "驼色 M"): ("Camel M", "M", 0, ""),
    ("p302", "驼色 L"): ("Camel L", "L", 0, ""),
    ("p303", "蓝 M"): ("Blue M", "M", 0, ""),
    ("p303", "蓝 L"): ("Blue L", "L", 0, ""),
    ("p303", "白 XL"): ("White XL", "XL", 0, ""),
    ("p304", "40 白"): ("40 white", "40", 0, ""),
    ("p304", "41 白"): ("41 white", "41", 0, ""),
    ("p304", "42 白"): ("42 white", "42", 0, ""),
    ("p304", "43 白"): ("43 white", "43", 0, ""),
    ("p305", "肤色 M"): ("Skin M", "M", 0, ""),
    ("p305", "肤色 L"): ("Skin L", "L", 0, ""),
    ("p305", "肤色 XL"): ("Skin XL", "XL", 0, ""),
    ("p401", "M"): ("M", "M", 68, ""),
    ("p401", "L"): ("L", "L", 60, ""),
    ("p401", "XL"): ("XL", "XL", 54, ""),
    ("p401", "XXL"): ("XXL", "XXL", 48, ""),
    ("p404", "石墨灰"): ("Graphite", "", 0, ""),
    ("p404", "燕麦色"): ("Oat", "", 0, ""),
    ("p406", "奶白"): ("Milk white", "", 0, ""),
    ("p406", "淡紫"): ("Lilac", "", 0, ""),
}


def variants(now: datetime) -> list[Variant]:
    """Of everything on the shelves; goods of one kind have a variant without a name."""
    kinds = dict.fromkeys((level.product_id, level.variant) for level in demo_stock(now))
    return [_variant(product_id, label) for product_id, label in kinds]


def variant_in_english(product_id: str, variant: str) -> str:
    """Empty for goods of one kind."""
    return _DETAILS.get((product_id, variant), ("", "", 0, ""))[0]


def _variant(product_id: str, label: str) -> Variant:
    label_en, size, pieces, yuan = _DETAILS.get((product_id, label), ("", "", 0, ""))
    price = fen(yuan) if yuan else PRODUCTS_BY_ID[product_id].price_fen
    return Variant(
        product_id=product_id, variant=label, variant_en=label_en, price_fen=price, stock=0,
        size=size, pieces=pieces,
    )  # fmt: skip


def _part(part_id: str, name: str, name_en: str, words: str, yuan: str, stock: int) -> Part:
    return Part(
        part_id=part_id, product_id=part_id.partition("-")[0], name=name, name_en=name_en,
        words=tuple(words.split("|")), value_fen=fen(yuan), stock=stock,
    )  # fmt: skip


PARTS = (
    _part("p101-cable", "数据线", "charging cable", "数据线|充电线|线|cable", "19.00", 40),
    _part("p102-cable", "数据线", "charging cable", "数据线|充电线|线|cable", "19.00", 40),
    _part("p103-tips", "替换耳塞", "ear tips", "耳塞|胶套|硅胶套|tips", "9.90", 60),
    _part("p103-case", "充电盒", "charging case", "充电盒|充电仓|盒子|case", "89.00", 8),
    _part("p107-charger", "电源适配器", "power adapter",
          "电源|适配器|充电器|充电头|charger|adapter", "129.00", 5),
    _part("p201-basket", "炸篮", "frying basket", "炸篮|篮子|篮|basket", "45.00", 10),
    _part("p201-manual", "说明书", "manual", "说明书|手册|manual", "1.00", 50),
    _part("p205-cup", "量杯", "measuring cup", "量杯|杯子|cup", "12.00", 0),
    _part("p205-brush", "清洁刷", "cleaning brush", "刷子|清洁刷|毛刷|brush", "6.00", 30),
    _part("p206-base", "电源底座", "power base", "底座|插座|base", "25.00", 6),
    _part("p301-belt", "腰带", "belt", "腰带|带子|belt", "15.00", 20),
    _part("p406-bottle", "储奶瓶", "milk bottle", "储奶瓶|奶瓶|瓶子|bottle", "29.00", 15),
)  # fmt: skip


def _guide(
    guide_id: str, titles: tuple[str, str], words: str, steps: tuple[tuple[str, str], ...]
) -> Guide:
    return Guide(
        guide_id=guide_id, product_id=guide_id.partition("-")[0], title=titles[0],
        title_en=titles[1], words=tuple(words.split("|")),
        steps=tuple(zh for zh, _ in steps), steps_en=tuple(en for _, en in steps),
    )  # fmt: skip


GUIDES = (
    _guide("p103-pair", ("蓝牙连不上", "Bluetooth does not connect"),
           "蓝牙|连不上|连接|配对|搜不到|bluetooth|pair|connect", (
        ("把两只耳机放回充电盒，合盖 10 秒再打开。",
         "Put both earphones back, close the case for 10 seconds and open it."),
        ("在手机蓝牙里删除这副耳机，再重新搜索连接。",
         "Remove the earphones from the phone's Bluetooth list, then search again."),
        ("开盖，长按盒底按键 10 秒，直到灯闪白光（恢复出厂设置），再连接一次。",
         "Lid open, hold the button below for 10 seconds until it blinks white, then pair again."),
    )),
    _guide("p103-silent", ("一边没声音", "One side is silent"),
           "没声|无声|一边|左边|右边|没有声音|silent|no sound|one side", (
        ("用干棉签把出声孔擦干净。", "Clean the speaker opening with a dry cotton bud."),
        ("两只都放回充电盒充 15 分钟，再试一次。",
         "Charge both in the case for 15 minutes and try again."),
        ("长按盒底按键 10 秒恢复出厂设置，重新连接。",
         "Hold the button below the case for 10 seconds to reset, then pair again."),
    )),
    _guide("p201-heat", ("空气炸锅不加热", "The air fryer does not heat"),
           "不加热|不热|没反应|不工作|不转|heat|nothing happens|not work", (
        ("把炸篮推到底，听到“咔”一声才会通电。",
         "Push the basket in until it clicks; it stays off otherwise."),
        ("换一个插座，不要用接线板。", "Try another wall socket, not an extension lead."),
        ("拔掉电源等 30 分钟，过热保护会自己复位。",
         "Unplug it for 30 minutes; the overheating guard resets itself."),
    )),
    _guide("p202-error", ("电饭煲报错 E1", "The rice cooker shows E1"),
           "e1|报错|错误|故障码|error", (
        ("拔掉电源，擦干内胆外壁和加热盘上的水。",
         "Unplug it and wipe water off the pot's outside and the heating plate."),
        ("放好内胆，左右转一下，让它贴紧。", "Put the pot in and turn it so that it sits flat."),
        ("等 10 分钟再通电。", "Wait 10 minutes before you plug it in again."),
    )),
    _guide("p204-map", ("扫地机器人找不到充电座", "The vacuum does not find its dock"),
           "充电座|回不去|基站|找不到|dock|base", (
        ("充电座两侧 0.5 米、前方 1.5 米内不要放东西。",
         "Keep half a metre beside and 1.5 metres before the dock free."),
        ("用干布擦充电座和机身的红外窗。", "Wipe the infrared windows of dock and robot."),
        ("在机身长按回充键 5 秒，重新建图。", "Hold the dock button for 5 seconds to map again."),
    )),
    _guide("p406-suction", ("吸奶器没有吸力", "The pump has no suction"),
           "没吸力|吸力|没有吸力|不吸|suction|weak", (
        ("检查鸭嘴阀有没有装反或裂口，换上备用的一只。",
         "Check the valve for cracks or a wrong fit; use the spare one."),
        ("吸管两头推紧，接口要干燥。", "Push both ends of the tube in; the joints must be dry."),
        ("充满电后再开到 5 档试一次。", "Charge it fully and try level 5."),
    )),
)  # fmt: skip

_HOME = ("appliances", "baby_gear", "pet_supplies")
_TECH = ("phones", "computers", "digital")
SERVICE_CENTERS = (
    ServiceCenter(center_id="c1", city="杭州", city_en="Hangzhou", name="拾光杭州服务中心",
                  name_en="Shiguang service Hangzhou", address="西湖区示例路 88 号 1 楼",
                  address_en="88 Shili Road, Xihu", phone="0571-5550101", hours="9:00-18:00",
                  categories=(*_TECH, *_HOME)),
    ServiceCenter(center_id="c2", city="上海", city_en="Shanghai", name="拾光上海服务中心",
                  name_en="Shiguang service Shanghai", address="浦东新区演示大道 10 号",
                  address_en="10 Yanshi Avenue, Pudong", phone="021-5550102", hours="9:00-18:00",
                  categories=(*_TECH, *_HOME)),
    ServiceCenter(center_id="c3", city="成都", city_en="Chengdu", name="拾光成都数码维修点",
                  name_en="Shiguang digital repairs Chengdu", address="锦江区范例巷 21 号",
                  address_en="21 Fanli Lane, Jinjiang", phone="028-5550103", hours="10:00-19:00",
                  categories=_TECH),
    ServiceCenter(center_id="c4", city="武汉", city_en="Wuhan", name="拾光武汉家电维修点",
                  name_en="Shiguang appliance repairs Wuhan", address="洪山区练习路 30 号",
                  address_en="30 Lianxi Road, Hongshan", phone="027-5550104", hours="8:30-17:30",
                  categories=_HOME),
)  # fmt: skip
OWN_DELIVERY_CITIES = ("杭州", "上海", "苏州")
# serial number → (order, line)
SERIALS = {
    "SN6A20412": ("620026083017", "620026083017-1"),
    "SN3C77105": ("620026083988", "620026083988-1"),
}
