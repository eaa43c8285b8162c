/** The four kinds of themes there are, each by the one that VS Code brings. */
export const themes = {
  light: { setting: 'Light Modern', className: 'light_modern' },
  dark: { setting: 'Dark Modern', className: 'dark_modern' },
  hcDark: { setting: 'Default High Contrast', className: 'hc_black' },
  hcLight: { setting: 'Default High Contrast Light', className: 'hc_light' },
} as const;

export type Theme = keyof typeof themes;

export const allThemes: readonly Theme[] = ['light', 'dark', 'hcDark', 'hcLight'];
