import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';

/** One thing that was handed to VS Code: which function took it, and what it is called by. */
export interface Registration {
  readonly by: string;
  readonly id: string;
}

/** What the extension has registered and not disposed, in order. */
export const registrations: Registration[] = [];

const types = join(import.meta.dirname, '../../../../node_modules/@types/vscode/index.d.ts');
const nothing = { dispose: () => undefined };

const idOf = (given: unknown): string => {
  if (typeof given === 'string') return given;
  if (Array.isArray(given)) return given.map(idOf).join(',');
  if (typeof given !== 'object' || given === null) return '';
  const { scheme, language } = given as { scheme?: string; language?: string };
  return [language, scheme].filter(Boolean).join(' ');
};

/** Remembers what is registered and hands out something that can be disposed; everything else answers with nothing. */
const call = (name: string, args: readonly unknown[]): unknown => {
  if (/^on[A-Z]/.test(name)) return nothing;
  if (name === 'createOutputChannel') return stub('channel');
  if (!/^(register|createTreeView|createStatusBarItem|createDiagnosticCollection)/.test(name)) return undefined;
  const registration = { by: name, id: idOf(args[0]) };
  registrations.push(registration);
  return Object.assign(stub(name), {
    dispose: () => {
      const at = registrations.indexOf(registration);
      if (at >= 0) registrations.splice(at, 1);
    },
  });
};

/** Anything of the API: a class, a namespace, an object, an event, by what is done with it. */
const stub = (name: string): object =>
  new Proxy(class {}, {
    get: (target, key) => {
      if (key === 'prototype' || typeof key === 'symbol') return Reflect.get(target, key);
      if (Object.hasOwn(target, key)) return Reflect.get(target, key);
      // A thenable would be waited for.
      if (key === 'then') return undefined;
      if (key in properties) return properties[key];
      return /^[A-Z]/.test(key) ? stub(key) : (...args: readonly unknown[]) => call(key, args);
    },
    set: (target, key, value) => Reflect.defineProperty(target, key, { value, writable: true, configurable: true }),
    apply: (_target, _self, args) => call(name, args),
  });

/** What the extension reads rather than calls. */
const properties: Readonly<Record<string, unknown>> = {
  workspaceFolders: undefined,
  isTrusted: true,
  state: { focused: true },
  language: 'en',
  bundle: undefined,
  uri: undefined,
  getConfiguration: () => ({ get: (_name: string, otherwise: unknown) => otherwise, update: async () => undefined }),
  textDocuments: [],
  terminals: [],
  visibleTextEditors: [],
  breakpoints: [],
  tabGroups: { all: [], onDidChangeTabs: () => nothing },
  showsMuted: false,
  visible: false,
};

class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => void>();
  readonly event = (listener: (event: T) => void): object => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

class Disposable {
  static from(...all: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const each of all) each.dispose();
    });
  }
  readonly dispose: () => unknown;
  constructor(dispose: () => unknown) {
    this.dispose = dispose;
  }
}

const own: Readonly<Record<string, unknown>> = { EventEmitter, Disposable, version: '1.105.0' };

/**
 * One export of the module `vscode`; the text of that module, below, imports it.
 * @public
 */
export const fake = (name: string): unknown => own[name] ?? stub(name);

/** From now on `vscode` is this fake, for our code as for the libraries that it brings. */
export const fakeVscode = (): void => {
  const names = new Set(
    [...readFileSync(types, 'utf8').matchAll(/^\texport (?:class|enum|namespace|const|function) (\w+)/gm)].map(
      (match) => match[1],
    ),
  );
  const source = [`import { fake } from ${JSON.stringify(import.meta.url)};`]
    .concat([...names].map((name) => `export const ${name} = fake('${name}');`))
    .join('\n');
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode' ? { url: 'fake:vscode', format: 'module', shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === 'fake:vscode' ? { format: 'module', source, shortCircuit: true } : next(url, context),
  });
};
