import { alertPrefix, alertSettings } from './alertSettings.ts';
import { commandEntries, paletteEntries } from './commandEntries.ts';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: unknown;
    readonly menus: Readonly<Record<string, unknown>>;
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

const isAlert = (setting: string): boolean => setting.startsWith(alertPrefix);

/** The manifest with all that follows from tables of the code: commands, the palette, the settings of the health rules. */
export const derive = <M extends Manifest>(manifest: M): M => {
  const { capabilities, contributes } = manifest;
  const { properties } = contributes.configuration;
  const settings = alertSettings();
  const others = Object.entries(properties).filter(([name]) => !isAlert(name));
  const at = Object.keys(properties).findIndex(isAlert);
  const trusted = capabilities.untrustedWorkspaces;
  const restricted = trusted.restrictedConfigurations.filter((name) => !isAlert(name));
  return {
    ...manifest,
    capabilities: {
      ...capabilities,
      untrustedWorkspaces: {
        ...trusted,
        restrictedConfigurations: [...restricted, ...Object.keys(settings)],
      },
    },
    contributes: {
      ...contributes,
      commands: commandEntries(),
      menus: { ...contributes.menus, commandPalette: paletteEntries() },
      configuration: {
        ...contributes.configuration,
        properties: Object.fromEntries([...others.slice(0, at), ...Object.entries(settings), ...others.slice(at)]),
      },
    },
  };
};
