// Look of the left column.
import { css } from "lit";

export const listStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    background: var(--surface);
  }
  .tabs {
    display: flex;
    padding: 0 var(--s-2);
    border-bottom: 1px solid var(--line);
  }
  .tabs button {
    flex: 1 1 auto;
    padding: 11px 4px 9px;
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--text-soft);
    font-size: var(--f-s);
    white-space: nowrap;
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--text);
  }
  .tabs button:focus-visible {
    outline-offset: -3px;
  }
  .tabs button[aria-selected="true"] {
    border-bottom-color: var(--accent);
    color: var(--accent-ink);
    font-weight: 650;
  }
  .tabs .n {
    margin-inline-start: 4px;
    font-variant-numeric: tabular-nums;
    font-size: var(--f-xs);
    font-weight: 500;
  }
  .search {
    position: relative;
    padding: var(--s-2) var(--s-3);
    border-bottom: 1px solid var(--line);
  }
  .search svg {
    position: absolute;
    inset: 0 auto 0 20px;
    margin-block: auto;
    color: var(--text-soft);
    pointer-events: none;
  }
  .search input {
    width: 100%;
    height: 32px;
    padding: 0 var(--s-2) 0 30px;
    border: 1px solid var(--line);
    border-radius: var(--r-s);
    background: var(--sunken);
    font-size: var(--f-s);
  }
  .search input::placeholder {
    color: var(--text-soft);
  }
  .search kbd {
    position: absolute;
    inset: 0 20px 0 auto;
    margin-block: auto;
    height: 18px;
    padding: 0 5px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: var(--surface);
    color: var(--text-soft);
    font: 11px/16px var(--font-figures);
    pointer-events: none;
  }
  .search input:focus ~ kbd {
    display: none;
  }
  .rows {
    flex: 1;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  li {
    position: relative;
    border-bottom: 1px solid var(--line);
  }
  .take {
    display: flex;
    padding: 0 var(--s-3) var(--s-2) 16px;
  }
  .take .button {
    flex: 1;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: var(--s-2);
    padding: var(--s-7) var(--s-4);
    color: var(--text-soft);
    text-align: center;
  }
  .empty strong {
    color: var(--text);
    font-size: var(--f-m);
  }
  .partial {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    padding: var(--s-2) var(--s-3);
    background: var(--warn-soft);
    color: var(--warn-ink);
    font-size: var(--f-s);
  }
  .partial span {
    flex: 1;
  }
  .more {
    display: flex;
    justify-content: center;
    padding: var(--s-3);
  }
`;
