// A small day at the shop for the console's mock desk: people, orders and conversations, all invented.
// Times are counted back from the start of the mock, so clocks and countdowns look alive.

export const AGENTS = [
  { id: "agent_lin", name: "林小满", role: "agent", status: "online", open: 3, limit: 8 },
  { id: "agent_chen", name: "陈嘉树", role: "agent", status: "busy", open: 6, limit: 6 },
  { id: "agent_zhou", name: "周亦安", role: "lead", status: "online", open: 1, limit: 10 },
  { id: "agent_wu", name: "吴晓棠", role: "agent", status: "break", open: 2, limit: 8 },
  { id: "agent_he", name: "何知秋", role: "agent", status: "offline", open: 0, limit: 8 },
];
export const QUEUES = [
  { id: "general", name: "综合", waiting: 2 },
  { id: "complaint", name: "投诉", waiting: 1 },
];
export const ME = {
  id: "agent_lin",
  name: "林小满",
  role: "agent",
  limit: 8,
  lang: "zh",
  permissions: ["answer", "money", "reveal", "watch_all"],
};
export const CANNED = [
  {
    id: "c1",
    title: "问候",
    texts: { zh: "{customer}您好,我是客服{agent},前面的对话我都看过了,马上帮您处理。", en: "Hello {customer}, I'm {agent}." },
    keys: ["wenhou", "wh"],
    folder: "个人",
  },
  { id: "c2", title: "请稍等", texts: { zh: "好的,我查一下,请稍等两分钟。" }, keys: ["qingshaodeng", "qsd"], folder: "团队" },
  {
    id: "c3",
    title: "答复时间",
    texts: { zh: "订单 {order_no} 我会跟进,24小时内给您答复。" },
    keys: ["dafushijian", "dfsj"],
    folder: "团队",
  },
  {
    id: "c4",
    title: "退货须知",
    texts: { zh: "取件时请把配件和说明书一起放进包装里。" },
    keys: ["tuihuoxuzhi", "thxz"],
    folder: "团队",
  },
  { id: "c5", title: "结束语", texts: { zh: "感谢您的耐心,有需要随时叫我。" }, keys: ["jieshuyu", "jsy"], folder: "个人" },
];
export const PRODUCTS = [
  {
    product_id: "p1",
    title: "云栖 变频空气循环扇 12 寸",
    price_fen: 32900,
    image: "/mock/goods/fan.svg",
    stock_label: "有货",
  },
  {
    product_id: "p2",
    title: "澄光 护眼台灯 Pro",
    price_fen: 45900,
    image: "/mock/goods/lamp.svg",
    stock_label: "有货",
  },
  {
    product_id: "p3",
    title: "北岸 双层不锈钢电热水壶 1.7L",
    price_fen: 16900,
    image: "/mock/goods/kettle.svg",
    stock_label: "仅剩 6 件",
  },
];

const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const ahead = (seconds) => ago(-seconds);

function order(order_no, status, status_label, lines, extra = {}) {
  const total_fen = lines.reduce((sum, line) => sum + line.unit_fen * line.quantity, 0);
  return {
    type: "order",
    order_no,
    status,
    status_label,
    store_name: "青禾自营旗舰店",
    seller_type: "self",
    placed_at: ago(9 * 86400),
    total_fen,
    lines,
    parcels: [],
    ...extra,
  };
}
const line = (line_id, title, variant, quantity, unit_fen, image) => ({
  line_id,
  title,
  variant,
  quantity,
  unit_fen,
  image,
});

export const ORDERS = {
  cust_su: [
    order(
      "2611120087301",
      "signed",
      "已签收",
      [
        line("l1", "澄光 护眼台灯 Pro", "雾白", 1, 52900, "/mock/goods/lamp.svg"),
        line("l2", "北岸 双层不锈钢电热水壶 1.7L", "米色", 2, 18900, "/mock/goods/kettle.svg"),
      ],
      { parcels: [{ waybill_no: "SF1402288671", carrier: "顺丰", status_label: "已签收" }] },
    ),
    order(
      "2611180045612",
      "in_transit",
      "运输中",
      [line("l3", "云栖 变频空气循环扇 12 寸", "白色", 1, 32900, "/mock/goods/fan.svg")],
      {
        promised_at: ahead(30 * 3600),
        parcels: [{ waybill_no: "JT5501928374", carrier: "极兔", status_label: "运输中" }],
      },
    ),
  ],
  cust_gu: [
    order(
      "2611150022908",
      "delivering",
      "派送中",
      [line("l4", "山野 三季帐篷 双人", "松绿", 1, 69900, "/mock/goods/tent.svg")],
      { seller_type: "third_party", store_name: "山野户外专营店" },
    ),
  ],
};

