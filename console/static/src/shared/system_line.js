/* One quiet line in a thread: what happened beside the messages. Unknown events draw nothing. */
import { LitElement, css, html, nothing } from "lit";
import { base } from "./base_styles.js";
import { clock, dayAndTime } from "./format.js";
import { LangController, hasText, t } from "./i18n.js";

/**
 * The sentence for an event, or null when it has none. The desk's own words to the customer come
 * first (`line` of a promise, `text` of everything else); `isAgent` gives the short neutral form.
 */
export function sentenceOf(event, { isAgent = false } = {}) {
  const key = `event.${event.type}`;
  if (!hasText(key)) return null;
  const body = event.body ?? {};
  const said = event.type.startsWith("promise_") ? body.line : body.text;
  if (said && !isAgent) return said;
  return t(key, {
    name: body.agent?.name ?? body.name ?? event.actor?.name ?? "",
    to: body.to_name ?? body.to_queue ?? t("actor.colleague"),
    text: body.text ?? "",
    due: body.due_at ? dayAndTime(body.due_at) : "",
    position: body.position ?? "",
  });
}

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
