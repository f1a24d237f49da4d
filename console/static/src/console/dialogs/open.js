// Opens a dialog element over the page and resolves when it has closed. One at a time.

let current = null;

/** Resolves to what the dialog was closed with: its result, or null when it was cancelled. */
export function openDialog(desk, tag, properties = {}) {
  if (current) return Promise.resolve(null);
  const dialog = Object.assign(document.createElement(tag), { desk, ...properties });
  const before = deepFocus();
  current = dialog;
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("done", ({ detail }) => {
      dialog.remove();
      current = null;
      before?.focus?.();
      resolve(detail ?? null);
    });
  });
}

export const dialogIsOpen = () => current !== null;

/** The focused element, looked for through shadow roots. */
function deepFocus() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