function summary(conversation_id, over) {
  return {
    conversation_id,
    version: 1,
    state: "with_bot",
    channel: "web",
    stage: "order",
    emotion: 0,
    unread: 0,
    last_text: "",
    last_at: ago(60),
    lang: "zh",
    customer: { id: "cust_x", name: "", verified: false, band: "A" },
    ...over,
  };
}
const me = { id: ME.id, name: ME.name };
const person = (id, name, band, verified = true) => ({ id, name, band, verified });

export const summaries = () => [
  summary("conv_su", {
    state: "with_agent",
    assignee: me,
    customer: person("cust_su", "苏念", "C"),
    stage: "aftersale",
    emotion: 2,
    unread: 2,
    last_text: "那水壶的差价还能一起退吗",
    last_at: ago(128),
    waiting_since: ago(128),
  }),
  summary("conv_gu", {
    state: "with_agent",
    assignee: me,
    customer: person("cust_gu", "顾望舒", "B"),
    channel: "wechat",
    stage: "order",
    emotion: 1,
    unread: 1,
    last_text: "司机电话一直打不通",
    last_at: ago(71),
    waiting_since: ago(71),
  }),
  summary("conv_tang", {
    state: "with_agent",
    assignee: me,
    customer: person("cust_tang", "唐礼", "A"),
    stage: "presale",
    last_text: "好的,我先看看",
    last_at: ago(15),
  }),
  summary("conv_snz", {
    state: "snoozed",
    assignee: me,
    customer: person("cust_lu", "陆青", "B"),
    channel: "mail",
    stage: "order",
    last_text: "发票抬头已经改好,等财务确认",
    last_at: ago(5400),
  }),
  summary("conv_q1", {
    state: "queued",
    customer: person("cust_han", "韩松", "C"),
    stage: "order",
    emotion: 3,
    unread: 3,
    last_text: "第三次了,我要找人工",
    last_at: ago(104),
    waiting_since: ago(192),
    wait_reason: "anger",
    priority: 9.2,
  }),
  summary("conv_q2", {
    state: "queued",
    customer: person("", "访客 7K2P", "A", false),
    channel: "app",
    stage: "presale",
    unread: 1,
    last_text: "这个帐篷能装进 20 寸箱子吗",
    last_at: ago(22),
    waiting_since: ago(22),
    wait_reason: "wish",
    priority: 0.4,
    lang: "zh",
  }),
  summary("conv_q3", {
    state: "offered",
    customer: person("cust_moore", "Ada Moore", "B"),
    stage: "aftersale",
    emotion: 1,
    unread: 1,
    last_text: "The price dropped the day after I bought it.",
    last_at: ago(65),
    waiting_since: ago(65),
    wait_reason: "policy",
    priority: 2.1,
    lang: "en",
  }),
  summary("conv_b1", {
    customer: person("cust_bai", "白露", "A"),
    stage: "order",
    last_text: "已经为您查到这个订单的物流",
    last_at: ago(9),
  }),
  summary("conv_b2", {
    customer: person("", "访客 M9QX", "A", false),
    stage: "presale",
    last_text: "三百左右的台灯",
    last_at: ago(40),
  }),
  summary("conv_c1", {
    state: "with_agent",
    assignee: { id: "agent_chen", name: "陈嘉树" },
    customer: person("cust_qi", "戚微", "B"),
    channel: "wechat",
    stage: "aftersale",
    last_text: "师傅明天上午来取",
    last_at: ago(300),
  }),
  summary("conv_r1", {
    state: "resolved",
    customer: person("cust_su", "苏念", "C"),
    stage: "order",
    last_text: "好的谢谢",
    last_at: ago(26 * 86400),
  }),
];

