// Keys of the console. One letter does one thing; never while somebody types or a dialog is open.
import { dialogIsOpen, openDialog } from "../dialogs/open.js";
import { accept } from "../model/commands.js";
import { VIEWS } from "../model/views.js";
import { actionForKey, runAction } from "./actions.js";

export const KEY_GROUPS = [
  ["list", ["j", "k", "Enter", "1-4", "/", "Esc"]],
  ["conversation", ["r", "n", "a", "t", "b", "p", "m", "g", "e", "u"]],
  ["composer", ["Enter ", "Shift Enter", "Alt P", "/ "]],
  ["desk", ["s", "d", "?"]],
];
const TYPING = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/** `console`: the app element. Returns true when the key was used. */
export function pressKey(event, app) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (dialogIsOpen() || inOpenDialog(event) || isTyping(event)) return false;
  const act = plain(app)[event.key] ?? action(app, event.key);
  if (!act) return false;
  event.preventDefault();
  act();
  return true;
}

/** Looks at the real target, through shadow roots. */
export function isTyping(event) {
  const [target] = event.composedPath();
  if (dialogOf(event)?.open === false) return false; // the focus moves out of a closed dialog with the next frame
  return Boolean(
    target?.isContentEditable || (TYPING.has(target?.tagName) && target.type !== "radio" && target.type !== "checkbox"),
  );
}

/** A modal of somebody else (the picture viewer) closes itself. */
function inOpenDialog(event) {
  return dialogOf(event)?.open === true;
}

function dialogOf(event) {
  return event.composedPath().find((element) => element.tagName === "DIALOG");
}

function plain(app) {
  const { desk } = app;
  const views = Object.fromEntries(VIEWS.map((view, index) => [String(index + 1), () => desk.setView(view)]));
  return {
    ...views,
    j: () => app.list.step(1),
    k: () => app.list.step(-1),
    "/": () => app.list.focusSearch(),
    "?": () => openDialog(desk, "help-dialog"),
    Escape: () => app.escape(),
    s: () => app.topBar.focusStatus(),
    ...(desk.open
      ? {
          r: () => app.thread.focusComposer("reply"),
          n: () => app.thread.focusComposer("note"),
          u: () => app.thread.toUnread(),
          d: () => app.togglePanel(),
        }
      : {}),
  };
}

function action({ desk, list }, key) {
  if (key === "a") {
    // What rings comes first: it runs out. Then the row under the focus, then what is open.
    const id = desk.offers.open(desk.now())[0]?.conversation_id ?? list.focusedWaiting();
    if (id) return () => accept(desk, id).catch(() => {});
  }
  const found = desk.open && actionForKey(desk, key);
  return found ? () => runAction(desk, found.name, openDialog).catch(() => {}) : null;
}
