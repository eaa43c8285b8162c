import { type Command, type CommandName, commandId, commandNames, commands } from '../../extension/commands/table.ts';

const lookOf = (name: CommandName): Command => commands[name];

/** Rows say in their context whether their connection may be changed (`rights` in extension/rows/rowLook.ts). */
const onWritableRows = '!viewItem || viewItem =~ /;rw\\b/';

/** The commands as the manifest declares them; their titles are texts of package.nls.json. */
export const commandEntries = (): readonly object[] =>
  commandNames.map((name) => {
    const { icon, writes, enabled } = lookOf(name);
    const enablement = writes ? onWritableRows : enabled;
    return {
      command: commandId(name),
      title: `%commands.${name}.title%`,
      category: 'Celery',
      ...(icon === undefined ? {} : { icon: `$(${icon})` }),
      ...(enablement === undefined ? {} : { enablement }),
    };
  });

/** When the palette hides a command. */
export const paletteEntries = (): readonly object[] =>
  commandNames.flatMap((name) => {
    const { palette } = lookOf(name);
    return palette === undefined ? [] : [{ command: commandId(name), when: palette === false ? 'false' : palette }];
  });
