/* Styles every component shares inside its shadow root: reset, focus, buttons, pills, card frame. */
import { css } from "lit";

export const base = css`
  :host {
    box-sizing: border-box;
    font-family: var(--font);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  /* As in the sentences beside it; curly ones are as wide as a character in a Chinese font. */
  q:lang(en) {
    quotes: '"' '"' "'" "'";
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  textarea,
  select {
    font: inherit;
    color: inherit;
  }
  svg {
    display: block;
    flex: none;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  .muted {
    color: var(--text-soft);
  }
`;

export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--s-2);
    min-height: 36px;
    padding: var(--s-1) var(--s-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--r-m);
    background: var(--surface);
    color: var(--text);
    font-size: var(--f-m);
    line-height: 1.3;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition: background var(--quick), border-color var(--quick);
  }
  .button:hover {
    background: var(--sunken);
  }
  .button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  .button.primary:hover {
    background: var(--accent-hover);
  }
  .button.soft {
    border-color: transparent;
    background: var(--accent-soft);
    color: var(--accent-ink);
  }
  .button.soft:hover {
    border-color: var(--accent);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--accent-ink);
  }
  .button.quiet:hover {
    background: var(--accent-soft);
  }
  .button.danger {
    border-color: var(--danger);
    background: var(--danger);
    color: var(--on-danger);
  }
  .button.small {
    min-height: 28px;
    padding: 2px var(--s-2);
    border-radius: var(--r-s);
    font-size: var(--f-s);
  }
  .button:disabled,
  .button[aria-disabled="true"] {
    border-color: var(--line);
    background: var(--sunken);
    color: var(--text-soft);
    font-weight: 400;
    cursor: default;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 36px;
    height: 36px;
    padding: 0;
    border: 0;
    border-radius: var(--r-m);
    background: transparent;
    color: inherit;
    cursor: pointer;
    transition: background var(--quick);
  }
  .icon-button:hover {
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
  .icon-button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  @media (pointer: coarse) {
    .button {
      min-height: var(--target);
    }
    .icon-button {
      width: var(--target);
      height: var(--target);
    }
  }
`;

export const pills = css`
  .pill {
    display: inline-flex;
    align-items: center;
    gap: var(--s-1);
    padding: 1px var(--s-2);
    border-radius: var(--r-full);
    background: var(--sunken);
    color: var(--text-soft);
    font-size: var(--f-xs);
    font-weight: 500;
    line-height: 1.6;
    white-space: nowrap;
  }
  .pill.accent {
    background: var(--accent-soft);
    color: var(--accent-ink);
  }
  .pill.agent {
    background: var(--agent-soft);
    color: var(--agent-ink);
  }
  .pill.ok {
    background: var(--ok-soft);
    color: var(--ok-ink);
  }
  .pill.warn {
    background: var(--warn-soft);
    color: var(--warn-ink);
  }
  .pill.danger {
    background: var(--danger-soft);
    color: var(--danger-ink);
  }
`;

export const cardFrame = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--text);
    font-size: var(--f-m);
    line-height: 1.5;
  }
  .card {
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: var(--r-l);
    background: var(--surface);
    box-shadow: var(--shadow-1);
  }
  .card > header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-1) var(--s-2);
    padding: var(--s-3) var(--s-4);
    border-bottom: 1px solid var(--line);
  }
  .card > header svg {
    color: var(--accent-ink);
  }
  .card h3 {
    font-size: var(--f-m);
    font-weight: 600;
  }
  .card .push {
    margin-inline-start: auto;
  }
  .card .body {
    display: grid;
    gap: var(--s-3);
    padding: var(--s-3) var(--s-4);
  }
  .card > footer {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--s-1) var(--s-3);
    padding: var(--s-2) var(--s-4);
    border-top: 1px solid var(--line);
    background: color-mix(in srgb, var(--sunken) 55%, transparent);
    font-size: var(--f-s);
  }
  .small {
    font-size: var(--f-s);
  }
  .tiny {
    font-size: var(--f-xs);
  }
  .amount {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    white-space: nowrap;
  }
  .pair {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: var(--s-3);
  }
  .break {
    overflow-wrap: anywhere;
  }
`;