const at = {
  customer: { kind: "customer", id: "cust_su", name: "苏念" },
  bot: { kind: "bot", id: "", name: "" },
  system: { kind: "system", id: "", name: "" },
};
at.me = { kind: "agent", ...me };
at.chen = { kind: "agent", id: "agent_chen", name: "陈嘉树" };

/** [seconds ago, type, actor, body] */
const SU_STORY = [
  [90000, "conversation_started", at.system, {}],
  [90000, "message_posted", at.customer, { kind: "text", text: "台灯买完第三天就便宜了" }],
  [
    89996,
    "message_posted",
    at.bot,
    {
      kind: "text",
      text: "我帮您看看能不能价保。是这个订单吗?",
      buttons: [
        { id: "b_1", label: "是,尾号 7301" },
        { id: "b_2", label: "不是,换一个" },
      ],
    },
  ],
  [89980, "message_posted", at.customer, { kind: "text", text: "是,尾号 7301", button_id: "b_1" }],
  [89976, "message_posted", at.bot, { kind: "card", text: "台灯可退差价 70.00 元", card: priceClaim() }],
  [
    89975,
    "action_taken",
    at.bot,
    { action: "price_claim", order_nos: ["2611120087301"], total_fen: 7000, audit_fen: 0 },
  ],
  [4000, "message_posted", at.customer, { kind: "text", text: "台灯底座有裂纹,想退" }],
  [3990, "message_posted", at.bot, { kind: "text", text: "请发一张裂纹处的照片,我来登记退货。" }],
  [
    3950,
    "message_posted",
    at.customer,
    { kind: "picture", upload_id: "u_1", url: "/mock/goods/crack.svg", width: 800, height: 600, text: "" },
  ],
  [3900, "message_posted", at.customer, { kind: "text", text: "算了,我要跟人说" }],
  [3899, "handoff_requested", at.system, { reason: "wish", queue: "general" }],
  [3880, "agent_joined", at.chen, { agent_id: "agent_chen", name: "陈嘉树" }],
  [
    3800,
    "message_posted",
    at.chen,
    { kind: "text", text: "苏女士您好,照片我看到了,底座的裂纹属于质量问题,退货运费由我们承担。" },
  ],
  [3700, "note_added", at.chen, { text: "客户家里有小孩,取件时间请约在下午三点以后。@林小满 后面麻烦你跟一下" }],
  [3651, "note_added", at.chen, { text: "退货差最后一步确认,价保已到账,水壶的差价还没查。", transfer: true }],
  [3650, "conversation_transferred", at.chen, { to_agent_id: "agent_lin", to_name: "林小满", from_name: "陈嘉树" }],
  [3600, "agent_joined", at.me, { agent_id: "agent_lin", name: "林小满" }],
  [3560, "message_posted", at.me, { kind: "text", text: "您好,我接着帮您处理,前面说过的不用再讲一遍。" }],
  [
    3500,
    "promise_made",
    at.me,
    { promise_id: "pr_1", text: "退货审核结果", due_at: ahead(2 * 3600 + 300), kind: "answer" },
  ],
  [3400, "message_posted", at.me, { kind: "card", text: "订单 2611120087301", card: ORDERS.cust_su[0] }],
  [600, "message_posted", at.customer, { kind: "text", text: "收到,单子没错" }],
  [140, "message_posted", at.customer, { kind: "text", text: "对了还有一件事" }],
  [128, "message_posted", at.customer, { kind: "text", text: "那水壶的差价还能一起退吗" }],
];

function priceClaim() {
  return {
    type: "price_claim",
    total_fen: 7000,
    arrival: "原路退回,1-3 个工作日到账",
    items: [
      {
        order_no: "2611120087301",
        line_id: "l1",
        title: "澄光 护眼台灯 Pro",
        paid_unit_fen: 52900,
        current_unit_fen: 45900,
        claim_fen: 7000,
        code: "PAID",
        reason: "已退差价",
        days_left: 12,
      },
      {
        order_no: "2611120087301",
        line_id: "l2",
        title: "北岸 双层不锈钢电热水壶 1.7L",
        paid_unit_fen: 18900,
        current_unit_fen: 18900,
        claim_fen: 0,
        code: "NO_DROP",
        reason: "现在的价格没有更低",
      },
    ],
  };
}

