/* A vertical line with stations: parcel events and refund steps look alike. */
import { css } from "lit";

export const trackStyles = css`
  .track {
    margin-top: var(--s-2);
  }
  .track li {
    position: relative;
    padding: 0 0 var(--s-3) var(--s-5);
    color: var(--text-soft);
    font-size: var(--f-s);
  }
  .track li:last-child {
    padding-bottom: 0;
  }
  .track li::before {
    position: absolute;
    inset: 5px auto auto 4px;
    width: 9px;
    height: 9px;
    border: 2px solid var(--line-strong);
    border-radius: 50%;
    background: var(--surface);
    content: "";
  }
  .track li::after {
    position: absolute;
    inset: 17px auto -3px 8px;
    width: 1px;
    background: var(--line-strong);
    opacity: 0.5;
    content: "";
  }
  .track li:last-child::after {
    display: none;
  }
  .track .done::before {
    border-color: var(--accent);
    background: var(--accent);
  }
  .track .current {
    color: var(--text);
    font-weight: 500;
  }
  .track .current::before {
    border-color: var(--accent);
    background: var(--surface);
    box-shadow: 0 0 0 4px var(--accent-soft);
  }
  .track .current .tiny {
    font-weight: 400;
  }
`;
