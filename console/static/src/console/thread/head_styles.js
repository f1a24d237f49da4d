// Look of the head of the thread.
import { css } from "lit";

export const headStyles = css`
  :host {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--s-1) var(--s-2);
    min-height: 56px;
    padding: 6px var(--s-3) 6px var(--s-4);
    border-bottom: 1px solid var(--line);
    background: var(--surface);
  }
  .back {
    display: none;
  }
  .who {
    flex: 1 1 150px;
    min-width: 0;
  }
  h2 {
    display: flex;
    align-items: center;
    gap: 6px;
    overflow: hidden;
    font-size: var(--f-m);
    font-weight: 650;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
    color: var(--text-soft);
    font-size: var(--f-xs);
    white-space: nowrap;
    overflow: hidden;
  }
  .words {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: var(--s-1);
  }
  .button {
    min-height: 32px;
    padding-inline: 10px;
    font-size: var(--f-s);
    white-space: nowrap;
  }
  .icon-button {
    width: 32px;
    height: 32px;
  }
  .panel {
    display: none;
  }
  @media (max-width: 1099px) {
    .panel {
      display: inline-grid;
    }
  }
  @media (max-width: 1400px) {
    .secondary svg {
      display: none;
    }
    .button {
      padding-inline: 8px;
    }
  }
  @media (max-width: 1023px) {
    .secondary svg {
      display: block;
    }
    .secondary .label {
      display: none;
    }
  }
  @media (max-width: 640px) {
    :host {
      padding-inline: var(--s-2);
    }
    .back {
      display: inline-grid;
    }
    .label {
      display: none;
    }
    .primary .label {
      display: inline;
    }
  }
`;
