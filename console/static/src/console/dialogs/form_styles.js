// Form controls of dialogs and of the sign-in page.
import { css } from "lit";

export const formStyles = css`
  .field {
    display: grid;
    gap: 5px;
    border: 0;
    padding: 0;
    margin: 0;
    min-width: 0;
  }
  .field > label,
  legend {
    padding: 0;
    color: var(--text);
    font-size: var(--f-s);
    font-weight: 600;
  }
  .field .must {
    color: var(--danger-ink);
    font-weight: 400;
  }
  .field small,
  .help {
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .field small.wrong {
    color: var(--danger-ink);
  }
  [aria-invalid="true"] {
    border-color: var(--danger);
  }
  input:not([type="radio"], [type="checkbox"]),
  textarea,
  select {
    width: 100%;
    min-height: 36px;
    padding: 6px 10px;
    border: 1px solid var(--line-strong);
    border-radius: var(--r-s);
    background: var(--surface);
  }
  textarea {
    min-height: 76px;
    resize: vertical;
    line-height: 1.5;
  }
  ::placeholder {
    color: var(--text-soft);
  }
  input[type="radio"],
  input[type="checkbox"] {
    accent-color: var(--accent);
    width: 16px;
    height: 16px;
    margin: 0;
    flex: none;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-2);
    margin-top: 5px;
  }
  .choice {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 5px 12px;
    border: 1px solid var(--line-strong);
    border-radius: var(--r-full);
    font-size: var(--f-s);
    cursor: pointer;
  }
  .choice:has(input:checked) {
    border-color: var(--accent);
    background: var(--accent-soft);
    color: var(--accent-ink);
    font-weight: 600;
  }
  .choice:has(input:focus-visible) {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  .choice input {
    position: absolute;
    opacity: 0;
  }
  .list {
    display: grid;
    gap: 1px;
    max-height: 264px;
    margin-top: 5px;
    overflow-y: auto;
    border: 1px solid var(--line);
    border-radius: var(--r-m);
    background: var(--line);
  }
  .option {
    display: flex;
    align-items: center;
    gap: var(--s-3);
    padding: 8px var(--s-3);
    background: var(--surface);
    cursor: pointer;
  }
  .option:hover {
    background: var(--sunken);
  }
  .option:has(input:checked) {
    background: var(--accent-soft);
  }
  .option:has(input:disabled) {
    color: var(--text-soft);
    cursor: default;
  }
  .option .what {
    flex: 1;
    min-width: 0;
  }
  .option .what b {
    display: block;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .option .what span {
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .end {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .nothing {
    padding: var(--s-4);
    background: var(--surface);
    color: var(--text-soft);
    font-size: var(--f-s);
    text-align: center;
  }
`;
