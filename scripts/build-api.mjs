// Compiles apps/api/src to apps/api/dist, file by file: types stripped, decorators with their metadata, `.ts` endings to `.js`.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { transformFile } from '@swc/core';
import { root } from './parts/paths.mjs';

const source = join(root, 'apps/api/src');
const target = join(root, 'apps/api/dist');

/** @type {import('@swc/core').Options} */
const options = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    rewriteRelativeImportExtensions: true,
  },
};

export async function buildApi() {
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const compiled = await Promise.all(files.map(compile));

  await rm(target, { recursive: true, force: true });
  for (const { path, code, map } of compiled) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${code}\n//# sourceMappingURL=${name}.map\n`);
    await writeFile(`${path}.map`, map);
  }
  return compiled.length;
}

async function compile(file) {
  const path = join(target, relative(source, file)).replace(/\.ts$/, '.js');
  const { code, map } = await transformFile(file, { ...options, sourceFileName: relative(dirname(path), file) });
  return { path, code, map: map ?? '{}' };
}

if (process.argv[1] === import.meta.filename) {
  const count = await buildApi();
  console.log(`compiled ${count} files into apps/api/dist`);
}
