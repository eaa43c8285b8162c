import { t } from '@vscode/l10n';
import type { BrokerSource, Discovery, FoundBroker } from '../../server/api/discovery.ts';

/** One row of the list of found brokers. */
export interface BrokerItem {
  readonly label: string;
  readonly icon: string;
  readonly description: string;
  readonly detail: string;
  readonly group: 'settings' | 'likely' | 'unclear';
  /** Null: it names a broker, but not in a way that could be used. */
  readonly broker: FoundBroker | null;
  readonly source: BrokerSource;
}

/** What was found as rows: what Celery's settings say, then servers it may use, then what only running the code would tell. */
export const brokerItems = (discovery: Discovery, shorten: (file: string) => string): BrokerItem[] => {
  const ofGroup = (group: FoundBroker['certainty']): BrokerItem[] =>
    discovery.brokers.filter(({ certainty }) => certainty === group).flatMap((each) => brokerItem(each, shorten));
  const unclear = discovery.unclear.map(
    ({ source, sentence }): BrokerItem => ({
      label: source.what,
      icon: 'question',
      description: placeOf(source, shorten),
      detail: sentence,
      group: 'unclear',
      broker: null,
      source,
    }),
  );
  return [...ofGroup('settings'), ...ofGroup('likely'), ...unclear];
};

const brokerItem = (broker: FoundBroker, shorten: (file: string) => string): BrokerItem[] => {
  const [source, ...others] = broker.sources;
  if (!source) return [];
  const more = others.length === 0 ? '' : ` ${t('and {0} more', others.length)}`;
  return [
    {
      label: broker.maskedUrl,
      icon: 'server',
      description: `${placeOf(source, shorten)}${more}`,
      detail: [source.what, broker.hint].filter((each) => each !== null).join(' · '),
      group: broker.certainty,
      broker,
      source,
    },
  ];
};

const placeOf = ({ file, line }: BrokerSource, shorten: (file: string) => string): string =>
  file === null ? t('environment of VS Code') : `${shorten(file)}:${line}`;

export const groupTitle = (group: BrokerItem['group']): string => {
  switch (group) {
    case 'settings':
      return t('Used as broker_url');
    case 'likely':
      return t('Other Redis and RabbitMQ servers');
    case 'unclear':
      return t('URL is only known at runtime');
    default:
      return group satisfies never;
  }
};
