// Look of the dialogs' frame.
import { css } from "lit";

export const dialogStyles = css`
  :host {
    display: contents;
  }
  dialog {
    width: min(520px, calc(100vw - 24px));
    max-height: calc(100dvh - 32px);
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--r-l);
    background: var(--raised);
    color: var(--text);
    box-shadow: var(--shadow-3);
    font-size: var(--f-m);
    line-height: var(--leading);
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  dialog.wide {
    width: min(680px, calc(100vw - 24px));
  }
  dialog::backdrop {
    background: var(--scrim);
  }
  form {
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--s-3);
    padding: var(--s-3) var(--s-3) var(--s-3) var(--s-5);
    border-bottom: 1px solid var(--line);
  }
  h2 {
    font-size: var(--f-l);
    font-weight: 650;
  }
  .body {
    display: grid;
    gap: var(--s-4);
    padding: var(--s-4) var(--s-5);
    overflow-y: auto;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--s-2);
    padding: var(--s-3) var(--s-5);
    border-top: 1px solid var(--line);
  }
  footer .keys {
    margin-inline-end: auto;
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  blockquote {
    margin: 0;
    padding: var(--s-2) var(--s-3);
    border-inline-start: 3px solid var(--line-strong);
    border-radius: var(--r-s);
    background: var(--sunken);
    font-size: var(--f-s);
    overflow-wrap: anywhere;
  }
  blockquote p {
    white-space: pre-line;
  }
  .failure {
    display: flex;
    gap: var(--s-2);
    align-items: center;
    padding: var(--s-2) var(--s-3);
    border-radius: var(--r-m);
    background: var(--danger-soft);
    color: var(--danger-ink);
    font-size: var(--f-s);
  }
  @media (max-width: 640px) {
    .body,
    footer {
      padding-inline: var(--s-4);
    }
    header {
      padding-inline-start: var(--s-4);
    }
    footer .keys {
      display: none;
    }
  }
`;