export function checkedClaim() {
  return {
    type: "price_claim",
    total_fen: 4000,
    arrival: "原路退回,1-3 个工作日到账",
    items: [
      {
        order_no: "2611120087301",
        line_id: "l1",
        title: "澄光 护眼台灯 Pro",
        paid_unit_fen: 52900,
        current_unit_fen: 45900,
        claim_fen: 0,
        code: "LIMIT",
        reason: "这件的差价已经退过 70.00 元",
      },
      {
        order_no: "2611120087301",
        line_id: "l2",
        title: "北岸 双层不锈钢电热水壶 1.7L",
        paid_unit_fen: 18900,
        current_unit_fen: 16900,
        claim_fen: 4000,
        code: "PAID",
        reason: "可退差价",
        days_left: 6,
      },
    ],
  };
}

export function checkedReturn() {
  return {
    type: "return_summary",
    order_no: "2611120087301",
    title: "澄光 护眼台灯 Pro",
    quantity: 1,
    reason_label: "质量问题",
    condition_label: "已使用,有裂纹",
    way_label: "上门取件",
    pickup_label: "明天 15:00-17:00",
    photos: 1,
    refund_fen: 45900,
    breakdown: [
      { label: "实付", amount_fen: 52900 },
      { label: "已退差价", amount_fen: -7000 },
    ],
    freight_note: "退货运费由我们承担",
  };
}

export function storyOf(id) {
  const steps =
    id === "conv_su"
      ? SU_STORY
      : [
          [400, "conversation_started", at.system, {}],
          ...Array.from({ length: id === "conv_gu" ? 130 : 3 }, (_, index) => [
            390 - index,
            "message_posted",
            index % 2 ? at.bot : at.customer,
            { kind: "text", text: `第 ${index + 1} 句` },
          ]),
        ];
  return steps.map(([seconds, type, actor, body], index) => ({
    conversation_id: id,
    seq: index + 1,
    prev: index,
    type,
    actor,
    at: ago(seconds),
    body,
  }));
}

const fact = (name, label, shown, source, seconds, confidence = 1) => ({
  name,
  label,
  value: shown,
  shown,
  source,
  at: ago(seconds),
  confidence,
});

export function detailsOf(head) {
  const full = head.conversation_id === "conv_su";
  return {
    summary: head,
    case: { id: "case_1", state: "open", stage: head.stage, matter: null, reask_count: 0 },
    context_card: full ? { facts: FACTS, asked: ASKED, tried: TRIED } : { facts: [], asked: [], tried: [] },
    brief: full ? BRIEF : null,
    promises: full ? PROMISES : [],
    work_orders: full ? WORK_ORDERS : [],
    open_steps: full ? OPEN_STEPS : { after_sale: [], price_claims: [], trade_ins: [] },
    customer: { ...head.customer, member_level: full ? 7 : 1, phone: full ? "138****6027" : "" },
    orders: ORDERS[head.customer.id] ?? [],
    timeline: full
      ? [{ conversation_id: "conv_r1", started_at: ago(26 * 86400), state: "resolved", summary: "好的谢谢" }]
      : [],
  };
}

const FACTS = [
  fact("order_no", "订单号", "2611120087301", "customer", 89980),
  fact("order_item_id", "商品", "l1", "data", 89976),
  { ...fact("reason", "原因", "质量问题", "customer", 4000, 0.92), value: "quality_fault" },
  { ...fact("photos", "照片", "1", "customer", 3950), value: ["u_1"] },
  fact("slot_window", "上门时间", "下午三点以后", "agent", 3700),
];
const ASKED = [
  { slot: "order_no", label: "订单号", asked_by: "bot", text: "是这个订单吗?", at: ago(89996), is_reask: false },
  { slot: "photos", label: "照片", asked_by: "bot", text: "请发一张裂纹处的照片", at: ago(3990), is_reask: false },
];
const TRIED = [
  { what: "台灯价保", result: "退 70.00 元,已到账", at: ago(89976) },
  { what: "退货登记", result: "等最后确认", at: ago(3800) },
];
const BRIEF = {
  who: "苏念 · C 档会员 · 已登录",
  what: "台灯底座有裂纹,想退 / 算了,我要跟人说",
  reason: "wish",
  wish: "退货,并查水壶差价",
  mood: 2,
  order_no: "2611120087301",
  known: [
    ["原因", "质量问题"],
    ["照片", "1"],
  ],
  tried: ["台灯价保: 退 70.00 元,已到账", "退货登记: 等最后确认"],
  policy: "质量问题可退,运费由我们承担",
  promises: ["退货审核结果"],
  pictures: 1,
  next_step: "确认退货并查水壶价保",
  note: "退货差最后一步确认,水壶的差价还没查。",
  from: "陈嘉树",
};
const promise = (promise_id, text, state, due_at) => ({
  promise_id,
  text,
  kind: "answer",
  state,
  owner_id: ME.id,
  conversation_id: "conv_su",
  made_at: ago(3500),
  due_at,
  steps: { open: ["keep", "extend"], extended: ["keep"] }[state] ?? [],
});
const PROMISES = [
  promise("pr_1", "退货审核结果", "open", ahead(2 * 3600 + 300)),
  promise("pr_2", "核实水壶差价", "extended", ago(400)),
  promise("pr_0", "补发说明书", "kept", ago(80000)),
];

