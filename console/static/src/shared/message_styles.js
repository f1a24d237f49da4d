/* How a message looks: own ones to the right in colour, everybody else's to the left on paper. */
import { css } from "lit";

export const messageStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--s-1);
    max-width: min(86%, 560px);
    margin-inline-end: auto;
    font-size: var(--f-m);
    line-height: var(--leading);
  }
  :host([own]) {
    align-items: flex-end;
    margin-inline: auto 0;
  }
  .author {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    margin-top: var(--s-2);
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .face {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    border-radius: 50%;
    background: var(--sunken);
    color: var(--text-soft);
  }
  .face.bot,
  .face.system {
    background: var(--accent-soft);
    color: var(--accent-ink);
  }
  .face.agent {
    background: var(--agent-soft);
    color: var(--agent-ink);
  }
  .content {
    display: flex;
    flex-direction: column;
    align-items: inherit;
    gap: var(--s-2);
    max-width: 100%;
  }
  .bubble {
    padding: var(--s-2) var(--s-3);
    border: 1px solid var(--line);
    border-radius: 4px var(--r-l) var(--r-l) var(--r-l);
    background: var(--surface);
    color: var(--text);
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  :host([own]) .bubble {
    border-color: transparent;
    border-radius: var(--r-l) 4px var(--r-l) var(--r-l);
    background: var(--own);
    color: var(--on-own);
  }
  .agent .bubble {
    border-color: transparent;
    background: var(--agent-soft);
  }
  .bot .bubble,
  .system .bubble {
    background: var(--bot-bubble, var(--surface)); /* the console tells bot and customer apart */
  }
  .note .bubble,
  :host([own]) .note .bubble {
    border: 1px dashed var(--note-ink);
    background: var(--note-soft);
    color: var(--note-ink);
  }
  :host([status="sending"]) .bubble,
  :host([status="waiting"]) .bubble,
  :host([status="failed"]) .bubble {
    background: var(--surface);
    border: 1px dashed var(--line-strong);
    color: var(--text);
  }
  .placeholder {
    display: flex;
    align-items: center;
    gap: var(--s-2);
  }
  .card-slot {
    width: 380px; /* a card is a size container and has no width of its own */
    max-width: 100%;
  }
  .content:has(.card-slot) {
    width: 100%;
  }
  :host(:not([own])) .content:has(.card-slot) {
    align-items: flex-start;
  }
  .picture {
    display: block;
    overflow: hidden;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--r-l);
    background: var(--sunken);
    cursor: zoom-in;
  }
  .picture img {
    display: block;
    max-width: 100%;
    object-fit: cover;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2);
    margin-top: var(--s-1);
  }
  .choices .button {
    max-width: 100%;
    border-color: color-mix(in srgb, var(--accent) 45%, transparent);
    border-radius: var(--r-full);
    overflow-wrap: anywhere;
  }
  .choices .button:disabled {
    border-color: var(--line);
  }
  .choices .button.chosen:disabled {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--accent-ink);
    font-weight: 600;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-2);
    color: var(--text-soft);
    font-size: var(--f-xs);
    font-variant-numeric: tabular-nums;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 2px;
  }
  :host([status="read"]) .state {
    color: var(--accent-ink);
  }
  .failed {
    justify-content: flex-end;
    color: var(--danger-ink);
  }
`;
