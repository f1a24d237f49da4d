// Look of the bar on top.
import { css } from "lit";

export const topBarStyles = css`
  :host {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    height: 48px;
    padding: 0 var(--s-3) 0 var(--s-4);
    border-bottom: 1px solid var(--line);
    background: var(--surface);
    font-size: var(--f-s);
  }
  h1 {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    font-size: var(--f-m);
    font-weight: 700;
    letter-spacing: 0.01em;
  }
  .mark {
    width: 16px;
    height: 16px;
    border-radius: 5px 5px 5px 1px;
    background: var(--accent);
    transform: rotate(-14deg);
  }
  .sub {
    color: var(--text-soft);
    font-weight: 400;
  }
  .push {
    margin-inline-start: auto;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    height: 32px;
    padding-inline-start: 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--r-full);
  }
  .status:focus-within {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .dot {
    width: 9px;
    height: 9px;
    border: 2px solid var(--line-strong);
    border-radius: 50%;
  }
  .dot.online {
    border-color: var(--ok-ink);
    background: var(--ok-ink);
  }
  .dot.busy {
    border-color: var(--danger);
    background: var(--danger);
    border-radius: 2px;
  }
  .dot.break {
    border-color: var(--warn-ink);
  }
  select {
    height: 30px;
    padding: 0 8px 0 0;
    border: 0;
    border-radius: var(--r-full);
    background: var(--surface);
    outline: 0;
    cursor: pointer;
  }
  .load {
    color: var(--text-soft);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  details {
    position: relative;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 32px;
    padding: 0 8px;
    border-radius: var(--r-m);
    list-style: none;
    cursor: pointer;
    white-space: nowrap;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:hover {
    background: var(--sunken);
  }
  .menu {
    position: absolute;
    z-index: 25;
    top: 38px;
    right: 0;
    display: grid;
    gap: var(--s-3);
    width: 236px;
    padding: var(--s-3);
    border: 1px solid var(--line);
    border-radius: var(--r-m);
    background: var(--raised);
    box-shadow: var(--shadow-3);
  }
  fieldset {
    display: grid;
    gap: 5px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .switch {
    display: flex;
    padding: 2px;
    border-radius: var(--r-s);
    background: var(--sunken);
  }
  .switch button {
    flex: 1;
    min-height: 28px;
    padding: 0 6px;
    border: 0;
    border-radius: 4px;
    background: none;
    cursor: pointer;
  }
  .switch button[aria-pressed="true"] {
    background: var(--surface);
    box-shadow: var(--shadow-1);
    color: var(--accent-ink);
    font-weight: 600;
  }
  .menu .button {
    justify-content: flex-start;
  }
  @media (max-width: 640px) {
    .sub,
    .load,
    .name {
      display: none;
    }
    .status {
      margin-inline-start: auto;
    }
    :host {
      padding-inline: var(--s-3);
    }
  }
`;
