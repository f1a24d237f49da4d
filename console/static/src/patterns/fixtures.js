/* Invented data for every card and message; two languages where the card carries ready words. */
import { lang } from "../shared/i18n.js";

const say = (zh, en) => (lang() === "en" ? en : zh);
const at = (text) => `2026-03-${text}:00Z`;

const line = (overrides = {}) => ({
  line_id: "l1",
  title: say("云杉 降噪头戴耳机 雾灰", "Spruce noise-cancelling headphones, fog grey"),
  variant: say("雾灰 / 蓝牙 5.4", "Fog grey / Bluetooth 5.4"),
  quantity: 1,
  unit_fen: 89900,
  image: "/art/digital.svg",
  ...overrides,
});

export const order = (overrides = {}) => ({
  type: "order",
  order_no: "20260301880017",
  status: "in_transit",
  status_label: say("运输中", "In transit"),
  store_name: say("松柳集自营", "Willow & Pine"),
  seller_type: "self",
  placed_at: at("01T03:12"),
  promised_at: at("05T10:00"),
  total_fen: 104800,
  lines: [
    line(),
    line({ line_id: "l2", title: say("手冲壶 600 毫升", "Pour-over kettle 600 ml"), variant: "", unit_fen: 14900, image: "" }),
  ],
  parcels: [{ waybill_no: "SF7712003418", carrier: say("顺丰速运", "SF Express"), status_label: say("运输中", "In transit") }],
  ...overrides,
});

const event = (time, place, zh, en) => ({ at: at(time), place, text: say(zh, en) });

const trace = (extra = {}) => ({
  waybill_no: "SF7712003418",
  carrier: say("顺丰速运", "SF Express"),
  status_label: say("运输中", "In transit"),
  promised_at: at("05T10:00"),
  events: [
    event("04T01:20", say("杭州", "Hangzhou"), "快件已到达杭州转运中心", "Arrived at the Hangzhou hub"),
    event("03T15:02", say("上海", "Shanghai"), "快件已离开上海,发往杭州", "Left Shanghai for Hangzhou"),
    event("03T04:40", say("上海", "Shanghai"), "快件已揽收", "Picked up by the carrier"),
    event("02T09:10", "", "包裹正在打包", "Being packed"),
    event("01T03:13", "", "订单已付款", "Order paid"),
  ],
  ...extra,
});

const claimItem = (overrides) => ({
  order_no: "20260301880017",
  line_id: "l1",
  title: say("云杉 降噪头戴耳机 雾灰", "Spruce headphones, fog grey"),
  paid_unit_fen: 89900,
  current_unit_fen: 84900,
  claim_fen: 5000,
  code: "PAID",
  ...overrides,
});

