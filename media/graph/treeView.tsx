import { t } from '@vscode/l10n';
import type { CodeGraph } from '../../server/api/codePages.ts';
import { Icon } from '../page/icon.tsx';
import { figuresWords } from './figuresWords.ts';
import type { NodeActs } from './graphPage.tsx';
import { type WorkflowNode, workflowTree } from './workflowTree.ts';

interface TreeViewParts {
  readonly graph: CodeGraph;
  readonly acts: NodeActs;
}

/** The same as the graph, to read and to open; also what nothing sends. */
export const TreeView = ({ graph, acts }: TreeViewParts) => (
  <ul class="kin" aria-label={t('Who sends which tasks')}>
    {workflowTree(graph).map((node) => (
      <TreeItem key={node.node.id} node={node} acts={acts} />
    ))}
  </ul>
);

const TreeItem = ({ node, acts }: { readonly node: WorkflowNode; readonly acts: NodeActs }) => {
  const { id, kind, figures } = node.node;
  const words = figuresWords(node.node);
  const notes = [node.kinds.join(', '), words, node.isRepeated ? t('see above') : ''].filter(Boolean);
  const failed = (figures?.failed ?? 0) > 0;
  return (
    <li>
      {failed && <Icon name="warning" />}{' '}
      <button type="button" class="link" title={t('Go to Code')} onClick={() => acts.openCode(node.node)}>
        {id}
      </button>{' '}
      {notes.length > 0 && <span class="quiet">{notes.join(' · ')}</span>}
      {kind === 'task' && acts.showTasks && (
        <button
          type="button"
          class="quiet"
          aria-label={t('Show tasks of {0}', id)}
          onClick={() => acts.showTasks?.(node.node)}
        >
          {t('Show Tasks')}
        </button>
      )}
      {node.children.length > 0 && (
        <ul>
          {node.children.map((child) => (
            <TreeItem key={child.node.id} node={child} acts={acts} />
          ))}
        </ul>
      )}
    </li>
  );
};
