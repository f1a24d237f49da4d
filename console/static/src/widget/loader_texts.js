/* The launcher's few words; the frame brings its own catalogue. */
const TEXTS = {
  zh: { title: "在线客服", open: "打开在线客服", close: "收起在线客服", unread: "打开在线客服，{n} 条未读消息" },
  en: { title: "Customer service", open: "Open customer service", close: "Close customer service", unread: "Open customer service, {n} unread" },
};

export function loaderTexts(wish) {
  const tag = (wish || navigator.languages?.[0] || "zh").toLowerCase();
  return tag.startsWith("zh") ? TEXTS.zh : TEXTS.en;
}
