import * as vscode from 'vscode';

/** How something came out. */
export type Mark = 'passed' | 'failed' | 'skipped';

/** Quick picks draw theme icons in the colour of their text; a picture keeps its own. */
export const markIcon = (mark: Mark): { readonly light: vscode.Uri; readonly dark: vscode.Uri } => ({
  light: picture(shapes[mark], colours[mark].light),
  dark: picture(shapes[mark], colours[mark].dark),
});

const colours: Readonly<Record<Mark, { readonly light: string; readonly dark: string }>> = {
  passed: { light: '#2e7d32', dark: '#89d185' },
  failed: { light: '#c72e0f', dark: '#f48771' },
  skipped: { light: '#717171', dark: '#9d9d9d' },
};

const shapes: Readonly<Record<Mark, string>> = {
  passed: '<circle cx="8" cy="8" r="6.5"/><path d="M5 8.2l2.2 2.2L11 6.2"/>',
  failed: '<circle cx="8" cy="8" r="6.5"/><path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8"/>',
  skipped: '<circle cx="8" cy="8" r="6.5"/><path d="M5 8h6"/>',
};

const picture = (shape: string, colour: string): vscode.Uri => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" fill="none" stroke="${colour}" stroke-width="1.4">${shape}</svg>`;
  return vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
};
