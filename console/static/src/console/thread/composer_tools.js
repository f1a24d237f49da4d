// The small buttons below the reply: picture, order card, product card, canned response, promise.
// Emits `picture` (detail: files), `canned` and `promise`; the card pickers need nobody.
import { css, html } from "lit";
import { t } from "../../shared/i18n.js";
import { openDialog } from "../dialogs/open.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";

export class ComposerTools extends DeskElement {
  static properties = { conversationId: {} };
  static styles = [
    ...DeskElement.styles,
    css`
      :host {
        display: flex;
        gap: 2px;
      }
      .icon-button {
        width: 32px;
        height: 32px;
      }
    `,
  ];

  render() {
    return html`${this.#tool("picture", "composer.picture", () => this.$("input").click())}
      ${this.#tool("order", "composer.order_card", () => this.#pick("order"))}
      ${this.#tool("bag", "composer.product_card", () => this.#pick("product"))}
      ${this.#tool("slash", "composer.canned", () => this.#tell("canned"))}
      ${this.#tool("promise", "composer.promise", () => this.#tell("promise"))}
      <input type="file" hidden multiple accept="image/png,image/jpeg,image/webp" @change=${this.#chosen} />`;
  }

  #tool(name, key, act) {
    return html`<button class="icon-button" title=${t(key)} aria-label=${t(key)} @click=${act}>
      ${icon(name, 17)}
    </button>`;
  }

  #pick(type) {
    openDialog(this.desk, "card-dialog", { conversationId: this.conversationId, type });
  }

  #chosen(event) {
    this.#tell("picture", [...event.target.files]);
    event.target.value = ""; // the same file may be chosen again
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
customElements.define("composer-tools", ComposerTools);
