// How a conversation ended, for reports: a category (stage, then matter), a result, whose fault it was.
// The matters follow the stages of the intents; words are in the texts under "category.…".

export const CATEGORIES = {
  presale: ["product", "stock", "promotion", "size"],
  order: ["status", "change", "cancel", "payment"],
  logistics: ["tracking", "late", "lost_or_damaged", "address"],
  aftersale: ["return", "exchange", "repair", "refund", "missing_or_wrong"],
  price: ["price_protection", "coupon"],
  account: ["invoice", "member", "security"],
  complaint: ["service", "quality", "delivery"],
};
export const RESULTS = ["solved", "following_up", "gave_up"];
export const FAULT_PARTIES = ["none", "shop", "carrier", "customer", "maker"];

/** The stage a conversation is in, as the first guess of the category; "order" when it is unknown. */
export function guessStage(stage) {
  const aliases = { member: "account" };
  const known = aliases[stage] ?? stage;
  return known in CATEGORIES ? known : "order";
}
