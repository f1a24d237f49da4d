// What a return needs to know and a person may choose from. Codes of console/desk/after_sale.py.

export const REASONS = [
  "no_longer_wanted",
  "wrong_size",
  "wrong_choice",
  "quality_fault",
  "damaged",
  "missing_parts",
  "wrong_item",
  "not_as_described",
  "late_delivery",
  "price_dropped",
  "suspected_fake",
  "expired",
  "allergic",
  "pet_refuses",
  "outgrown",
  "other",
];
export const CONDITIONS = ["unopened", "opened", "used"];
export const WAYS = ["pickup", "self_ship"];

const CHOICES = { reason: REASONS, condition: CONDITIONS, return_way: WAYS };

/** Codes by fact for what a return that has begun still has to be told: [name, codes]. */
export function openChoices({ facts = [], asked = [] } = {}) {
  const known = new Set(facts.filter((fact) => !fact.expired).map((fact) => fact.name));
  const begun = asked.some(({ slot }) => slot in CHOICES);
  return begun ? Object.entries(CHOICES).filter(([name]) => !known.has(name)) : [];
}
