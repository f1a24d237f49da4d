// Where the focus goes when what had it is gone, so that the keyboard never stands nowhere.

const FOCUSABLE = "a[href], button:not(:disabled, [tabindex='-1']), [tabindex='0']";

/** To the first thing in `root` that can have it, else in what surrounds it. */
export function focusIn(root) {
  for (let scope = root; scope; scope = scope.host?.getRootNode()) {
    const next = [...scope.querySelectorAll(FOCUSABLE)].find((element) => element.checkVisibility());
    if (next) return next.focus();
  }
  return undefined;
}
