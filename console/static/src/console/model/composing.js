// What the composer knows without a screen: which promise a draft contains, and what fills a canned response.
import { fillCanned } from "./canned.js";
import { findDuePhrase, vaguePromise } from "./due_phrase.js";

/** {phrase, dueAt} for a dated promise, {phrase, dueAt: null} for one without a time, else null. */
export function promiseIn(draft, now) {
  const text = draft.trim();
  if (text.length < 4) return null;
  return findDuePhrase(text, now) ?? vaguePromise(text);
}

/** The sentence that holds `phrase`: what the promise ledger keeps. */
export function promiseSentence(draft, phrase) {
  const sentences = draft.split(/(?<=[。!?！？\n.])\s*/u);
  return (sentences.find((sentence) => sentence.includes(phrase)) ?? draft).trim().slice(0, 200);
}

/** Fills a canned response with the names and numbers of the open conversation. */
export function filledResponse(response, desk) {
  const facts = desk.open?.details?.context_card?.facts ?? [];
  const order = facts.find((fact) => fact.name === "order_no");
  return fillCanned(response.text, {
    customer: desk.openSummary?.customer?.name || undefined,
    agent: desk.me?.name,
    order_no: order?.shown ?? order?.value,
  });
}