const workOrder = (work_order_no, kind_label, rest) => ({
  work_order_no,
  kind_label,
  kind: "carrier_check",
  state: "open",
  order_no: "2611120087301",
  line_id: null,
  severity: null,
  opened_at: ago(5200),
  due_at: ahead(3 * 3600),
  closed_at: null,
  result: "",
  promise_id: null,
  steps: ["done", "cancelled"],
  ...rest,
});
const WORK_ORDERS = [
  workOrder("TK4471902583", "物流核查", { text: "三天没有新的扫描", line_id: "l1", promise_id: "pr_2", due_at: ago(400) }),
  workOrder("TK4471902588", "回电", { kind: "callback", text: "今天下午回电 138****1005", order_no: null }),
  workOrder("TK4471902591", "投诉", { text: "快递员把箱子扔在楼道里\n期望：道歉和说明", severity: 3 }),
  workOrder("TK4471900007", "发票", {
    text: "要增值税专用发票",
    state: "done",
    closed_at: ago(90000),
    result: "专票已寄出，运单 JF0260751831",
    steps: [],
  }),
];
const OPEN_STEPS = {
  price_claims: [
    {
      claim_id: "pc_1",
      order_no: "2611120087301",
      line_id: "l1",
      title: "澄屿 S3 手机 256G",
      paid_unit_fen: 279900,
      current_unit_fen: 249900,
      claim_fen: 30000,
      reason: "金额较高，同事审核后打款",
      filed_at: ago(4000),
      due_at: ahead(20 * 3600),
      approved_by: null,
      steps: ["approve", "reject"],
    },
  ],
  after_sale: [
    {
      rma_no: "RMA8933910217",
      kind: "return",
      kind_label: "退货",
      state: "received",
      state_label: "仓库已收到，等待验货",
      order_no: "2611120087301",
      line_id: "l2",
      title: "暖厨 空气炸锅 5L 家用大容量多功能可视款",
      quantity: 2,
      reason_label: "质量问题",
      photos: 2,
      refund_fen: 78734,
      due_at: ahead(40 * 60),
      steps: ["passed", "failed"],
    },
    {
      rma_no: "RMA8933910299",
      kind: "exchange",
      kind_label: "换货",
      state: "submitted",
      state_label: "等待审核",
      order_no: "2611120087301",
      line_id: "l1",
      title: "澄屿 S3 手机 256G",
      quantity: 1,
      reason_label: "与描述不符",
      photos: 0,
      refund_fen: 0,
      due_at: ago(700),
      steps: ["approve", "reject", "ask_info"],
    },
  ],
  trade_ins: [
    {
      trade_in_no: "TI5512083341",
      state: "requested",
      state_label: "等待取件和检测",
      items: [
        { model: "澄屿 A1 128G", category_label: "手机", age_label: "用了 1-3 年", looks_label: "有使用痕迹", works: true },
      ],
      low_fen: 30000,
      high_fen: 45000,
      final_fen: null,
      pickup_at: ahead(86400),
      pickup_label: "11月23日 9:00-11:00",
      filed_at: ago(9000),
      steps: ["check"],
    },
  ],
};
