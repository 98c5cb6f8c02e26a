import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';

const build = join(import.meta.dirname, '../../apps/console/dist');
const budgetBytes = 260 * 1024;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

/** All JavaScript that a browser has to have before it shows a screen: the entry, the screen, and what both import. */
function firstLoadOf(screen: string): readonly { readonly file: string; readonly code: Buffer }[] {
  const chunks = JSON.parse(readFileSync(join(build, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const wanted = new Set<string>();
  const want = (name: string) => {
    const chunk = chunks[name];
    if (chunk === undefined) throw new Error(`the build has no ${name}`);
    if (wanted.has(chunk.file)) return;
    wanted.add(chunk.file);
    chunk.imports?.forEach(want);
  };
  want('index.html');
  want(screen);
  return [...wanted].map((file) => ({ file, code: readFileSync(join(build, file)) }));
}

describe.each([
  ['/watch', 'src/watch/watch-screen.tsx'],
  ['/queue', 'src/queue/queue-screen.tsx'],
  ['/queue/now', 'src/queue/now-screen.tsx'],
])('the first load of %s', (_, screen) => {
  it('is at most 260 KB of compressed JavaScript', () => {
    const bytes = firstLoadOf(screen).reduce((sum, { code }) => sum + gzipSync(code).length, 0);
    expect(bytes).toBeGreaterThan(50 * 1024);
    expect(bytes).toBeLessThanOrEqual(budgetBytes);
  });

  it.each([
    ['Recharts', 'recharts-'],
    ["the contracts' schemas", '_zod'],
  ])('has nothing in it of %s', (_name, mark) => {
    const guilty = firstLoadOf(screen).filter(({ code }) => code.includes(mark));
    expect(guilty.map(({ file }) => file)).toEqual([]);
  });
});

it('knows Recharts and the schemas by the marks that it looks for', () => {
  const chunks = JSON.parse(readFileSync(join(build, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const chart = chunks['src/parts/drawn-chart.tsx']?.file ?? '';
  expect(readFileSync(join(build, chart), 'utf8')).toContain('recharts-');
  expect(readFileSync(join(build, '../../../node_modules/zod/v4/core/core.js'), 'utf8')).toContain('_zod');
});
