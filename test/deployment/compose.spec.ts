import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { readSettings } from '../../apps/api/src/platform/config/settings.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
}

/** The file as Compose itself reads it where it is installed (no engine is needed for that), else as plain YAML. */
async function compose(): Promise<Compose> {
  const environment = { ...process.env, WATCHFLOOR_DB_PASSWORD: 'a-password' };
  const hasCompose = await run('docker', ['compose', 'version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  );
  if (hasCompose)
    await run('docker', ['compose', '--profile', 'cluster', 'config', '--quiet'], { cwd: root, env: environment });
  return parse(await readFile(join(root, 'docker-compose.yml'), 'utf8')) as Compose;
}

const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
const { services, volumes } = await compose();

test('every service says how it is doing', () => {
  const silent = Object.entries(services).filter(([, { build, healthcheck }]) => build === undefined && !healthcheck);
  expect(silent).toEqual([]);
  expect(dockerfile).toMatch(/^HEALTHCHECK /m);
});

test('every image names its major version, and every volume is declared', () => {
  for (const { image, build, volumes: mounts = [] } of Object.values(services)) {
    if (build === undefined) expect(image).toMatch(/:\d+/);
    for (const mount of mounts) expect(volumes).toHaveProperty([mount.split(':')[0] ?? '']);
  }
});

test('the server accepts the settings that the composition gives it', () => {
  const password = 'a-password';
  const given = Object.entries(services.server?.environment ?? {}).map(([name, value]) => {
    const filled = value.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, __, kind: string, text: string) => {
      return kind === '-' ? text : password;
    });
    return [name, filled];
  });
  const settings = readSettings(Object.fromEntries(given) as Record<string, string>, []);
  expect(settings.databaseUrl).toBe(`postgres://watchfloor:${password}@postgres:5432/watchfloor`);
  expect(settings.publicUrl).toBe('http://localhost:3000');
});

test('the server does not run as root', () => {
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  expect(lastStage).toMatch(/^USER node$/m);
});

test('whatever the image takes over is in a checkout or made by its build', () => {
  const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, path = '']) => path);
  const made = ['node_modules', 'apps/api/dist', 'apps/console/dist'];
  expect(copied).toEqual(expect.arrayContaining(made));
  expect(copied.filter((path) => !made.includes(path) && !existsSync(join(root, path)))).toEqual([]);
});
