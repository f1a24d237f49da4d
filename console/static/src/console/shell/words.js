// Short words to the agent at the bottom of the page: done, refused, taken by somebody else.
import { css, html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { hasText, t } from "../../shared/i18n.js";
import { DeskElement } from "../element.js";
import { icon } from "../icons.js";

const SHOWN_MS = { info: 5_000, good: 3_000, bad: 9_000 };
const SIGNS = { info: "chat", good: "check", bad: "alert" };

export class DeskWords extends DeskElement {
  static properties = { words: { state: true } };
  static styles = [
    ...DeskElement.styles,
    css`
      :host {
        position: fixed;
        z-index: 40;
        top: 56px;
        left: 50%;
        display: grid;
        justify-items: center;
        gap: var(--s-2);
        width: max-content;
        max-width: calc(100vw - 24px);
        translate: -50% 0;
        pointer-events: none;
      }
      p {
        display: flex;
        align-items: center;
        gap: var(--s-2);
        padding: 7px 7px 7px var(--s-3);
        border: 1px solid var(--line-strong);
        border-radius: var(--r-m);
        background: var(--raised);
        box-shadow: var(--shadow-3);
        font-size: var(--f-s);
        pointer-events: auto;
      }
      .bad {
        border-color: var(--danger);
        background: var(--danger-soft);
        color: var(--danger-ink);
      }
      .good {
        border-color: var(--ok-ink);
        background: var(--ok-soft);
        color: var(--ok-ink);
      }
      .icon-button {
        width: 26px;
        height: 26px;
      }
    `,
  ];

  #next = 0;

  constructor() {
    super();
    this.words = [];
    this.hear = ({ detail }) => this.#add(detail);
  }

  firstUpdated() {
    this.desk.addEventListener("say", this.hear);
  }

  render() {
    return html`<div role="status" aria-live="polite">
      ${repeat(
        this.words,
        (word) => word.id,
        (word) =>
          html`<p class=${word.tone}>
            ${icon(SIGNS[word.tone], 16)}<span>${sentence(word)}</span>
            <button class="icon-button" aria-label=${t("action.close")} @click=${() => this.#remove(word.id)}>
              ${icon("close", 14)}
            </button>
          </p>`,
      )}
    </div>`;
  }

  #add(word) {
    const id = ++this.#next;
    const others = this.words.filter((other) => other.key !== word.key);
    this.words = [...others.slice(-2), { ...word, id }];
    setTimeout(() => this.#remove(id), SHOWN_MS[word.tone]);
  }

  #remove(id) {
    this.words = this.words.filter((word) => word.id !== id);
  }
}
customElements.define("desk-words", DeskWords);

function sentence({ key, values }) {
  return hasText(key) ? t(key, values) : values.message || t("error.error");
}
