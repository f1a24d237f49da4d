"""What the demo shop sells: an invented catalogue, prices in yuan as people write them.

`EARLIER` holds prices of the past in days before seeding; the row's own price is today's.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from console.desk.product import SELF_OPERATED, Category, PriceKind, PricePoint, Product

STORES = {
    SELF_OPERATED: ("拾光自营", "Shiguang Direct"),
    "s_qinglan": ("青岚衣橱", "Qinglan Wardrobe"),  # joined price protection
    "s_maoqiu": ("毛球星球宠物店", "Furball Planet Pets"),  # has not joined
}
PICTURE_PATH = "/art/{}.svg"  # one drawing for each category, and for what looks different
_PICTURES = {
    "p105": "charger", "p106": "phone_case", "p108": "keyboard", "p109": "watch",
    "p201": "air_fryer", "p202": "rice_cooker", "p203": "air_purifier", "p204": "robot_vacuum",
    "p205": "blender", "p207": "hair_dryer", "p301": "dress", "p302": "coat", "p304": "shoes",
    "p401": "nappies", "p405": "car_seat", "p503": "pet_fountain",
}  # fmt: skip

_C = Category
_Row = tuple[str, Category, str, str, str, int, str, str, str, str]
# id, category, title, English title, yuan, stock, keywords, point, English point, seller
_ROWS: tuple[_Row, ...] = (
    ("p101", _C.PHONES, "澄屿 S3 手机 256G", "Chengyu S3 phone 256 GB", "2499.00", 40,
     "手机 智能机 拍照 phone smartphone", "夜景拍照清楚", "Clear night photos", "self"),
    ("p102", _C.PHONES, "澄屿 A1 手机 128G", "Chengyu A1 phone 128 GB", "999.00", 60,
     "手机 智能机 老人 备用 phone smartphone",
     "大字大音量，长辈好用", "Large text, loud speaker", "self"),
    ("p103", _C.DIGITAL, "听潮 降噪耳机", "Tingchao noise-cancelling earphones", "399.00", 80,
     "耳机 蓝牙 降噪 headphones earbuds bluetooth", "地铁里也安静", "Quiet on the subway", "self"),
    ("p104", _C.DIGITAL, "听潮 运动耳机", "Tingchao sports earphones", "199.00", 0,
     "耳机 蓝牙 运动 跑步 headphones earbuds running",
     "挂耳不掉", "Stays on while running", "self"),
    ("p105", _C.DIGITAL, "速充 65W 充电器", "Suchong 65 W charger", "89.00", 200,
     "充电器 充电头 快充 charger adapter", "手机电脑都能充", "Charges phone and laptop", "self"),
    ("p106", _C.DIGITAL, "磁吸手机壳", "Magnetic phone case", "59.00", 300,
     "手机壳 保护壳 case", "防摔软边", "Soft bumper", "self"),
    ("p107", _C.COMPUTERS, "栖川 轻薄笔记本 14", "Qichuan slim laptop 14", "5699.00", 15,
     "电脑 笔记本 轻薄 办公 laptop notebook computer", "1.2 公斤，续航 12 小时",
     "1.2 kg, 12 hours of battery", "self"),
    ("p108", _C.COMPUTERS, "栖川 机械键盘", "Qichuan mechanical keyboard", "329.00", 50,
     "键盘 机械 keyboard", "静音轴，办公室也能用", "Quiet switches", "self"),
    ("p109", _C.DIGITAL, "步知 运动手表", "Buzhi sports watch", "699.00", 35,
     "手表 手环 运动 心率 watch band fitness", "续航两周", "Two weeks per charge", "self"),
    ("p201", _C.APPLIANCES, "暖厨 空气炸锅 5L", "Nuanchu air fryer 5 l", "319.00", 45,
     "空气炸锅 炸锅 厨房 锅 air fryer kitchen", "可视窗，少油", "Window, little oil", "self"),
    ("p202", _C.APPLIANCES, "暖厨 电饭煲 4L", "Nuanchu rice cooker 4 l", "459.00", 30,
     "电饭煲 电饭锅 煮饭 锅 rice cooker", "柴火饭口感", "Tastes like a wood fire", "self"),
    ("p203", _C.APPLIANCES, "清岚 空气净化器", "Qinglan-Air purifier", "1299.00", 20,
     "净化器 空气 除甲醛 air purifier", "卧室静音", "Silent in the bedroom", "self"),
    ("p204", _C.APPLIANCES, "扫扫 扫地机器人", "Saosao robot vacuum", "2199.00", 12,
     "扫地机 机器人 吸尘 拖地 robot vacuum cleaner", "自动集尘", "Empties itself", "self"),
    ("p205", _C.APPLIANCES, "暖厨 破壁机", "Nuanchu blender", "300.00", 25,
     "破壁机 豆浆 榨汁 料理 blender juicer", "低噪打豆浆", "Quiet soy milk", "self"),
    ("p206", _C.APPLIANCES, "暖厨 电热水壶", "Nuanchu kettle", "100.00", 70,
     "水壶 热水壶 烧水 kettle", "双层防烫", "Double wall", "self"),
    ("p207", _C.APPLIANCES, "沐风 吹风机", "Mufeng hair dryer", "269.00", 40,
     "吹风机 电吹风 负离子 hair dryer", "高速风，三分钟干发", "Dry in three minutes", "self"),
    ("p301", _C.CLOTHING, "亚麻连衣裙", "Linen dress", "259.00", 40,
     "连衣裙 裙子 女装 夏天 dress women", "透气不贴身", "Airy cut", "s_qinglan"),
    ("p302", _C.CLOTHING, "羊毛混纺大衣", "Wool-blend coat", "899.00", 18,
     "大衣 外套 女装 冬天 coat jacket women",
     "中长款，配腰带", "Mid length, with belt", "s_qinglan"),
    ("p303", _C.CLOTHING, "纯棉衬衫 男", "Cotton shirt for men", "149.00", 90,
     "衬衫 男装 上衣 shirt men", "免烫", "No ironing", "s_qinglan"),
    ("p304", _C.CLOTHING, "轻跑运动鞋", "Light running shoes", "369.00", 55,
     "运动鞋 跑鞋 鞋子 shoes sneakers running", "缓震回弹", "Springy sole", "self"),
    ("p305", _C.UNDERWEAR, "莫代尔内衣套装", "Modal underwear set", "129.00", 65,
     "内衣 内裤 贴身 underwear", "无痕无勒", "No seams", "s_qinglan"),
    ("p401", _C.BABY_CONSUMABLES, "云朵 婴儿纸尿裤 L 60 片",
     "Yunduo nappies L, 60 pieces", "129.00", 120,
     "纸尿裤 尿不湿 尿布 宝宝 婴儿 nappies diapers baby", "夜里不漏", "Dry all night", "self"),
    ("p402", _C.BABY_CONSUMABLES, "云朵 婴儿湿巾 80 抽 6 包",
     "Yunduo baby wipes 6×80", "49.90", 150,
     "湿巾 宝宝 婴儿 手口 wipes baby", "无香无酒精", "No scent, no alcohol", "self"),
    ("p403", _C.BABY_CONSUMABLES, "初芽 婴幼儿奶粉 2 段 800g",
     "Chuya formula stage 2, 800 g", "298.00", 60,
     "奶粉 宝宝 婴儿 formula milk baby", "6-12 个月", "6-12 months", "self"),
    ("p404", _C.BABY_GEAR, "一键折叠婴儿推车", "One-hand folding stroller", "799.00", 16,
     "推车 婴儿车 宝宝 童车 stroller pram baby", "可上飞机", "Fits the cabin", "self"),
    ("p405", _C.BABY_GEAR, "儿童安全座椅", "Child car seat", "1199.00", 10,
     "安全座椅 汽车 宝宝 儿童 car seat child", "0-7 岁旋转", "0-7 years, swivels", "self"),
    ("p406", _C.BABY_GEAR, "云朵 电动吸奶器", "Yunduo electric breast pump", "359.00", 18,
     "吸奶器 哺乳 喂养 妈妈 breast pump feeding", "静音，九档吸力", "Quiet, nine levels", "self"),
    ("p501", _C.PET_FOOD, "毛球 鲜肉猫粮 2kg", "Furball fresh-meat cat food 2 kg", "139.00", 75,
     "猫粮 猫 宠物 粮 cat food pet", "鸡肉配方", "Chicken recipe", "s_maoqiu"),
    ("p502", _C.PET_FOOD, "毛球 低敏狗粮 5kg", "Furball gentle dog food 5 kg", "219.00", 50,
     "狗粮 狗 宠物 粮 dog food pet", "鸭肉配方", "Duck recipe", "s_maoqiu"),
    ("p503", _C.PET_SUPPLIES, "猫咪自动饮水机", "Cat water fountain", "159.00", 28,
     "饮水机 猫 宠物 喝水 fountain cat pet", "循环过滤", "Filters as it flows", "self"),
    ("p504", _C.PET_SUPPLIES, "豆腐猫砂 6L 4 袋", "Tofu cat litter 4×6 l", "79.00", 90,
     "猫砂 猫 宠物 litter cat pet", "可冲马桶", "Flushable", "self"),
    ("p601", _C.FOOD, "每日坚果 30 包", "Daily nuts, 30 packs", "99.00", 110,
     "坚果 零食 每日坚果 nuts snack", "原味烘烤", "Plain roasted", "self"),
    ("p602", _C.FOOD, "云雾绿茶 250g", "Cloud green tea 250 g", "168.00", 45,
     "茶 茶叶 绿茶 tea", "明前采摘", "Picked in early spring", "self"),
    ("p603", _C.FRESH, "山地苹果 5kg", "Mountain apples 5 kg", "69.90", 85,
     "苹果 水果 生鲜 apple fruit", "脆甜多汁", "Crisp and sweet", "self"),
    ("p604", _C.FOOD, "挂耳咖啡 20 包", "Drip coffee, 20 bags", "79.00", 95,
     "咖啡 挂耳 coffee", "中度烘焙", "Medium roast", "self"),
    ("p701", _C.MEDICINE, "家用创可贴 100 片", "Plasters, 100 pieces", "19.90", 140,
     "创可贴 药 急救 plaster medicine", "防水透气", "Waterproof", "self"),
)  # fmt: skip
# product id → (days before seeding, yuan, how the price came about), oldest first
EARLIER: dict[str, tuple[tuple[int, str, PriceKind], ...]] = {
    "p101": ((90, "2799.00", PriceKind.PUBLIC), (10, "2499.00", PriceKind.PUBLIC)),
    "p107": ((90, "5999.00", PriceKind.PUBLIC), (1, "5699.00", PriceKind.PUBLIC)),
    "p201": ((90, "399.00", PriceKind.PUBLIC), (2, "319.00", PriceKind.PUBLIC)),
    "p301": ((90, "289.00", PriceKind.PUBLIC), (1, "259.00", PriceKind.PUBLIC)),
    "p401": ((90, "149.00", PriceKind.PUBLIC), (1, "129.00", PriceKind.PUBLIC)),
    "p501": ((90, "159.00", PriceKind.PUBLIC), (1, "139.00", PriceKind.PUBLIC)),
    "p104": ((90, "249.00", PriceKind.PUBLIC), (3, "199.00", PriceKind.PUBLIC)),
    # A flash sale is no public price: nobody gets the difference to it.
    "p203": ((90, "1299.00", PriceKind.PUBLIC), (1, "999.00", PriceKind.FLASH_SALE)),
}
_LIMITS = {"p403": 4, "p401": 6}


def fen(yuan: str) -> int:
    whole, _, rest = yuan.partition(".")
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def _product(row: _Row) -> Product:
    product_id, category, title, title_en, yuan, stock, keywords, point, point_en, seller = row
    store, store_en = STORES[seller]
    return Product(
        product_id=product_id,
        title=title,
        title_en=title_en,
        category=category,
        price_fen=fen(yuan),
        stock=stock,
        seller_id=seller,
        store_name=store,
        store_name_en=store_en,
        keywords=tuple(keywords.split()),
        point=point,
        point_en=point_en,
        purchase_limit=_LIMITS.get(product_id),
        image=PICTURE_PATH.format(_PICTURES.get(product_id, category)),
    )


PRODUCTS = tuple(_product(row) for row in _ROWS)
PRODUCTS_BY_ID = {product.product_id: product for product in PRODUCTS}


def price_history(now: datetime) -> list[PricePoint]:
    """Every product has at least its price of 90 days ago."""
    return [
        PricePoint(product.product_id, now - timedelta(days=days), fen(yuan), kind)
        for product in PRODUCTS
        for days, yuan, kind in EARLIER.get(product.product_id, ((90, "", PriceKind.PUBLIC),))
        for yuan in [yuan or _yuan(product)]
    ]


def _yuan(product: Product) -> str:
    return f"{product.price_fen // 100}.{product.price_fen % 100:02d}"
