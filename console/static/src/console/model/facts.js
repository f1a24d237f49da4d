// Facts of the context card, as an agent may touch them.

/** A fact whose shown text is its value; codes, lists and masked numbers are not typed by hand. */
export function isEditable({ name, value, shown }) {
  return name !== "phone" && (typeof value === "string" || typeof value === "number") && String(value) === shown;
}
