// Look of the sign-in page.
import { css } from "lit";

export const signInStyles = css`
  :host {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--s-4);
    min-height: 100dvh;
    padding: var(--s-5) var(--s-4);
    font-size: var(--f-m);
    line-height: var(--leading);
  }
  form {
    display: grid;
    gap: var(--s-4);
    width: min(380px, 100%);
    padding: var(--s-6) var(--s-5);
    border: 1px solid var(--line);
    border-radius: var(--r-l);
    background: var(--surface);
    box-shadow: var(--shadow-2);
  }
  h1 {
    display: flex;
    align-items: center;
    gap: var(--s-2);
    font-size: var(--f-xl);
  }
  h1 .sub {
    color: var(--text-soft);
    font-size: var(--f-m);
    font-weight: 400;
  }
  .mark {
    width: 20px;
    height: 20px;
    border-radius: 6px 6px 6px 1px;
    background: var(--accent);
    transform: rotate(-14deg);
  }
  .secret {
    position: relative;
  }
  .secret input {
    padding-inline-end: 40px !important;
  }
  .secret .icon-button {
    position: absolute;
    inset: 0 2px 0 auto;
    width: 34px;
    height: 36px;
    color: var(--text-soft);
  }
  input {
    min-height: 42px !important;
  }
  input[aria-invalid="true"] {
    border-color: var(--danger);
  }
  .failure,
  .wrong {
    display: flex;
    gap: var(--s-2);
    align-items: center;
    color: var(--danger-ink);
    font-size: var(--f-s);
  }
  .failure {
    padding: var(--s-2) var(--s-3);
    border-radius: var(--r-m);
    background: var(--danger-soft);
  }
  .primary {
    min-height: 42px;
  }
  .langs {
    display: flex;
    gap: var(--s-1);
  }
  .langs [aria-pressed="true"] {
    font-weight: 700;
    text-decoration: underline;
    text-underline-offset: 4px;
  }
`;