export const cards = () => ({
  order: order(),
  order_third_party: order({ seller_type: "third_party", store_name: say("远山茶铺", "Far Hills Tea"), status: "signed", status_label: say("已签收", "Delivered"), parcels: [], promised_at: null, lines: [line({ image: "/art/food.svg", title: say("明前龙井 250 克", "Spring green tea 250 g"), variant: "" })] }),
  order_list: { type: "order_list", orders: [order(), order({ order_no: "20260226770093", status: "unpaid", status_label: say("待付款", "Unpaid"), total_fen: 3990, lines: [line({ image: "/art/clothing.svg", title: say("亚麻衬衫 米白 M", "Linen shirt, off-white, M") })] })] },
  parcel_trace: { type: "parcel_trace", order_no: "20260301880017", parcels: [trace()] },
  parcel_trace_two: { type: "parcel_trace", order_no: "20260301880017", parcels: [trace(), trace({ waybill_no: "YT2003", carrier: say("圆通速递", "YTO"), status_label: say("待揽收", "Packed"), events: [], promised_at: null })] },
  product_list: { type: "product_list", products: [
    { product_id: "p1", title: say("云杉 降噪头戴耳机", "Spruce noise-cancelling headphones"), price_fen: 84900, image: "/art/digital.svg", reason: say("续航 40 小时,预算之内", "40 hours, within your budget"), stock_label: say("有货", "In stock") },
    { product_id: "p2", title: say("溪石 入耳耳机", "Pebble in-ear headphones"), price_fen: 29900, image: "/missing.png", reason: "", stock_label: say("暂时无货", "Sold out") },
  ] },
  price_claim: { type: "price_claim", total_fen: 5000, arrival: say("1-3 个工作日退回原支付方式", "Back to the way you paid within 1-3 working days"), items: [
    claimItem({ days_left: 9, reason: say("已退差价", "Difference refunded") }),
    claimItem({ title: say("手冲壶 600 毫升", "Pour-over kettle"), paid_unit_fen: 14900, current_unit_fen: 14900, claim_fen: 0, code: "NO_DROP", reason: say("价格没有下降", "No price drop") }),
    claimItem({ title: say("明前龙井 250 克", "Spring green tea"), claim_fen: 0, code: "SELLER_NOT_JOINED", reason: undefined }),
    claimItem({ title: say("折叠屏手机 512G", "Folding phone 512G"), paid_unit_fen: 899900, current_unit_fen: 859900, claim_fen: 40000, code: "AUDIT", reason: undefined }),
  ] },
  return_summary: { type: "return_summary", rma_no: "R2603040012", order_no: "20260301880017", title: say("云杉 降噪头戴耳机 雾灰", "Spruce headphones, fog grey"), quantity: 1, reason_label: say("右耳没有声音", "No sound on the right"), condition_label: say("已拆封,配件齐全", "Opened, complete"), way_label: say("上门取件", "Pick-up"), pickup_label: say("3月6日 9:00-12:00", "6 Mar, 9:00-12:00"), photos: 2, refund_fen: 84000, breakdown: [{ label: say("商品实付", "Paid"), amount_fen: 89000 }, { label: say("已退差价", "Price protection already paid"), amount_fen: -5000 }], freight_note: say("退回运费由商家承担", "The shop pays the way back"), state_label: say("已提交", "Filed") },
  summary: { type: "summary", heading: say("收到时破损", "It arrived damaged"), note: say("新的先发出，旧的由快递员免费取走。", "The new one is sent first; a courier fetches the old one free of charge."), lines: [
    { label: say("订单", "Order"), text: "20260301880017", amount_fen: null },
    { label: say("商品", "Item"), text: say("云杉 降噪头戴耳机 雾灰", "Spruce noise-cancelling headphones, fog grey"), amount_fen: null },
    { label: say("数量", "Quantity"), text: say("1 件", "1"), amount_fen: null },
    { label: say("情况说明", "What happened"), text: say("外箱压扁了，右边的耳罩裂开，转轴也松了", "The box was crushed, the right ear cup is cracked and its hinge is loose"), amount_fen: null },
    { label: say("照片", "Pictures"), text: say("2 张", "2"), amount_fen: null },
    { label: say("退款金额", "Refund"), text: "", amount_fen: 84000 },
  ] },
  refund_progress: { type: "refund_progress", rma_no: "R2603040012", order_no: "20260301880017", title: say("云杉 降噪头戴耳机", "Spruce headphones"), amount_fen: 84000, arrival: say("预计 3月9日 前到账", "Expected by 9 Mar"), steps: [
    { label: say("已提交申请", "Filed"), at: at("04T02:00"), done: true, current: false },
    { label: say("商品已寄回", "Sent back"), at: at("05T06:30"), done: true, current: false },
    { label: say("验货中", "Being inspected"), at: at("06T01:00"), done: false, current: true },
    { label: say("退款到账", "Refunded"), done: false, current: false },
  ] },
  work_orders: { type: "work_orders", items: [
    { work_order_no: "TK3603040012", kind_label: say("物流核查", "Tracking check"), state: "open", state_label: say("处理中", "Open"), opened_at: at("04T02:00"), due_at: at("05T02:00"), result: "" },
    { work_order_no: "TK3603020031", kind_label: say("投诉", "Complaint"), state: "done", state_label: say("已处理", "Settled"), opened_at: at("02T02:00"), due_at: null, result: say("已补发并致歉", "Sent again, with an apology") },
  ] },
  handoff: { type: "handoff", position: 3, text: say("正在为您找一位客服,请稍候。", "We are finding a person for you.") },
  promise: { type: "promise", promise_id: "pr1", text: say("核实仓库库存并给您答复", "Check the stock and answer you"), due_at: at("05T08:00"), state: "open" },
  promise_kept: { type: "promise", promise_id: "pr2", text: say("补发缺少的充电线", "Send the missing cable"), due_at: at("04T08:00"), state: "kept" },
  promise_broken: { type: "promise", promise_id: "pr3", text: say("催促承运商更新物流", "Ask the carrier for news"), due_at: at("03T08:00"), state: "broken" },
});

