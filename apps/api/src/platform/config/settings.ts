import { isIP } from 'node:net';
import * as z from 'zod';

const trimmed = z.string().trim();
const port = trimmed
  .regex(/^\d{1,5}$/, 'is not a port')
  .transform(Number)
  .pipe(z.int().max(65_535));
const absoluteUrl = (protocols: readonly string[]) =>
  trimmed.refine((text) => protocols.includes(protocolOf(text)), `is not an address of ${protocols.join(' or ')}`);

/** Every setting by the name of its environment variable, with its default. Empty counts as not set. */
const environmentSchema = z.object({
  PORT: port.default(3000),
  HOST: trimmed.min(1).max(255).default('127.0.0.1'),
  DATABASE_URL: absoluteUrl(['postgres:', 'postgresql:']).optional(),
  WATCHFLOOR_DATA_DIR: trimmed.min(1).default('.watchfloor'),
  PUBLIC_URL: absoluteUrl(['http:', 'https:'])
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  WATCHFLOOR_ADMIN_EMAIL: z.email('is not an e-mail address').max(200).optional(),
  WATCHFLOOR_ADMIN_PASSWORD: z.string().min(10, 'has fewer than 10 characters').max(200).optional(),
  WATCHFLOOR_INGEST_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, 'is not 16 to 200 printable ASCII characters without spaces')
    .optional(),
  WATCHFLOOR_TRUSTED_PROXIES: trimmed
    .transform((text) => text.split(/\s*,\s*/))
    .pipe(z.array(z.string().refine(isNetwork, 'is not a list of addresses or networks such as 10.0.0.0/8')).max(50))
    .optional(),
  WATCHFLOOR_METRICS: z.enum(['local', 'signed-in', 'open'], 'is not local, signed-in or open').default('local'),
  SEPARATION_OF_DUTIES: z.enum(['on', 'off'], 'is not on or off').optional(),
  WATCHFLOOR_DIRECT_POLICY_CHANGES: z.enum(['on', 'off'], 'is not on or off').default('on'),
  NATS_URL: absoluteUrl(['nats:', 'tls:']).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

type Environment = z.output<typeof environmentSchema>;

/** What the operator has set. */
export class Settings {
  /** The HTTP port asked for; when it is taken, the next free one serves. */
  readonly port: number;
  readonly host: string;
  /** Absent: an embedded PostgreSQL in `dataDir` serves. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  /** Where people reach the server, without a slash at the end. Absent: as it listens. */
  readonly publicUrl: string | undefined;
  readonly adminEmail: string | undefined;
  readonly adminPassword: string | undefined;
  readonly ingestKey: string | undefined;
  /** Reverse proxies that may say whom they speak for, besides one on this machine: addresses, or networks as 10.0.0.0/8. */
  readonly trustedProxies: readonly string[];
  /** Who may read `/metrics`: callers on this machine, people signed in (and callers on this machine), everybody. */
  readonly metrics: Environment['WATCHFLOOR_METRICS'];
  /** Default: whoever tries Watchfloor alone can do everything; whoever brings a database means it. */
  readonly separationOfDuties: boolean;
  /** Whether one person alone may replace a policy; off, a draft must be published by somebody else. Default on. */
  readonly directPolicyChanges: boolean;
  readonly logLevel: Environment['LOG_LEVEL'];
  /** `--demo`: people of each role and recorded streams. Default false. */
  readonly isDemo: boolean;

  constructor(set: Environment, isDemo: boolean) {
    this.port = set.PORT;
    this.host = set.HOST;
    this.databaseUrl = set.DATABASE_URL;
    this.dataDir = set.WATCHFLOOR_DATA_DIR;
    this.publicUrl = set.PUBLIC_URL;
    this.adminEmail = set.WATCHFLOOR_ADMIN_EMAIL;
    this.adminPassword = set.WATCHFLOOR_ADMIN_PASSWORD;
    this.ingestKey = set.WATCHFLOOR_INGEST_KEY;
    this.trustedProxies = set.WATCHFLOOR_TRUSTED_PROXIES ?? [];
    this.metrics = set.WATCHFLOOR_METRICS;
    const duties = set.SEPARATION_OF_DUTIES ?? (set.DATABASE_URL === undefined ? 'off' : 'on');
    this.separationOfDuties = duties === 'on';
    this.directPolicyChanges = set.WATCHFLOOR_DIRECT_POLICY_CHANGES === 'on';
    this.logLevel = set.LOG_LEVEL;
    this.isDemo = isDemo;
  }
}

/** Thrown when settings stop the start: one line for each. */
export class SettingsError extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

/**
 * Reads the settings from the environment and the command line.
 *
 * @throws SettingsError naming every unknown or malformed setting
 */
export function readSettings(environment: NodeJS.ProcessEnv, args: readonly string[] = []): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const lines = [...unknownIn(given), ...args.filter((arg) => arg !== '--demo').map((arg) => `${arg}: unknown option`)];

  const read = environmentSchema.safeParse(given);
  if (!read.success) {
    lines.push(...read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
    throw new SettingsError(lines);
  }
  const set = read.data;
  if ((set.WATCHFLOOR_ADMIN_EMAIL === undefined) !== (set.WATCHFLOOR_ADMIN_PASSWORD === undefined)) {
    lines.push('WATCHFLOOR_ADMIN_EMAIL and WATCHFLOOR_ADMIN_PASSWORD: set both or neither');
  }
  if (set.NATS_URL !== undefined) lines.push('NATS_URL: several instances are not possible in this version; unset it');
  if (lines.length > 0) throw new SettingsError(lines);

  return new Settings(set, args.includes('--demo'));
}

const ownPrefix = 'WATCHFLOOR_';

function unknownIn(given: Readonly<Record<string, unknown>>): string[] {
  const known = Object.keys(environmentSchema.shape).filter((name) => name.startsWith(ownPrefix));
  return Object.keys(given)
    .filter((name) => name.startsWith(ownPrefix) && !known.includes(name))
    .map((name) => `${name}: unknown setting; those known are ${known.join(', ')}`);
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
