import type { Scope } from './evaluate.ts';
import type { ProjectFiles } from './projectFiles.ts';
import type { NamedValue, PythonFacts } from './pythonFacts.ts';

type Lookup = (variable: string) => string | undefined;

/** What names mean in a file: what the file says itself, then the module they are imported from, then any settings. */
export class PythonNames {
  private readonly files: ReadonlyMap<string, PythonFacts>;
  private readonly byName = new Map<string, { file: string; value: NamedValue }[]>();

  constructor({ pythons }: ProjectFiles) {
    this.files = new Map(pythons.map(({ file, has }) => [file, has]));
    for (const { file, has } of pythons)
      for (const value of has.values) {
        const known = this.byName.get(value.name);
        if (known) known.push({ file, value });
        else this.byName.set(value.name, [{ file, value }]);
      }
  }

  scope(file: string, environment: Lookup): Scope {
    return { environment, name: (path) => this.find(file, path, environment) };
  }

  private find(file: string, path: readonly string[], environment: Lookup): ReturnType<Scope['name']> {
    const name = path.at(-1) ?? '';
    const isMember = path.length > 1;
    const all = (this.byName.get(name) ?? []).filter(({ value }) => value.argumentOf === null || isMember);
    const here = all.filter((each) => each.file === file);
    if (here.length > 0)
      return this.either(
        file,
        here.map(({ value }) => value),
        environment,
      );
    const module = this.files.get(file)?.imports.find((each) => each.name === path[0])?.module ?? null;
    const imported = all.find((each) => module !== null && isModule(each.file, module));
    const other = imported ?? (isMember || module !== null ? all[0] : undefined);
    return other && this.either(other.file, [other.value], environment);
  }

  private either(file: string, values: readonly NamedValue[], environment: Lookup): ReturnType<Scope['name']> {
    return {
      value: { kind: 'either', options: values.map(({ value }) => value) },
      scope: this.scope(file, environment),
    };
  }
}

const isModule = (file: string, module: string): boolean => {
  const tail = module.replace(/^\.+/, '').replaceAll('.', '/');
  const path = file.replaceAll('\\', '/').replace(/(?:\/__init__)?\.py$/, '');
  return tail !== '' && path.endsWith(`/${tail}`);
};
