// Canned responses: found by "/" and a few letters (title, text, or the pinyin keys the server delivers),
// filled with what is already known. A name that is not known stays visible, so nobody sends a hole.

/** The part after "/" when the whole draft is a search for a canned response, else null. */
export function cannedQuery(draft) {
  const match = /^\/([^\s/]{0,20})$/.exec(draft);
  return match ? match[1].toLowerCase() : null;
}

/** The responses as a customer who speaks `lang` would read them; `title` stays the agent's. */
export const cannedIn = (responses, lang) =>
  responses.map(({ texts, ...response }) => ({ ...response, text: texts[lang] ?? texts.zh }));

/** At most `limit` responses; those whose key or title begins with the query come first. */
export function matchCanned(responses, query, limit = 8) {
  const ranked = responses.map((response) => [rank(response, query), response]);
  return ranked
    .filter(([place]) => place < 3)
    .sort(([a], [b]) => a - b)
    .slice(0, limit)
    .map(([, response]) => response);
}

function rank(response, query) {
  const keys = [...(response.keys ?? []), response.title].map((key) => key.toLowerCase());
  if (keys.some((key) => key.startsWith(query))) return 0;
  if (keys.some((key) => key.includes(query))) return 1;
  return response.text.toLowerCase().includes(query) ? 2 : 3;
}

/** Replaces {customer}, {order_no}, … by the known values. */
export function fillCanned(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
