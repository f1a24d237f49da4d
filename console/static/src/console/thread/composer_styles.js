// Look of the composer; a note is amber all over, so that nobody takes it for a reply.
import { css } from "lit";

export const composerStyles = css`
  :host {
    display: block;
    padding: 0 var(--s-4) var(--s-3);
  }
  .box {
    display: grid;
    gap: 6px;
  }
  .tabs {
    display: flex;
    align-items: center;
    gap: 2px;
  }
  .tabs button {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 4px 10px;
    border: 0;
    border-radius: var(--r-s);
    background: none;
    color: var(--text-soft);
    font-size: var(--f-s);
    cursor: pointer;
  }
  .tabs button[aria-selected="true"] {
    background: var(--accent-soft);
    color: var(--accent-ink);
    font-weight: 600;
  }
  .note .tabs button[aria-selected="true"] {
    background: var(--note-soft);
    color: var(--note-ink);
  }
  textarea {
    display: block;
    width: 100%;
    min-height: 58px;
    max-height: 32vh;
    padding: 9px var(--s-3);
    border: 1px solid var(--line-strong);
    border-radius: var(--r-m);
    background: var(--surface);
    font-size: var(--f-m);
    line-height: 1.55;
    resize: none;
  }
  textarea::placeholder {
    color: var(--text-soft);
  }
  textarea:focus-visible {
    outline-offset: -1px;
  }
  .note textarea {
    border-color: var(--note-ink);
    background: var(--note-soft);
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 2px;
    min-height: 32px;
    color: var(--text-soft);
  }
  .bar .icon-button {
    width: 32px;
    height: 32px;
  }
  .hint {
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .push {
    margin-inline-start: auto;
  }
  .send {
    min-width: 84px;
    margin-inline-start: var(--s-2);
    min-height: 32px;
  }
  .locked {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    padding: var(--s-3);
    border: 1px dashed var(--line-strong);
    border-radius: var(--r-m);
    color: var(--text-soft);
    font-size: var(--f-s);
  }
  @media (max-width: 640px) {
    :host {
      padding-inline: var(--s-3);
    }
    .wide {
      display: none;
    }
    .send {
      margin-inline-start: auto;
    }
    textarea {
      font-size: 16px;
    } /* smaller makes phones zoom in */
  }
`;
