// Opens a dialog element over the page and resolves when it has closed. One at a time.

let current = null;

/** Resolves to what the dialog was closed with: its result, or null when it was cancelled. */
export function openDialog(desk, tag, properties = {}) {
  if (dialogIsOpen()) return Promise.resolve(null);
  const dialog = Object.assign(document.createElement(tag), { desk, ...properties });
  const before = deepFocus();
  current = dialog;
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("done", ({ detail }) => {
      dialog.remove();
      if (current === dialog) current = null;
      if (deepFocus() === document.body) before?.focus?.(); // else a key has already moved on
      resolve(detail ?? null);
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
