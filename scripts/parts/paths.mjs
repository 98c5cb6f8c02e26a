import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The checkout. */
export const root = join(import.meta.dirname, '../..');

const modules = join(root, 'node_modules');
const pinned = join(modules, 'node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * The Node that everything but these scripts runs on: the pinned Node 24, or the one that runs this script if it is new enough
 * and the pinned one could not be installed.
 */
export function node24() {
  if (existsSync(pinned)) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath;
  throw new Error(
    'the pinned Node 24 is missing; its install script must run (look for `ignore-scripts` in your npm settings)',
  );
}

/** The file that runs a package's command: `binOf('jest')`. */
export function binOf(name) {
  const folder = join(modules, name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/**
 * What Node runs the server with. Predictions are many and short-lived: in V8's default of 16 MB they are moved about so often
 * that it takes a tenth of the processor.
 */
export const serverFlags = JSON.parse(readFileSync(join(import.meta.dirname, 'server-flags.json'), 'utf8'));

/** What Node needs so that Jest can load ES modules. */
export const jestFlags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** This process's environment, with the pinned tools first on the path. */
export const toolEnv = (extra = {}) => ({
  ...process.env,
  PATH: [join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter),
  ...extra,
});
