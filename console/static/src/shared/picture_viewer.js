/* A picture at full size in a modal dialog; Escape, the button or a click beside it closes. */
import { LitElement, css, html, nothing } from "lit";
import { base, buttons } from "./base_styles.js";
import { LangController, t } from "./i18n.js";
import { icon } from "./icons.js";

export class PictureViewer extends LitElement {
  static properties = { url: { state: true } };
  static styles = [
    base,
    buttons,
    css`
      dialog {
        width: 100%;
        max-width: none;
        height: 100%;
        max-height: none;
        padding: var(--s-4);
        border: 0;
        background: transparent;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 82%);
      }
      dialog[open] {
        display: grid;
        place-items: center;
      }
      img {
        max-width: 100%;
        max-height: 100%;
        border-radius: var(--r-m);
        object-fit: contain;
      }
      button {
        position: absolute;
        inset: var(--s-3) var(--s-3) auto auto;
        background: rgb(0 0 0 / 60%);
        color: #fff;
      }
    `,
  ];

  constructor() {
    super();
    new LangController(this);
  }

  async show(url) {
    this.url = url;
    await this.updateComplete;
    this.renderRoot.querySelector("dialog").showModal();
  }

  render() {
    return html`<dialog aria-label=${t("message.picture")} @click=${this.#close} @close=${this.#forget}>
      ${this.url ? html`<img src=${this.url} alt=${t("message.picture")} />` : nothing}
      <button type="button" class="icon-button" aria-label=${t("action.close")}>${icon("close", 22)}</button>
    </dialog>`;
  }

  #close() {
    this.renderRoot.querySelector("dialog").close();
  }

  #forget() {
    this.url = null;
  }
}

customElements.define("baton-picture-viewer", PictureViewer);
