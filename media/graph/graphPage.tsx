import { t } from '@vscode/l10n';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { CodeGraph, CodeGraphNode } from '../../server/api/codePages.ts';
import { count } from '../../server/api/figures.ts';
import type { Host } from '../page/host.ts';
import { startPolling } from '../page/polling.ts';
import { GraphView } from './graphView.tsx';
import { TreeView } from './treeView.tsx';
import { filteredGraph } from './workflowTree.ts';

interface GraphPageParts {
  readonly host: Host;
  /** Empty: nothing is connected. */
  readonly clusterId: string;
}

export interface NodeActs {
  readonly openCode: (node: CodeGraphNode) => void;
  /** Null: nothing is connected. */
  readonly showTasks: ((node: CodeGraphNode) => void) | null;
}

const everyMs = 5_000;

/** Who sends whom in the code of the workspace: as a graph, and as a tree that says the same. */
export const GraphPage = ({ host, clusterId }: GraphPageParts) => {
  const { graph, problem } = useGraph(host, clusterId);
  const [text, setText] = useState('');
  const shown = useMemo(() => graph && filteredGraph(graph, text), [graph, text]);
  const acts = useMemo((): NodeActs => {
    const openCode = ({ file, range }: CodeGraphNode): void => {
      void host.act('celeriac.openFrame', { file, line: range.startLine + 1, function: '' });
    };
    const showTasks = ({ id }: CodeGraphNode): void => {
      void host.act('celeriac.openDashboard', { clusterId, taskName: id });
    };
    return { openCode, showTasks: clusterId === '' ? null : showTasks };
  }, [host, clusterId]);
  return (
    <main class="workflow-page">
      <header class="workflow-head">
        <h1>{t('Workflow')}</h1>
        {graph && <span class="quiet">{summaryOf(graph, clusterId !== '')}</span>}
        <input
          type="search"
          placeholder={t('Filter by name')}
          aria-label={t('Filter by name')}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </header>
      {problem !== null && (
        <p class="exception" role="alert">
          {problem}
        </p>
      )}
      {graph === null && problem === null && <p class="quiet">{t('Reading the code of the workspace…')}</p>}
      {graph?.nodes.length === 0 && (
        <p class="quiet">{t('No Celery tasks were found in this workspace. Open the folder that holds them.')}</p>
      )}
      {shown && graph && graph.nodes.length > 0 && (
        <>
          {shown.nodes.length === 0 && <p class="quiet">{t('No matching tasks. Clear the filter.')}</p>}
          <GraphView graph={shown} acts={acts} />
          <TreeView graph={shown} acts={acts} />
          {graph.omitted > 0 && <p class="quiet">{t('{0} more tasks are not listed.', count(graph.omitted))}</p>}
        </>
      )}
    </main>
  );
};

const summaryOf = ({ nodes, edges }: CodeGraph, isConnected: boolean): string => {
  const tasks = nodes.filter(({ kind }) => kind === 'task').length;
  const words = `${tasksWord(tasks)} · ${callsWord(edges.length)}`;
  return isConnected ? words : `${words} · ${t('not connected')}`;
};

const tasksWord = (tasks: number): string => (tasks === 1 ? t('1 task') : t('{0} tasks', count(tasks)));
const callsWord = (calls: number): string => (calls === 1 ? t('1 call') : t('{0} calls', count(calls)));

interface Read {
  readonly graph: CodeGraph | null;
  /** Why it could not be read again; what was read before stays. */
  readonly problem: string | null;
}

const useGraph = (host: Host, clusterId: string): Read => {
  const [read, setRead] = useState<Read>({ graph: null, problem: null });
  const last = useRef('');
  const again = useCallback(async (): Promise<void> => {
    try {
      const graph = await host.ofCode('codeGraph', { clusterId: clusterId === '' ? null : clusterId });
      const text = JSON.stringify(graph);
      if (text === last.current) return;
      last.current = text;
      setRead({ graph, problem: null });
    } catch (error) {
      setRead(({ graph }) => ({ graph, problem: error instanceof Error ? error.message : String(error) }));
    }
  }, [host, clusterId]);
  useEffect(() => {
    const polling = startPolling({ read: again, everyMs: () => everyMs, isIdle: () => document.hidden });
    return () => polling.stop();
  }, [again]);
  return read;
};
