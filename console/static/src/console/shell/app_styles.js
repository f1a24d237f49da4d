// Look of the frame: three columns, two with a drawer below 1100 px, one below 640 px.
import { css } from "lit";

export const appStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    height: 100dvh;
    color: var(--text);
    font-size: var(--f-m);
    line-height: var(--leading);
  }
  .banner {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--s-2);
    padding: 6px var(--s-4);
    background: var(--warn-soft);
    color: var(--warn-ink);
    font-size: var(--f-s);
  }
  main {
    position: relative;
    grid-row: 3;
    display: grid;
    grid-template-columns: 300px minmax(0, 1fr) 336px;
    min-height: 0;
  }
  main > * {
    min-width: 0;
    min-height: 0;
  }
  conversation-list {
    border-inline-end: 1px solid var(--line);
  }
  customer-panel {
    border-inline-start: 1px solid var(--line);
  }
  .scrim {
    display: none;
  }
  .center {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--s-3);
    height: 100dvh;
    padding: var(--s-5);
    text-align: center;
  }
  @media (min-width: 1500px) {
    main {
      grid-template-columns: 340px minmax(0, 1fr) 380px;
    }
  }
  @media (max-width: 1099px) {
    main {
      grid-template-columns: 280px minmax(0, 1fr);
    }
    customer-panel {
      position: absolute;
      z-index: 21;
      inset: 0 0 0 auto;
      width: min(380px, 92vw);
      box-shadow: var(--shadow-3);
      visibility: hidden;
      translate: 100% 0;
      transition:
        translate var(--calm),
        visibility var(--calm);
    }
    .panel-open customer-panel {
      visibility: visible;
      translate: 0 0;
    }
    .panel-open .scrim {
      position: absolute;
      z-index: 20;
      inset: 0;
      display: block;
      background: var(--scrim);
    }
    main {
      overflow: clip; /* never scrolled towards the hidden panel */
    }
  }
  @media (max-width: 640px) {
    main {
      grid-template-columns: minmax(0, 1fr);
    }
    .thread-open conversation-list,
    main:not(.thread-open) conversation-thread {
      display: none;
    }
    conversation-list {
      border: 0;
    }
  }
`;
