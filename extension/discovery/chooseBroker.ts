import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { BrokerSource, Discovery, FoundBroker } from '../../server/api/discovery.ts';
import { openPick } from '../shown/openPick.ts';
import type { PickItem } from '../shown/pickItem.ts';
import { type BrokerItem, brokerItems, groupTitle } from './brokerItems.ts';

type Row = PickItem & { readonly item?: BrokerItem };

const openButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('go-to-file'),
  get tooltip() {
    return t('Open Source Line');
  },
};

/** Shows what was found; resolves with what is to be used, or undefined. Rows that cannot be used lead to their line. */
export const chooseBroker = (discovery: Discovery): Promise<FoundBroker | undefined> => {
  const { pick: picker, tell } = openPick<Row>();
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  tell({
    title: t('Find Brokers in Workspace'),
    placeholder: placeholderOf(discovery),
    items: rowsOf(discovery),
  });
  const chosen = Promise.withResolvers<FoundBroker | undefined>();
  const leave = (broker: FoundBroker | undefined): void => {
    chosen.resolve(broker);
    picker.hide();
  };
  picker.onDidAccept(() => {
    const item = picker.selectedItems[0]?.item.item;
    if (item && !item.broker) void openSource(item.source);
    if (item) leave(item.broker ?? undefined);
  });
  picker.onDidTriggerItemButton(({ item: { item: row } }) => {
    if (row.item) void openSource(row.item.source);
    leave(undefined);
  });
  picker.onDidHide(() => {
    chosen.resolve(undefined);
    picker.dispose();
  });
  picker.show();
  return chosen.promise;
};

const rowsOf = (discovery: Discovery): Row[] => {
  const rows: Row[] = [];
  let group: BrokerItem['group'] | null = null;
  for (const item of brokerItems(discovery, (file) => vscode.workspace.asRelativePath(file))) {
    if (item.group !== group) rows.push({ label: groupTitle(item.group), isSeparator: true });
    group = item.group;
    const { label, icon, description, detail } = item;
    rows.push({
      label,
      icon,
      description,
      detail,
      item,
      ...(item.source.file === null ? {} : { buttons: [openButton] }),
    });
  }
  return rows;
};

const placeholderOf = ({ filesRead, leftOut }: Discovery): string =>
  [t('Select a broker to connect to ({0} files searched)', filesRead), ...leftOut].join(' ');

/** Shows the line on which a broker is named. */
const openSource = async ({ file, line }: BrokerSource): Promise<void> => {
  if (file === null) return;
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(at, at) });
};
