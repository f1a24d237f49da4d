// Look of the customer's own data in the panel.
import { css } from "lit";

export const personStyles = css`
  .name {
    font-size: var(--f-l);
    font-weight: 650;
  }
  .pills {
    display: flex;
    flex-wrap: wrap;
    gap: var(--s-1);
    margin: 4px 0;
  }
  dl {
    display: grid;
    gap: 1px;
  }
  dl > div {
    display: grid;
    grid-template-columns: 5.2em minmax(0, 1fr) auto;
    gap: var(--s-2);
    align-items: center;
    min-height: 28px;
  }
  dt {
    color: var(--text-soft);
  }
  dd {
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .icon-button {
    width: 28px;
    height: 28px;
    color: var(--text-soft);
  }
`;
