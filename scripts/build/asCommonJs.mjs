import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import esbuild from 'esbuild';

/**
 * Writes a bundle that esbuild has split, each part as CommonJS. esbuild splits modules only, and Node takes twice as long
 * to load a module as to load the same text as CommonJS. A part is loaded when it is needed; `distFolder` is the folder
 * above them.
 */
export const asCommonJs = (folder, { minify, sourcemap }) => ({
  name: 'asCommonJs',
  setup: (build) => {
    build.onEnd(async ({ outputFiles = [] }) => {
      const parts = await Promise.all(outputFiles.map((file) => convert(file, { minify, sourcemap })));
      mkdirSync(folder, { recursive: true });
      // The entry comes last: it must not name parts that are not there yet.
      const inOrder = parts.toSorted((a, b) => Number(a.name === 'main.js') - Number(b.name === 'main.js'));
      for (const { name, code } of inOrder) writeFileSync(join(folder, name), code);
      const current = new Set(parts.map(({ name }) => name));
      for (const name of readdirSync(folder)) if (!current.has(name)) rmSync(join(folder, name), { recursive: true });
    });
  },
});

/**
 * What a part may name of where it lies. A library may have a `require` of its own, which must not hide ours. Of a library
 * that is CommonJS, esbuild's part exports only all of it at once (`default`); whoever loads it wants its names, as from Node.
 */
const names = {
  distFolder: 'const distFolder=require("node:path").dirname(__dirname);',
  loadPart:
    'const loadPart=async(name)=>{const part=module.require(name);return Object.keys(part).join()==="default"?{...part.default,default:part.default}:part};',
  partUrl: 'const partUrl=require("node:url").pathToFileURL(__filename).href;',
};

const convert = async ({ path, text }, { minify, sourcemap }) => {
  const lazily = text.replace(/\bimport\("(\.\/[\w.-]+\.js)"\)/g, 'loadPart("$1")');
  const used = Object.entries(names).filter(([name]) => lazily.includes(name));
  const { code } = await esbuild.transform(lazily, {
    format: 'cjs',
    platform: 'node',
    minify,
    sourcemap,
    banner: used.map(([, line]) => line).join(''),
  });
  return { name: basename(path), code: inOneByte(code) };
};

/**
 * esbuild escapes what is beyond ASCII, but not in regular expressions. One such character makes V8 keep all of the source in
 * two bytes a character.
 */
const inOneByte = (code) =>
  code.replaceAll(/[^\0-\xff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
