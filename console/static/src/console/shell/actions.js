// What may be done to the open conversation now, and how each thing is begun. Buttons and keys share this.
import { accept, takeOver } from "../model/commands.js";

const ACTIONS = [
  {
    name: "accept",
    key: "a",
    iconName: "check",
    primary: true,
    allowed: ({ summary }) => summary.state === "queued" || summary.state === "offered",
  },
  {
    name: "take_over",
    key: "a",
    iconName: "person",
    primary: true,
    allowed: ({ summary, mine, may }) =>
      !mine && (summary.state === "with_bot" || (summary.state === "with_agent" && may.has("take_over"))),
  },
  {
    name: "price_protection",
    key: "m",
    iconName: "tag",
    allowed: ({ mine, summary, may }) => mine && may.has("money") && summary.customer.verified,
  },
  {
    name: "return",
    key: "g",
    iconName: "retry",
    allowed: ({ mine, summary, may }) => mine && may.has("money") && summary.customer.verified,
  },
  { name: "promise", key: "p", iconName: "promise", allowed: ({ mine }) => mine },
  { name: "transfer", key: "t", iconName: "transfer", allowed: ({ mine }) => mine },
  { name: "return_to_bot", key: "b", iconName: "bot", allowed: ({ mine }) => mine },
  { name: "resolve", key: "e", iconName: "check", primary: true, allowed: ({ mine }) => mine },
];
const DIALOGS = {
  price_protection: "price-protection-dialog",
  return: "return-dialog",
  promise: "promise-dialog",
  transfer: "transfer-dialog",
  return_to_bot: "return-to-bot-dialog",
  resolve: "resolve-dialog",
};

export function actionsFor(desk) {
  const summary = desk.openSummary;
  if (!summary || summary.state === "resolved") return [];
  const may = new Set(desk.me.permissions);
  return ACTIONS.filter(({ allowed }) => allowed({ summary, mine: desk.isMine, may }));
}

/** The action behind a key in the present state, or null. */
export function actionForKey(desk, key) {
  return actionsFor(desk).find((action) => action.key === key) ?? null;
}

/** Refused commands reject; the agent has been told by then. */
export async function runAction(desk, name, openDialog) {
  const { id } = desk.open;
  if (name === "accept") return accept(desk, id);
  if (name === "take_over") return takeOver(desk, id);
  return openDialog(desk, DIALOGS[name], { conversationId: id });
}
