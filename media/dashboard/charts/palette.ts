import type { Color } from './chartPanel.ts';

/** The colours of the theme that is on, for what is drawn on a canvas, where style sheets do not reach. */
export interface Palette {
  readonly colors: Readonly<Record<Color, string>>;
  readonly text: string;
  readonly grid: string;
  readonly gap: string;
  readonly warning: string;
  readonly critical: string;
  readonly font: string;
}

export const readPalette = (): Palette => {
  const style = getComputedStyle(document.documentElement);
  const read = (...names: readonly string[]): string =>
    names.map((name) => style.getPropertyValue(`--vscode-${name}`).trim()).find(Boolean) ?? 'currentColor';
  return {
    colors: {
      green: read('charts-green', 'foreground'),
      red: read('charts-red', 'errorForeground'),
      yellow: read('charts-yellow', 'foreground'),
      blue: read('charts-blue', 'foreground'),
      purple: read('charts-purple', 'foreground'),
      cyan: read('terminal-ansiCyan', 'charts-blue'),
      foreground: read('charts-foreground', 'foreground'),
    },
    text: read('foreground'),
    grid: `color-mix(in srgb, ${read('foreground')} 18%, transparent)`,
    gap: `color-mix(in srgb, ${read('foreground')} 40%, transparent)`,
    warning: read('charts-yellow', 'editorWarning-foreground'),
    critical: read('charts-red', 'editorError-foreground'),
    font: `11px ${read('font-family')}`,
  };
};

/** Calls when VS Code puts another theme on: it changes the classes and the variables of the page. */
export const onThemeChange = (changed: () => void): (() => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  // In a plain browser the theme is that of the system.
  const isDark = matchMedia('(prefers-color-scheme: dark)');
  isDark.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    isDark.removeEventListener('change', changed);
  };
};
