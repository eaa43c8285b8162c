import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { API, type Checker, type Symbol as Named, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'server', 'api', 'answerBodies.ts');
const target = join(root, 'server', 'api', 'answerSchemas.json');

type Schema = Readonly<Record<string, unknown>>;

/** JSON Schemas of what the HTTP face answers, made from its types; comments become descriptions. */
const answerSchemas = (): Readonly<Record<string, Schema>> => {
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] });
    const project = snapshot.getDefaultProjectForFile(source);
    const file = project?.program.getSourceFile(source);
    const module = file && project?.checker.getSymbolAtLocation(file);
    const bodies = module && project?.checker.getMemberInModuleExports(module, 'AnswerBodies');
    if (!bodies || !project) throw new Error(`${source} has no AnswerBodies`);
    return new Schemas(project.checker).of(project.checker.getDeclaredTypeOfSymbol(bodies));
  } finally {
    api.close();
  }
};

class Schemas {
  private readonly checker: Checker;
  private readonly named = new Map<string, Schema>();

  constructor(checker: Checker) {
    this.checker = checker;
  }

  of(bodies: Type): Readonly<Record<string, Schema>> {
    for (const body of this.checker.getPropertiesOfType(bodies)) {
      const schema = this.schema(this.typeOf(body));
      if (!this.named.has(body.name)) this.named.set(body.name, { ...this.described(body), ...schema });
    }
    return Object.fromEntries([...this.named].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  private typeOf(symbol: Named): Type {
    const type = this.checker.getTypeOfSymbol(symbol);
    if (type) return type;
    throw new Error(`${symbol.name} has no type.`);
  }

  private described(symbol: Named | undefined): Schema {
    const text = symbol ? this.checker.getDocumentationCommentOfSymbol(symbol) : '';
    return text === '' ? {} : { description: text.replaceAll(/\s+/g, ' ').trim() };
  }

  /** A type with a name is told once, under it. */
  private schema(type: Type): Schema {
    const name = nameOf(type);
    if (name === null) return this.inline(type);
    if (!this.named.has(name)) {
      this.named.set(name, {});
      this.named.set(name, { ...this.described(type.getAliasSymbol() ?? type.getSymbol()), ...this.inline(type) });
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  private inline(type: Type): Schema {
    const { flags } = type;
    if (flags & TypeFlags.Unknown) return {};
    if (flags & TypeFlags.Null) return { type: 'null' };
    if (flags & TypeFlags.Number) return { type: 'number' };
    if (flags & (TypeFlags.Boolean | TypeFlags.BooleanLiteral)) return { type: 'boolean' };
    if (isText(type)) return { type: 'string' };
    if (type.isStringLiteralType()) return { const: type.value };
    if (type.isUnionType()) return this.union(type.getTypes());
    const [item] = type.isTypeReference() && this.checker.isArrayType(type) ? this.checker.getTypeArguments(type) : [];
    if (item) return { type: 'array', items: this.schema(item) };
    if (flags & (TypeFlags.Object | TypeFlags.Intersection)) return this.object(type);
    throw new Error(`There is no schema for ${this.checker.typeToString(type)}.`);
  }

  /** In an order that does not depend on what else there is in the program. */
  private union(types: readonly Type[]): Schema {
    const values = types.flatMap((each) => (each.isStringLiteralType() ? [each.value] : [])).sort();
    const others = types
      .filter((each) => !each.isStringLiteralType() && !(each.flags & TypeFlags.Undefined))
      .map((each) => this.schema(each));
    const schemas = [...new Map(others.map((each) => [JSON.stringify(each), each])).entries()].sort(byText);
    const isOpen = schemas.some(([, each]) => each['type'] === 'string');
    const all = schemas.map(([, each]) =>
      each['type'] === 'string' && values.length > 0 ? { ...each, examples: values } : each,
    );
    const texts = values.length > 0 && !isOpen ? [{ type: 'string', enum: values }] : [];
    return oneOf([...texts, ...all]);
  }

  private object(type: Type): Schema {
    const [index] = this.checker.getIndexInfosOfType(type);
    const properties = this.checker.getPropertiesOfType(type);
    const entries = properties.map(
      (property) => [property.name, { ...this.described(property), ...this.schema(this.typeOf(property)) }] as const,
    );
    const required = properties.filter(({ flags }) => !(flags & SymbolFlags.Optional)).map(({ name }) => name);
    return {
      type: 'object',
      ...(entries.length > 0 ? { properties: Object.fromEntries(entries) } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(index ? { additionalProperties: this.schema(index.valueType) } : {}),
    };
  }
}

/** `null` as people write it: beside the only other type. */
const oneOf = (schemas: readonly Schema[]): Schema => {
  const others = schemas.filter(({ type }) => type !== 'null');
  const [only] = others;
  if (!only || others.length > 1) return { anyOf: schemas };
  if (others.length === schemas.length) return only;
  return typeof only['type'] === 'string' && !('enum' in only)
    ? { ...only, type: [only['type'], 'null'] }
    : { anyOf: schemas };
};

/** `string & {}` is any text too, beside some that are named. */
const isText = (type: Type): boolean =>
  (type.flags & TypeFlags.String) !== 0 ||
  (type.isIntersectionType() && type.getTypes().some(({ flags }) => flags & TypeFlags.String));

const byText = ([a]: readonly [string, Schema], [b]: readonly [string, Schema]): number => (a < b ? -1 : 1);

/** Null for what the language itself brings, and for what has no name. */
const nameOf = (type: Type): string | null => {
  const name = (type.getAliasSymbol() ?? type.getSymbol())?.name ?? '';
  return /^[A-Z]\w+$/.test(name) && !/^(Readonly)?(Array|Record|Map)?$/.test(name) ? name : null;
};

const written = (): string => `${JSON.stringify(answerSchemas(), null, 2)}\n`;

/** Whether the file says what the types say. */
export const areAnswerSchemasCurrent = (): boolean => readFileSync(target, 'utf8') === written();

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, written());
