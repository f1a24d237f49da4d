// Opens a dialog element over the page and resolves when it has closed. One at a time.
import { focusIn } from "../focus.js";

let current = null;

/** Resolves to what the dialog was closed with: its result, or null when it was cancelled. */
export function openDialog(desk, tag, properties = {}) {
  if (dialogIsOpen()) return Promise.resolve(null);
  const dialog = Object.assign(document.createElement(tag), { desk, ...properties });
  const before = deepFocus();
  const around = before.getRootNode();
  current = dialog;
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("done", ({ detail }) => {
      dialog.remove();
      if (current === dialog) current = null;
      resolve(detail ?? null);
      if (deepFocus() !== document.body) return; // a key has already moved on
      if (before.isConnected) before.focus();
      else focusIn(around);
    });
  });
}

/** Ends with the closing itself: the "close" event comes a task later, and keys pressed between count. */
export const dialogIsOpen = () => current !== null && !current.closing;

/** The focused element, looked for through shadow roots. */
function deepFocus() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
