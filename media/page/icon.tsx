/** Drawn on a grid of 16; a font of icons would be one more file to load. */
const paths = {
  pause: 'M4 3h3v10H4zM9 3h3v10H9z',
  play: 'M4 2.5v11l9-5.5z',
  refresh: 'M13 3v4H9l1.6-1.6A4 4 0 1 0 12 8.5h1.5A5.5 5.5 0 1 1 11.7 4.3z',
  another: 'M2 2h9v3H9.5V3.5h-6v6H5V11H2zM5 5h9v9H5zm1.5 1.5v6h6v-6z',
  info: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M7.3 7h1.4v4.5H7.3zm0-2.6h1.4V6H7.3z',
  warning: 'M8 1.5 15.2 14H.8zm0 2.8L3.3 12.6h9.4zM7.3 7h1.4v3H7.3zm0 3.7h1.4V12H7.3z',
  error:
    'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.4a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8 2.4M5.9 5 8 7.1 10.1 5l.9.9L8.9 8l2.1 2.1-.9.9L8 8.9 5.9 11l-.9-.9L7.1 8 5 5.9z',
  check: 'm6.4 12.6-4-4 1-1 3 3L12.6 4.4l1 1z',
  lock: 'M5 7V5a3 3 0 0 1 6 0v2h1v7H4V7zm1.4 0h3.2V5a1.6 1.6 0 0 0-3.2 0zM5.4 8.4v4.2h5.2V8.4z',
  down: 'm3.5 6 4.5 4.5L12.5 6z',
} as const;

export type IconName = keyof typeof paths;

/** For the eye only: what it means stands beside it, or in the label of its button. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
    <path d={paths[name]} fill="currentColor" fill-rule="evenodd" />
  </svg>
);
