import { render } from 'preact';
import type { PageAddress } from '../../server/api/page.ts';
import { Page } from '../page/page.tsx';
import { httpHost } from './httpHost.ts';
import { linkedView } from './linkedView.ts';

const addressOf = (path: string, clusterId: string): PageAddress => {
  const taskId = /^\/tasks\/([^/]+)/.exec(path)?.[1];
  return taskId === undefined
    ? { kind: 'dashboard', clusterId }
    : { kind: 'task', clusterId, taskId: decodeURIComponent(taskId) };
};

const showPage = (root: HTMLElement): void => {
  const address = addressOf(location.pathname, root.dataset['cluster'] ?? '');
  const key = `celeriac:${location.pathname}`;
  const host = httpHost({
    fetch: (path) => fetch(path),
    stream: (path, listener) => {
      const source = new EventSource(path);
      source.addEventListener('change', (event: MessageEvent<string>) => listener(event.data));
      return () => source.close();
    },
    isVisible: () => document.visibilityState === 'visible',
    onVisibility: (listener) => document.addEventListener('visibilitychange', listener),
    go: (path) => location.assign(path),
    load: () => linkedView(sessionStorage.getItem(key), location.search),
    save: (text) => sessionStorage.setItem(key, text),
  });
  render(<Page host={host} address={address} />, root);
};

const askForToken = (form: HTMLFormElement): void => {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const token = new FormData(form).get('token');
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch('/page/token', { method: 'POST', headers, body: JSON.stringify({ token }) });
    if (answer.ok) location.reload();
    else (form.querySelector('[role=alert]') as HTMLElement).textContent = 'This is not the token of this server.';
  });
};

const root = document.getElementById('page');
const form = document.getElementById('token');
if (root) showPage(root);
if (form instanceof HTMLFormElement) askForToken(form);
