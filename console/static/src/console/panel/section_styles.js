// Frame of a section in the customer panel.
import { css } from "lit";

export const sectionStyles = css`
  :host {
    display: block;
    border-bottom: 1px solid var(--line);
    font-size: var(--f-s);
    line-height: 1.5;
  }
  section {
    padding: var(--s-3) var(--s-4) var(--s-4);
  }
  .title {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    margin-bottom: var(--s-1);
  }
  h3 {
    font-size: var(--f-s);
    font-weight: 650;
  }
  .title .n {
    color: var(--text-soft);
    font-size: var(--f-xs);
    font-variant-numeric: tabular-nums;
  }
  .title .push {
    margin-inline-start: auto;
  }
  .soft:not(.button) {
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .break {
    overflow-wrap: anywhere;
  }
`;

/** Rows of what is owed: its name and state on one line, the rest below. */
export const rowStyles = css`
  li {
    padding: 6px 0;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .line {
    display: flex;
    align-items: baseline;
    gap: var(--s-2);
  }
  .line b {
    flex: 1;
    font-weight: 550;
    overflow-wrap: anywhere;
  }
`;
