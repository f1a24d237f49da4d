/* How the thread sits in the panel. */
import { css } from "lit";

export const threadStyles = css`
  :host {
    position: relative;
    display: block;
  }
  .scroll {
    display: flex;
    flex-direction: column;
    gap: var(--s-3);
    height: 100%;
    overflow-y: auto;
    padding: var(--s-4);
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .scroll:focus-visible {
    outline-offset: -3px;
  }
  .rows {
    display: flex;
    flex-direction: column;
    gap: var(--s-3);
    margin-top: auto;
  }
  .rows > baton-message[grouped] {
    margin-top: calc(-1 * var(--s-1));
  }
  baton-promise-card,
  baton-handoff-card {
    max-width: 420px;
  }
  .loading {
    margin: auto;
    color: var(--text-soft);
    font-size: var(--f-s);
  }
  .day,
  .unread {
    display: flex;
    align-items: center;
    gap: var(--s-3);
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .day::before,
  .day::after,
  .unread::before,
  .unread::after {
    flex: 1;
    height: 1px;
    background: var(--line);
    content: "";
  }
  .unread {
    color: var(--danger-ink);
    font-weight: 600;
  }
  .unread::before,
  .unread::after {
    background: currentColor;
    opacity: 0.4;
  }
  .welcome {
    display: grid;
    gap: var(--s-2);
    margin-block: var(--s-3) auto;
  }
  .welcome h2 {
    font-size: var(--f-xl);
    font-weight: 600;
    line-height: 1.35;
    text-wrap: balance;
  }
  .welcome p {
    color: var(--text-soft);
  }
  .welcome ul {
    display: grid;
    gap: var(--s-2);
    margin-top: var(--s-3);
  }
  .suggestion {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--s-3);
    width: 100%;
    min-height: var(--target);
    padding: var(--s-2) var(--s-4);
    border: 1px solid var(--line);
    border-radius: var(--r-m);
    background: var(--surface);
    font-size: var(--f-m);
    text-align: start;
    cursor: pointer;
    transition: border-color var(--quick), background var(--quick);
  }
  .suggestion svg {
    color: var(--accent-ink);
  }
  .suggestion:hover {
    border-color: var(--accent);
    background: var(--accent-soft);
  }
  .jump {
    position: absolute;
    inset: auto 0 var(--s-3) 0;
    width: fit-content;
    margin-inline: auto;
    padding-inline: var(--s-3);
    border-color: var(--line);
    border-radius: var(--r-full);
    box-shadow: var(--shadow-2);
  }
`;
