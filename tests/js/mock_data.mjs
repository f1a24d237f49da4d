/* Goods, people and answers of the mock desk; the cards are those of the pattern page. */
import { setLang } from "../../console/static/src/shared/i18n.js";
import { cards as fixtures, order } from "../../console/static/src/patterns/fixtures.js";

const inLang = (lang, work) => {
  setLang(lang);
  return work();
};

export const demoCustomers = (lang) => [
  { customer_no: "D001", name: "周宁", note: lang === "en" ? "in transit" : "运输中" },
  { customer_no: "D002", name: "许然", note: lang === "en" ? "unpaid" : "待付款" },
];

export const demoOrders = (lang) =>
  inLang(lang, () => [order(), fixtures().order_third_party, order({ order_no: "20260226770093", status: "unpaid", status_label: lang === "en" ? "Unpaid" : "待付款", parcels: [], promised_at: null })]);

const GOODS = [
  ["phones", "青岚 5G 手机 256G", "Qinglan 5G phone 256G", 329900, "两天一充的长续航", "Two days on one charge"],
  ["digital", "云杉 降噪头戴耳机", "Spruce noise-cancelling headphones", 84900, "续航 40 小时", "40 hours of music"],
  ["computers", "远山 轻薄笔记本 14 英寸", "Yuanshan light notebook 14 inch", 549900, "1.1 千克,金属机身", "1.1 kg, metal body"],
  ["appliances", "温言 恒温电水壶", "Wenyan thermostat kettle", 19900, "1 度精准控温", "Set to the degree"],
  ["clothing", "亚麻衬衫 宽松版", "Linen shirt, relaxed fit", 25900, "越洗越软", "Softer with every wash"],
  ["pet_food", "小满 成猫粮 5 千克", "Xiaoman adult cat food 5 kg", 16800, "单一肉源", "One source of meat"],
  ["fresh", "赣南脐橙 5 斤", "Navel oranges 2.5 kg", 3990, "现摘现发", "Picked and sent"],
  ["baby_gear", "轻行 折叠婴儿车", "Qingxing folding stroller", 89900, "单手一秒收", "Folds with one hand"],
];

export const demoProducts = (lang) =>
  GOODS.map(([category, title, titleEn, price, point, pointEn], index) => ({
    product_id: `p${index * 7 + 1}`,
    title: lang === "en" ? titleEn : title,
    price_fen: price,
    category,
    image: "",
    point: lang === "en" ? pointEn : point,
    stock: index === 6 ? 0 : 12,
    seller_type: index === 5 ? "third_party" : "self",
    store_name: index === 5 ? (lang === "en" ? "Pet Pantry" : "宠物食铺") : "",
  }));

export const cards = (lang) =>
  inLang(lang, () => {
    const all = fixtures();
    const say = (zh, en) => (lang === "en" ? en : zh);
    return {
      trace: { words: /物流|track|parcel/i, card: all.parcel_trace, text: say("这是订单 0017 的最新进度:", "The latest on order 0017:") },
      price: { words: /差价|价保|买贵|price/i, card: all.price_claim, text: say("为您核对了近期订单:", "I checked your recent orders:") },
      progress: { words: /退款|refund/i, card: all.refund_progress, text: say("退款进度如下:", "Your refund:") },
      back: { words: /退货|return/i, card: all.return_summary, text: say("请确认退货信息:", "Please check:"), buttons: [say("确认提交", "File it"), say("修改", "Change")] },
      products: { words: /推荐|耳机|headphone|recommend/i, card: all.product_list, text: say("按预算找到这些:", "Within your budget:") },
      orders: { words: /订单|order/i, card: all.order_list, text: say("您想问哪一个订单?", "Which order?"), buttons: [say("尾号 0017", "Ending 0017"), say("尾号 0093", "Ending 0093")] },
    };
  });
