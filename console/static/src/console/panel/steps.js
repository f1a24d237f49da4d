// The next steps of something that waits for a person, as buttons; and who may take them.
import { css, html, nothing } from "lit";
import { t } from "../../shared/i18n.js";
import { openDialog } from "../dialogs/open.js";
import { Wish } from "../model/steps.js";

/** Buttons for `steps`; the first is the way it usually goes. */
export function stepButtons(desk, conversationId, kind, subject) {
  const { steps = [] } = subject;
  if (steps.length === 0) return nothing;
  return html`<div class="acts">
    ${steps.map((step, index) => stepButton(desk, conversationId, new Wish(kind, subject, step), index === 0))}
  </div>`;
}

function stepButton(desk, conversationId, wish, isFirst) {
  const ask = () => openDialog(desk, "step-dialog", { conversationId, wish });
  return html`<button class="button small ${isFirst && !wish.isAgainst ? "soft" : ""}" aria-haspopup="dialog" @click=${ask}>
    ${t(`step.${wish.name}`)}
  </button>`;
}

/** Short facts behind each other; a line breaks between them, not inside. */
export const inline = (facts) =>
  facts.map((fact, index) => html`${index > 0 ? " · " : ""}<span class="fact">${fact}</span>`);

export const stepStyles = css`
  .fact {
    display: inline-block;
    max-width: 100%;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-1);
    margin-top: 6px;
  }
`;
