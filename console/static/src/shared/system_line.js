/* One quiet line in a thread: what happened beside the messages. Unknown events draw nothing. */
import { LitElement, css, html, nothing } from "lit";
import { base } from "./base_styles.js";
import { sentenceOf } from "./event_sentence.js";
import { clock } from "./format.js";
import { LangController } from "./i18n.js";

export class SystemLine extends LitElement {
  static properties = { event: { attribute: false }, isAgent: { type: Boolean, attribute: "agent" } };
  static styles = [
    base,
    css`
      :host {
        display: block;
        padding: var(--s-1) var(--s-4);
        color: var(--text-soft);
        font-size: var(--f-xs);
        line-height: 1.5;
        text-align: center;
        text-wrap: balance;
      }
      time {
        margin-inline-start: var(--s-1);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  constructor() {
    super();
    new LangController(this);
  }

  render() {
    const sentence = sentenceOf(this.event, { isAgent: this.isAgent });
    return sentence ? html`<p>${sentence}<time datetime=${this.event.at}>${clock(this.event.at)}</time></p>` : nothing;
  }
}

customElements.define("baton-system-line", SystemLine);
