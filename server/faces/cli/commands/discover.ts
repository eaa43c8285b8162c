import { relative, resolve } from 'node:path';
import type { BrokerSource, Discovery, FoundBroker } from '../../../api/discovery.ts';
import { maskBrokerUrl } from '../../../brokers/url.ts';
import { discoverBrokers } from '../../../discovery/discoverBrokers.ts';
import type { Column } from '../../../text/table.ts';
import { plural } from '../../../text/wording.ts';
import type { RunCommand } from '../context.ts';
import { exitCode } from '../exitCodes.ts';
import { isForPrograms } from '../outputFormat.ts';
import { printList } from '../printList.ts';

/** Prints the brokers that the files of a project name; passwords are masked. Runs nothing, connects to nothing. */
export const runDiscover: RunCommand = async (context) => {
  const { args, options, terminal, environment } = context;
  const folder = resolve(args[0] ?? '.');
  const found = await discoverBrokers([folder], environment);
  const forPrograms = shown(found);
  printList(context, {
    columns: columnsIn(folder),
    rows: found.brokers,
    objects: forPrograms.brokers,
    printJson: () => terminal.json(forPrograms),
  });
  for (const { source, sentence } of isForPrograms(options) ? [] : found.unclear)
    terminal.say(`${placeOf(source, folder)}: ${source.what}: ${sentence}`);
  for (const sentence of found.leftOut) terminal.say(sentence);
  const count = `${plural(found.brokers.length, 'broker')} named in ${plural(found.filesRead, 'file')}`;
  if (!isForPrograms(options)) terminal.say(terminal.paintTalk('dim', `${count} of ${folder}.`));
  return found.brokers.length === 0 ? exitCode.nothingFound : exitCode.ok;
};

/** Without the URLs that hold passwords. */
const shown = ({ brokers, ...rest }: Discovery) => ({
  ...rest,
  brokers: brokers.map(({ url: _secret, maskedUrl, resultBackend, ...each }) => ({
    ...each,
    url: maskedUrl,
    resultBackend: resultBackend && maskBrokerUrl(resultBackend),
  })),
});

const columnsIn = (folder: string): Column<FoundBroker>[] => [
  { header: 'BROKER', text: ({ maskedUrl }) => maskedUrl, narrowest: 30 },
  { header: 'NAMED IN', text: ({ sources }) => placesOf(sources, folder), narrowest: 20 },
  { header: 'AS', text: ({ sources }) => sources[0]?.what ?? '', narrowest: 12, dispensable: 1 },
  { header: 'REMARK', text: ({ hint }) => hint ?? '', narrowest: 20, dispensable: 2 },
];

const placesOf = ([first, ...others]: readonly BrokerSource[], folder: string): string =>
  first === undefined ? '' : `${placeOf(first, folder)}${others.length === 0 ? '' : ` +${others.length}`}`;

const placeOf = ({ file, line }: BrokerSource, folder: string): string =>
  file === null ? 'environment' : `${relative(folder, file)}:${line}`;
