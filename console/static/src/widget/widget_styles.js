/* The frame of the widget and its quiet states. */
import { css } from "lit";

export const appStyles = css`
  .app {
    display: flex;
    flex-direction: column;
    height: 100%;
    background: var(--canvas);
    color: var(--text);
    font-size: var(--f-m);
    line-height: var(--leading);
  }
  baton-thread {
    flex: 1;
    min-height: 0;
  }
  .centre {
    display: grid;
    flex: 1;
    place-content: center;
    justify-items: center;
    gap: var(--s-3);
    padding: var(--s-5);
    color: var(--text-soft);
    text-align: center;
  }
  .centre b {
    color: var(--text);
  }
  .closed {
    display: grid;
    gap: var(--s-3);
    padding: var(--s-4);
    border-top: 1px solid var(--line);
    background: var(--surface);
    text-align: center;
  }
  .closed p {
    color: var(--text-soft);
    font-size: var(--f-s);
    text-wrap: balance;
  }
`;