const message = (kind, name, body, seq = 1) => ({ type: "message_posted", conversation_id: "c1", seq, prev: seq - 1, actor: { kind, id: kind, name }, at: at("04T06:05"), body });
const text = (zh, en) => ({ kind: "text", text: say(zh, en) });
const buttons = () => [
  { id: "b1", label: say("申请价保", "Claim") },
  { id: "b2", label: say("转人工", "A person") },
  { id: "b3", label: say("都不是", "None of these") },
];

export const messages = () => [
  { title: "bot", event: message("bot", "", text("您好,订单 0017 正在运输中。", "Hello, order 0017 is on its way.")) },
  { title: "bot, buttons", event: message("bot", "", { ...text("您想了解哪一项?", "Which one?"), buttons: buttons() }) },
  { title: "bot, chosen", event: message("bot", "", { ...text("您想了解哪一项?", "Which one?"), buttons: buttons() }), pressed: new Set(["b1"]) },
  { title: "agent", event: message("agent", say("林晓", "Lin Xiao"), text("我来帮您看看。", "Let me have a look.")) },
  { title: "note", event: { ...message("agent", say("林晓", "Lin Xiao"), { text: say("顾客赶时间,先催仓库。", "In a hurry: call the warehouse first.") }), type: "note_added" } },
  { title: "own, sent", own: true, status: "sent", event: message("customer", "", text("耳机右边没有声音", "No sound on the right side")) },
  { title: "own, read", own: true, status: "read", event: message("customer", "", text("好的,谢谢", "Fine, thank you")) },
  { title: "own, sending", own: true, status: "sending", event: message("customer", "", text("还有一个问题", "One more thing")) },
  { title: "own, waiting", own: true, status: "waiting", event: message("customer", "", text("网络断了也会保存", "Kept while offline")) },
  { title: "own, failed", own: true, status: "failed", event: message("customer", "", text("这条没有发出去", "This did not go out")) },
  { title: "own, refused", own: true, status: "failed", error: { code: "too_large", message: "" }, event: message("customer", "", text("太长的内容…", "Far too long…")) },
  { title: "picture", own: true, status: "read", event: message("customer", "", { kind: "picture", url: "/art/digital.svg", width: 240, height: 180, text: "" }) },
  { title: "picture without address", own: true, status: "sending", event: message("customer", "", { kind: "picture", text: "" }) },
  { title: "markup is text", event: message("customer", say("顾客", "Customer"), { kind: "text", text: "<img src=x onerror=alert(1)> /intent{} &amp; " + "0".repeat(90) }) },
  { title: "unknown card", event: message("bot", "", { kind: "card", text: say("此卡片以文字显示", "Shown as text"), card: { type: "from_the_future" } }) },
];

export const systemEvents = () => [
  { type: "agent_joined", actor: { kind: "agent", name: say("林晓", "Lin Xiao") }, at: at("04T06:06"), body: { name: say("林晓", "Lin Xiao") } },
  { type: "returned_to_bot", actor: { kind: "agent", name: "" }, at: at("04T06:20"), body: {} },
  { type: "conversation_resolved", actor: { kind: "agent", name: "" }, at: at("04T06:30"), body: {} },
];
