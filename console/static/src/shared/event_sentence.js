/* What an event beside the messages says, in one sentence. */
import { dayAndTime } from "./format.js";
import { hasText, t } from "./i18n.js";

/**
 * The sentence for an event, or null when it has none. The desk's own words to the customer come
 * first (`line` of a promise, `text` of everything else); `isAgent` gives the short neutral form.
 */
export function sentenceOf(event, { isAgent = false } = {}) {
  const key = `event.${event.type}`;
  if (!hasText(key)) return null;
  const body = event.body ?? {};
  const said = event.type.startsWith("promise_") ? body.line : body.text;
  if (said && !isAgent) return said;
  const sentence = t(key, {
    name: body.agent?.name ?? body.name ?? event.actor?.name ?? "",
    to: body.to_name ?? body.to_queue ?? t("actor.colleague"),
    text: body.words ?? body.text ?? "",
    due: body.due_at ? dayAndTime(body.due_at) : "",
    position: body.position ?? "",
  });
  return body.by ? t("event.by", { name: body.by, what: sentence }) : sentence;
}
