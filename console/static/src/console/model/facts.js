// Facts of the context card, as an agent sees and may touch them.

const IDS = new Set(["order_item_id", "product_id", "phone"]); // chosen elsewhere, or masked

/** A fact whose shown text is its value; codes, ids, lists and masked numbers are not typed by hand. */
export function isEditable({ name, value, shown }) {
  return !IDS.has(name) && (typeof value === "string" || typeof value === "number") && String(value) === shown;
}

/** The facts with the title of the chosen goods in place of their id, where the orders tell it. */
export function namedFacts(facts, orders) {
  return facts.map((fact) => ({ ...fact, shown: titleOf(fact.value, orders) ?? fact.shown }));
}

/** The title of an order's line; undefined for anything that is no line's id. */
export const titleOf = (id, orders) =>
  orders.flatMap((order) => order.lines).find((line) => line.line_id === id)?.title;
