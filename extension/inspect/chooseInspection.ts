import * as vscode from 'vscode';
import { CeleriacError } from '../../server/api/errors.ts';
import type { InspectMethod, InspectParams } from '../../server/api/inspect.ts';
import type { ClusterSnapshot } from '../../server/api/model.ts';

/** What is known already, from the row on which the command was called. */
interface InspectStart {
  readonly clusterId: string | null;
  readonly hostname: string | null;
}

/** Asks for what the row did not tell: which connection, what to ask, of whom. Undefined: the user left. */
export const chooseInspection = async (
  start: InspectStart,
  clusters: ReadonlyMap<string, ClusterSnapshot>,
  methods: readonly InspectMethod[],
): Promise<InspectParams | undefined> => {
  const cluster = await chooseCluster(start.clusterId, clusters);
  if (!cluster) return undefined;
  const method = await chooseMethod(methods, cluster.name);
  if (!method) return undefined;
  const words = await typeArguments(method);
  if (!words) return undefined;
  const destination = start.hostname ? [start.hostname] : await chooseWorkers(cluster);
  if (destination === undefined) return undefined;
  return { clusterId: cluster.clusterId, method: method.method, words, destination };
};

const chooseCluster = async (
  clusterId: string | null,
  clusters: ReadonlyMap<string, ClusterSnapshot>,
): Promise<ClusterSnapshot | undefined> => {
  if (clusterId !== null) return clusters.get(clusterId);
  const live = [...clusters.values()].filter(({ link }) => link.kind === 'live');
  if (live.length === 0)
    throw new CeleriacError('notFound', 'No broker is connected. The Clusters view says why, or offers to add one.');
  if (live.length === 1) return live[0];
  const items = live.map((cluster) => ({ label: cluster.name, description: cluster.maskedUrl, cluster }));
  return (await vscode.window.showQuickPick(items, { title: 'Inspect Workers', placeHolder: 'Which connection?' }))
    ?.cluster;
};

const chooseMethod = async (methods: readonly InspectMethod[], name: string): Promise<InspectMethod | undefined> => {
  const items = methods.map((method) => ({ label: method.method, description: method.help, method }));
  const options = { title: `Inspect Workers of ${name}`, placeHolder: 'What to ask?', matchOnDescription: true };
  return (await vscode.window.showQuickPick(items, options))?.method;
};

const typeArguments = async (method: InspectMethod): Promise<string[] | undefined> => {
  if (!method.needsArguments) return [];
  const typed = await vscode.window.showInputBox({
    title: method.signature,
    prompt: method.help,
    validateInput: (text) => (text.trim() ? null : `${method.method} needs an argument.`),
  });
  return typed?.trim().split(/\s+/);
};

/** Null: every worker. One worker is no choice. */
const chooseWorkers = async (cluster: ClusterSnapshot): Promise<readonly string[] | null | undefined> => {
  const workers = Object.values(cluster.workers).filter(({ status }) => status !== 'offline');
  if (workers.length < 2) return null;
  const items = workers.map(({ hostname, status }) => ({ label: hostname, description: status, picked: true }));
  const title = `Inspect Workers of ${cluster.name}`;
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: 'Of whom?', canPickMany: true });
  if (!picked || picked.length === 0) return undefined;
  return picked.length === items.length ? null : picked.map(({ label }) => label);
};
