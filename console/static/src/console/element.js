// Base of every console component: shared styles, the page's language, and a redraw when the desk changes.
import { LitElement } from "lit";
import { base, buttons, pills } from "../shared/base_styles.js";
import { LangController } from "../shared/i18n.js";
import { focusIn } from "./focus.js";

export class DeskElement extends LitElement {
  static properties = { desk: { attribute: false } };
  static styles = [base, buttons, pills];

  #heard = null; // the desk this component listens to
  #redraw = () => this.requestUpdate();

  constructor() {
    super();
    new LangController(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#listen();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#heard?.removeEventListener("change", this.#redraw);
    this.#heard = null;
  }

  willUpdate(changed) {
    if (changed.has("desk")) this.#listen();
  }

  /** What had the focus may be gone; then it goes to the nearest thing that can have it. */
  update(changed) {
    const focused = this.renderRoot.activeElement;
    super.update(changed);
    if (focused && !focused.isConnected && document.activeElement === document.body) focusIn(this.renderRoot);
  }

  /** First match inside this component. */
  $(selector) {
    return this.renderRoot.querySelector(selector);
  }

  #listen() {
    if (this.#heard === this.desk || !this.isConnected) return;
    this.#heard?.removeEventListener("change", this.#redraw);
    this.#heard = this.desk ?? null;
    this.#heard?.addEventListener("change", this.#redraw);
  }
}
