import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Discovery, FoundBroker } from '../../server/api/discovery.ts';
import { type BrokerItem, brokerItems, groupTitle } from './brokerItems.ts';
import { openSource } from './openSource.ts';

type Row = vscode.QuickPickItem & { readonly item?: BrokerItem };

const openButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('go-to-file'),
  get tooltip() {
    return t('Open Source Line');
  },
};

/** Shows what was found; resolves with what is to be used, or undefined. Rows that cannot be used lead to their line. */
export const chooseBroker = (discovery: Discovery): Promise<FoundBroker | undefined> => {
  const picker = vscode.window.createQuickPick<Row>();
  picker.title = t('Find Brokers in Workspace');
  picker.placeholder = placeholderOf(discovery);
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = rowsOf(discovery);
  const chosen = Promise.withResolvers<FoundBroker | undefined>();
  const leave = (broker: FoundBroker | undefined): void => {
    chosen.resolve(broker);
    picker.hide();
  };
  picker.onDidAccept(() => {
    const item = picker.selectedItems[0]?.item;
    if (item && !item.broker) void openSource(item.source);
    if (item) leave(item.broker ?? undefined);
  });
  picker.onDidTriggerItemButton(({ item }) => {
    if (item.item) void openSource(item.item.source);
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
    if (item.group !== group) rows.push({ label: groupTitle(item.group), kind: vscode.QuickPickItemKind.Separator });
    group = item.group;
    const { label, description, detail } = item;
    rows.push({ label, description, detail, item, ...(item.source.file === null ? {} : { buttons: [openButton] }) });
  }
  return rows;
};

const placeholderOf = ({ filesRead, leftOut }: Discovery): string =>
  [t('Pick one to connect to it. {0} files were read.', filesRead), ...leftOut].join(' ');
