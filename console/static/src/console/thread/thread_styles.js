// Look of the thread.
import { css } from "lit";

export const threadStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--canvas);
    --bot-bubble: var(--accent-soft);
  }
  .scroll {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: 6px;
    overflow-y: auto;
    overscroll-behavior: contain;
    padding: var(--s-3) var(--s-4);
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  .day,
  .unread {
    display: flex;
    align-items: center;
    gap: var(--s-3);
    padding-block: var(--s-2);
    color: var(--text-soft);
    font-size: var(--f-xs);
  }
  .day::before,
  .day::after,
  .unread::before,
  .unread::after {
    content: "";
    flex: 1;
    border-top: 1px solid var(--line);
  }
  .unread {
    color: var(--danger-ink);
    font-weight: 600;
  }
  .unread::before,
  .unread::after {
    border-color: currentColor;
  }
  .earlier {
    display: flex;
    justify-content: center;
  }
  .jump {
    position: relative;
    z-index: 1;
    height: 0;
    text-align: center;
  }
  .jump .button {
    position: absolute;
    bottom: 6px;
    left: 50%;
    translate: -50% 0;
    border-radius: var(--r-full);
    box-shadow: var(--shadow-2);
    white-space: nowrap;
  }
  .typing {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    min-height: 26px;
    padding: 0 var(--s-4);
  }
  .typing q {
    overflow: hidden;
    color: var(--text-soft);
    font-size: var(--f-s);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .none {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--s-2);
    height: 100%;
    padding: var(--s-5);
    color: var(--text-soft);
    text-align: center;
  }
  .none strong {
    color: var(--text);
    font-size: var(--f-l);
  }
  .keys {
    display: grid;
    gap: 6px;
    margin-top: var(--s-5);
    text-align: start;
    font-size: var(--f-s);
  }
  .keys div {
    display: grid;
    grid-template-columns: 56px 1fr;
    align-items: center;
    gap: var(--s-3);
  }
  .keys dt {
    text-align: end;
  }
  kbd {
    padding: 1px 7px;
    border: 1px solid var(--line);
    border-bottom-width: 2px;
    border-radius: 5px;
    background: var(--surface);
    color: var(--text);
    font: 12px/18px var(--font-figures);
  }
  @media (max-width: 640px) {
    .scroll {
      padding-inline: var(--s-3);
    }
    .keys {
      display: none;
    }
  }
`;
