import { alertPrefix, alertSettings } from './alertSettings.ts';
import { checkRulesSchema, checkRulesSetting } from './checkRulesSetting.ts';
import { commandEntries, paletteEntries } from './commandEntries.ts';

interface Manifest {
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: unknown;
    readonly menus: Readonly<Record<string, unknown>>;
    readonly configuration: readonly Section[];
  };
}

/** A heading of the settings page, with the settings below it. */
interface Section {
  readonly title: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const alertSection = '%configuration.alerts.title%';

const isAlert = (setting: string): boolean => setting.startsWith(alertPrefix);

/** The manifest with all that follows from tables of the code: commands, the palette, the settings of the health rules. */
export const derive = <M extends Manifest>(manifest: M): M => {
  const { capabilities, contributes } = manifest;
  const settings = alertSettings();
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
      configuration: contributes.configuration.map((section) => {
        if (section.title === alertSection) return { ...section, properties: settings };
        if (!(checkRulesSetting in section.properties)) return section;
        return { ...section, properties: { ...section.properties, [checkRulesSetting]: checkRulesSchema() } };
      }),
    },
  };
};
