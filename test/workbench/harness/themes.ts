/** The four kinds of themes there are, each by the one that VS Code brings. */
export const themes = {
  light: { setting: 'Light Modern', className: 'light_modern' },
  dark: { setting: 'Dark Modern', className: 'dark_modern' },
  hcDark: { setting: 'Default High Contrast', className: 'hc_black' },
  hcLight: { setting: 'Default High Contrast Light', className: 'hc_light' },
} as const;

export type Theme = keyof typeof themes;

export const allThemes: readonly Theme[] = ['light', 'dark', 'hcDark', 'hcLight'];

/** Enough for what VS Code draws by itself. */
const plainThemes: readonly Theme[] = ['light', 'dark'];

/** A run of everything looks at pages of ours in every theme, and saves the time elsewhere; a file alone looks at all. */
export const themesFor = (isPageOfOurs: boolean): readonly Theme[] =>
  process.env.CELERIAC_THEMES === 'few' && !isPageOfOurs ? plainThemes : allThemes;
