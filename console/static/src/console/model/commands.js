// What an agent can do to a conversation. Each command is acknowledged; a refusal becomes a sentence for
// the agent (a lost race says who won) and is thrown on, so that a dialog stays open.

import { money } from "../../shared/format.js";

export async function accept(desk, id) {
  await claim(desk, "accept_handoff", id);
  desk.offers.remove(id);
  desk.openConversation(id);
}

export async function takeOver(desk, id) {
  await claim(desk, "take_over", id);
  desk.openConversation(id);
}

export async function decline(desk, id) {
  await command(desk, "decline_handoff", { conversation_id: id });
  desk.offers.remove(id);
  desk.changed();
}

/** `to`: {agent_id} or {queue}. */
export async function transfer(desk, id, to, note) {
  await claim(desk, "transfer_conversation", id, { to, note });
  desk.say("transfer.done", {}, "good");
}

export async function returnToBot(desk, id, settled, note) {
  await claim(desk, "return_to_bot", id, { settled, note });
  desk.say("return_to_bot.done", {}, "good");
}

export async function resolve(desk, id, wrapUp) {
  await claim(desk, "resolve_conversation", id, { wrap_up: wrapUp });
  desk.say("resolve.done", {}, "good");
}

/** `key`: the same over retries, so that one promise is made. */
export async function makePromise(desk, id, { text, dueAt, key, kind = "answer" }) {
  const payload = { conversation_id: id, client_msg_id: key, text, due_at: dueAt.toISOString(), kind };
  await command(desk, "make_promise", payload);
  if (desk.open?.id === id) desk.open.staleDetails();
  desk.say("promise.recorded", {}, "good");
}

export async function keepPromise(desk, promiseId, evidence) {
  await command(desk, "keep_promise", { promise_id: promiseId, evidence });
  desk.open?.staleDetails();
}

export async function extendPromise(desk, promiseId, dueAt) {
  await command(desk, "extend_promise", { promise_id: promiseId, due_at: dueAt.toISOString() });
  desk.open?.staleDetails();
}

/** The sentence for a failure, as a text key and its values. */
export function failureWords(error) {
  if (error.code === "taken") return ["error.taken", { name: error.details?.by?.name ?? "" }];
  if (error.code === "refund_too_high") return ["error.refund_too_high", { amount: money(error.details.limit_fen) }];
  if (error.name === "NotConnected") return ["error.offline", {}];
  if (error.name === "NoAnswer") return ["error.no_answer", {}];
  return [`error.${error.code ?? "error"}`, { message: error.message ?? "" }];
}

function claim(desk, name, id, rest = {}) {
  const seen = Math.max(desk.book.get(id)?.version ?? 0, desk.open?.id === id ? desk.open.lastSeq : 0);
  return command(desk, name, { conversation_id: id, version: seen, ...rest });
}

async function command(desk, name, payload) {
  try {
    return await desk.request(name, payload);
  } catch (error) {
    desk.say(...failureWords(error), "bad");
    if (error.code === "taken") desk.offers.remove(payload.conversation_id);
    desk.changed();
    throw error;
  }
}
