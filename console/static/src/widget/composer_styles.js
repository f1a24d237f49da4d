/* The writing line and what hangs above it. */
import { css } from "lit";

export const composerStyles = css`
  form {
    position: relative;
    padding: var(--s-2) var(--s-3) max(var(--s-2), env(safe-area-inset-bottom));
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .row {
    display: flex;
    gap: var(--s-1);
    align-items: flex-end;
    padding: 3px;
    border: 1px solid var(--line-strong);
    border-radius: 20px;
    background: var(--surface);
    color: var(--text-soft);
  }
  .row:focus-within {
    border-color: var(--focus);
    box-shadow: 0 0 0 1px var(--focus);
  }
  .row .icon-button {
    border-radius: 50%;
  }
  textarea {
    flex: 1;
    min-width: 0;
    min-height: 36px;
    max-height: 132px;
    padding: 6px var(--s-1);
    border: 0;
    outline: none;
    background: transparent;
    color: var(--text);
    font-size: 1rem; /* below 16 px phones zoom in */
    line-height: 1.5;
    resize: none;
  }
  textarea:focus-visible {
    outline: none; /* the whole line shows the ring */
  }
  textarea::placeholder {
    color: var(--text-soft);
    opacity: 1;
  }
  .send {
    background: var(--accent);
    color: var(--on-accent);
  }
  .send:hover {
    background: var(--accent-hover);
  }
  .send:disabled {
    background: var(--sunken);
    color: var(--text-soft);
    opacity: 1;
  }
  .chip {
    display: flex;
    gap: var(--s-2);
    align-items: center;
    margin-bottom: var(--s-2);
    padding: 2px 2px 2px var(--s-3);
    border-radius: var(--r-m);
    background: var(--sunken);
    color: var(--text);
    font-size: var(--f-s);
  }
  .chip > span {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip .icon-button {
    flex: none;
    width: 32px;
    height: 32px;
  }
  .context {
    background: var(--accent-soft);
    color: var(--accent-ink);
  }
  .problem {
    background: var(--danger-soft);
    color: var(--danger-ink);
  }
  .problem > span {
    white-space: normal;
  }
  progress {
    width: 72px;
    accent-color: var(--accent);
  }
  .counter {
    padding: var(--s-1) var(--s-2) 0;
    color: var(--text-soft);
    font-size: var(--f-xs);
    text-align: end;
  }
  .over {
    color: var(--danger-ink);
    font-weight: 600;
  }
  .drop {
    position: absolute;
    inset: 4px;
    display: flex;
    gap: var(--s-2);
    align-items: center;
    justify-content: center;
    border: 2px dashed var(--accent);
    border-radius: var(--r-l);
    background: var(--surface);
    color: var(--accent-ink);
    pointer-events: none;
  }
`;
