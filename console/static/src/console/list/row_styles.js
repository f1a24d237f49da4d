// Look of a row of the list.
import { css } from "lit";

export const rowStyles = css`
  :host {
    display: block;
  }
  a {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px var(--s-2);
    padding: 9px var(--s-3) 9px 13px;
    color: inherit;
    text-decoration: none;
    border-inline-start: 3px solid transparent;
    font-size: var(--f-s);
    line-height: 1.45;
  }
  a:hover {
    background: var(--sunken);
  }
  a:focus-visible {
    outline-offset: -2px;
  }
  a[aria-current="true"] {
    background: var(--accent-soft);
    border-inline-start-color: var(--accent);
  }
  .who {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    font-size: var(--f-m);
  }
  .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unread .name {
    font-weight: 650;
  }
  .end {
    justify-self: end;
    align-self: center;
    color: var(--text-soft);
    font-size: var(--f-xs);
    white-space: nowrap;
  }
  .text {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--text-soft);
  }
  .unread .text {
    color: var(--text);
  }
  .count {
    min-width: 18px;
    padding: 0 5px;
    border-radius: var(--r-full);
    background: var(--danger);
    color: var(--on-danger);
    font-size: 11px;
    font-weight: 700;
    line-height: 18px;
    text-align: center;
  }
  .meta {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    overflow: hidden;
    color: var(--text-soft);
    font-size: var(--f-xs);
    white-space: nowrap;
  }
  .meta span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .band {
    padding: 0 5px;
    border: 1px solid var(--line-strong);
    border-radius: 4px;
    color: var(--text-soft);
    font-size: 11px;
    font-weight: 600;
    line-height: 16px;
    white-space: nowrap;
  }
  .band.C {
    border-color: var(--warn-ink);
    background: var(--warn-soft);
    color: var(--warn-ink);
  }
  .band.B {
    border-color: var(--agent-ink);
    color: var(--agent-ink);
  }
  .mood {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    border: 1.5px solid var(--line-strong);
  }
  .mood.m1 {
    border-color: var(--warn-ink);
    background: var(--warn-soft);
  }
  .mood.m2 {
    border-color: var(--warn-ink);
    background: var(--warn-ink);
  }
  .mood.m3 {
    border-color: var(--danger);
    background: var(--danger);
    border-radius: 2px;
    transform: rotate(45deg);
  }
  .moodword {
    color: var(--warn-ink);
    font-weight: 600;
  }
  .unsent {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--danger-ink);
    font-size: var(--f-xs);
    font-weight: 600;
  }
  .moodword.m3 {
    color: var(--danger-ink);
  }
`;
