/* "… is typing": three dots and the words for those who do not see them. */
import { LitElement, css, html } from "lit";
import { base } from "./base_styles.js";
import { LangController, t } from "./i18n.js";

export class BatonTyping extends LitElement {
  static properties = { name: {} };
  static styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--s-2);
        color: var(--text-soft);
        font-size: var(--f-xs);
      }
      .dots {
        display: flex;
        gap: 4px;
        padding: var(--s-2) var(--s-3);
        border: 1px solid var(--line);
        border-radius: 4px var(--r-l) var(--r-l) var(--r-l);
        background: var(--surface);
      }
      i {
        width: 6px;
        height: 6px;
        border-radius: 50%;
        background: var(--text-soft);
        animation: breathe 1.2s infinite ease-in-out;
      }
      i:nth-child(2) {
        animation-delay: 0.15s;
      }
      i:nth-child(3) {
        animation-delay: 0.3s;
      }
      @keyframes breathe {
        0%,
        60%,
        100% {
          opacity: 0.35;
        }
        30% {
          opacity: 1;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        i {
          animation: none;
        }
      }
    `,
  ];

  constructor() {
    super();
    new LangController(this);
  }

  render() {
    return html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span>${t("message.typing", { name: this.name ?? "" })}</span>`;
  }
}

customElements.define("baton-typing", BatonTyping);
