// Base of the dialogs: a native modal <dialog> with a form. Subclasses give `heading`, `fields()` and
// `submit()`; a rejected submit keeps the dialog open with what was typed and says why.
import { html, nothing } from "lit";
import { hasText, t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";
import { failureWords } from "../model/commands.js";
import { formStyles } from "./form_styles.js";
import { dialogStyles } from "./dialog_styles.js";

export class DeskDialog extends DeskElement {
  static properties = { conversationId: {}, busy: { state: true }, failure: { state: true } };
  static styles = [...DeskElement.styles, formStyles, dialogStyles];

  result = null;

  firstUpdated() {
    this.$("dialog").showModal();
    this.$("[data-first]:enabled")?.focus();
  }

  render() {
    return html`<dialog
      class=${this.size ?? ""}
      aria-labelledby="heading"
      @close=${this.#closed}
      @cancel=${this.#cancelled}>
      <form method="dialog" novalidate @submit=${this.#submitted} @keydown=${this.#key}>
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button type="button" class="icon-button" aria-label=${t("action.close")} @click=${this.close}>
            ${icon("close")}
          </button>
        </header>
        <div class="body">${this.fields()}${this.#failed()}</div>
        ${this.foot()}
      </form>
    </dialog>`;
  }

  foot() {
    return html`<footer>
      <span class="keys">${t("dialog.keys")}</span
      ><button type="button" class="button" @click=${this.close}>${t("action.cancel")}</button>
      <button class="button ${this.tone}" ?disabled=${this.busy || !this.ready}>
        ${this.busy ? t("dialog.busy") : this.verb}
      </button>
    </footer>`;
  }

  /** May it be sent as it stands? */
  get ready() {
    return true;
  }

  get verb() {
    return t("action.confirm");
  }

  /** Look of the confirming button: "primary", or "danger" for a no. */
  get tone() {
    return "primary";
  }

  /** The sentence for a failure, as a text key and its values. */
  failed(error) {
    return failureWords(error);
  }

  close = () => this.$("dialog").close();

  /** Gone from the screen; its "close" event is still on the way. */
  get closing() {
    return this.hasUpdated && !this.$("dialog").open;
  }

  /** Runs `work`; true when it succeeded. A failure is shown inside the dialog. */
  async attempt(work) {
    this.busy = true;
    this.failure = null;
    try {
      this.result = (await work()) ?? true;
      return true;
    } catch (error) {
      this.failure = this.failed(error);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #submitted(event) {
    event.preventDefault();
    if (this.busy || !this.ready) return;
    if (await this.attempt(() => this.submit())) this.close();
  }

  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.$("form").requestSubmit();
  }

  #failed() {
    if (!this.failure) return nothing;
    const [key, values] = this.failure;
    return html`<p class="failure" role="alert">
      ${icon("alert", 16)}${hasText(key) ? t(key, values) : values.message || t("error.error")}
    </p>`;
  }

  // While a request is under way nobody knows yet whether it happened: stay until the answer is here.
  #cancelled(event) {
    if (this.busy) event.preventDefault();
  }

  #closed() {
    this.dispatchEvent(new CustomEvent("done", { detail: this.result }));
  }
}
