import { t } from '@vscode/l10n';
import type { ShownValue, ValueItem, ValueNode } from '../../server/api/taskDetail.ts';

/** A value as a tree that opens and closes, or as text where it could not be read. */
export const ValueView = ({ value }: { readonly value: ShownValue | null }) => {
  if (value === null) return <p class="quiet">{t('Unknown')}</p>;
  return (
    <div class="value">
      {value.tree ? <Node node={value.tree} depth={0} /> : <pre>{value.text}</pre>}
      {value.isCut && <p class="quiet">{t('Truncated: this is not the full value.')}</p>}
    </div>
  );
};

const openTo = 3;
const openItems = 20;

const Node = ({ node, depth }: { readonly node: ValueNode; readonly depth: number }) => {
  if (!('items' in node)) return <code class={`literal literal-${node.kind}`}>{node.text}</code>;
  const { items } = node;
  if (items.length === 0 || items.every(({ key, value }) => key === null && !('items' in value) && items.length === 1))
    return <code>{inLine(node)}</code>;
  return (
    <details open={depth < openTo && items.length <= openItems}>
      <summary>
        <span class="value-kind">{nameOf(node)}</span>{' '}
        <span class="quiet">{items.length === 1 ? t('1 item') : t('{0} items', items.length)}</span>
      </summary>
      <ul>
        {items.map((item, index) => (
          <Item key={index} item={item} index={index} depth={depth} />
        ))}
      </ul>
    </details>
  );
};

interface ItemParts {
  readonly item: ValueItem;
  readonly index: number;
  readonly depth: number;
}

const Item = ({ item, index, depth }: ItemParts) => (
  <li>
    <code class="value-key">{item.key ?? index}</code>
    <span class="value-colon">: </span>
    <Node node={item.value} depth={depth + 1} />
  </li>
);

type Branch = Extract<ValueNode, { items: unknown }>;

const nameOf = ({ kind, name }: Branch): string => name || kind;

/** Nothing, or a single plain value: not worth opening. */
const inLine = ({ kind, name, items }: Branch): string => {
  const inner = items.map(({ value }) => ('items' in value ? '' : value.text)).join('');
  switch (kind) {
    case 'list':
      return `[${inner}]`;
    case 'tuple':
      return inner === '' ? '()' : `(${inner},)`;
    case 'set':
    case 'dict':
      return `{${inner}}`;
    case 'call':
      return `${name}(${inner})`;
    default:
      return kind satisfies never;
  }
};
