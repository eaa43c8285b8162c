import { t } from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import { count, duration } from '../../server/api/figures.ts';
import type { RelatedTask, Relations } from '../../server/api/taskDetail.ts';
import { ArrowHead } from '../page/arrowHead.tsx';
import { graphLayout, nodeHeight, nodeWidth } from './graphLayout.ts';
import { type KinNode, kinTree } from './kinTree.ts';
import { StateIcon, toneOf } from './stateMark.tsx';

interface KinParts {
  readonly relations: Relations;
  readonly taskId: string;
  readonly open: (taskId: string) => void;
}

/** More than this is no picture any more; the list has them all. */
const drawnLimit = 80;

/** The tasks of one chain, group or chord: as a graph, and as a tree to read and to open. */
export const KinView = ({ relations, taskId, open }: KinParts) => {
  const { tasks, omitted, missing } = relations;
  if (tasks.length < 2 && missing.length === 0) return <p class="quiet">{t('No related tasks.')}</p>;
  return (
    <>
      {tasks.length > 1 && tasks.length <= drawnLimit && <KinGraph relations={relations} taskId={taskId} open={open} />}
      <ul class="kin" aria-label={t('Tasks with the same root')}>
        {kinTree(relations).map((node) => (
          <KinItem key={node.task.id} node={node} taskId={taskId} open={open} />
        ))}
      </ul>
      {relations.links.some(({ kind }) => kind === 'chord') && (
        <p class="quiet">{t('Dashed: inferred chord callback (started after all of these finished).')}</p>
      )}
      {omitted > 0 && <p class="quiet">{t('{0} more tasks are not listed.', count(omitted))}</p>}
      {missing.length > 0 && (
        <p class="quiet">
          {t('Referenced by others, but unknown: {0}', missing.map((id) => id.slice(0, 8)).join(', '))}
        </p>
      )}
    </>
  );
};

const KinGraph = ({ relations, taskId, open }: KinParts) => {
  const graph = useMemo(() => graphLayout(relations), [relations]);
  return (
    // The list below says the same to those who do not see it.
    <div class="graph" aria-hidden="true">
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: hidden from those for whom a title would be. */}
      <svg width={graph.width} height={graph.height} viewBox={`0 0 ${graph.width} ${graph.height}`}>
        <ArrowHead id="arrow" />
        {graph.links.map(({ path, kind }) => (
          <path key={path} d={path} class={`graph-link link-${kind}`} marker-end="url(#arrow)" />
        ))}
        {graph.tasks.map(({ task, x, y }) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list below has the same as buttons.
          <g key={task.id} class={task.id === taskId ? 'graph-task here' : 'graph-task'} onClick={() => open(task.id)}>
            <rect x={x} y={y} width={nodeWidth} height={nodeHeight} rx="4" class={toneOf(task.state)} />
            <text x={x + 10} y={y + 19} class="graph-name">
              {shortName(task)}
            </text>
            <text x={x + 10} y={y + 36} class="graph-state">
              {stateWord(task)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
};

const longestName = 26;

const shortName = ({ name, id }: RelatedTask): string => {
  const text = name ?? id;
  return text.length > longestName ? `…${text.slice(1 - longestName)}` : text;
};

const stateWord = ({ state, runtimeSeconds }: RelatedTask): string =>
  runtimeSeconds === null ? state : `${state} · ${duration(runtimeSeconds)}`;

interface KinItemParts extends Pick<KinParts, 'taskId' | 'open'> {
  readonly node: KinNode;
}

const KinItem = ({ node, taskId, open }: KinItemParts) => (
  <li>
    <StateIcon state={node.task.state} />{' '}
    {node.task.id === taskId ? (
      <strong>{node.task.name ?? node.task.id}</strong>
    ) : (
      <button type="button" class="link" onClick={() => open(node.task.id)}>
        {node.task.name ?? node.task.id}
      </button>
    )}{' '}
    <span class="quiet">
      {stateWord(node.task)} · {node.task.id.slice(0, 8)}
      {node.task.id === taskId && ` · ${t('this task')}`}
      {node.header > 0 && ` · ${t('chord callback of {0}', count(node.header))}`}
    </span>
    {node.children.length > 0 && (
      <ul>
        {node.children.map((child) => (
          <KinItem key={child.task.id} node={child} taskId={taskId} open={open} />
        ))}
      </ul>
    )}
  </li>
);
