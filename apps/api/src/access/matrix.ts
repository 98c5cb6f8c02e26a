import type { Caller, ClientToServer, Permission, Role, RouteName, ServerToClient } from '@watchfloor/contracts';
import { permissions, routes } from '@watchfloor/contracts';

/**
 * Who may do what: the one place that says so. A role that is not named in a permission's row does not have it, and a
 * route, socket event or address that is not named below serves nobody.
 *
 * The auditor only reads (its exports are recorded). Owners edit rules, administrators edit people and keys; neither decides.
 */
export const rolesWith: Readonly<Record<Permission, readonly Role[]>> = {
  'streams.read': ['supervisor', 'reviewer', 'auditor', 'owner', 'administrator'],
  'streams.steer': ['owner'],
  'policies.try': ['supervisor', 'owner'],
  'flags.read': ['supervisor', 'reviewer', 'auditor', 'owner', 'administrator'],
  'flags.decide': ['supervisor', 'reviewer'],
  'flags.comment': ['supervisor', 'reviewer', 'owner'],
  'record.read': ['supervisor', 'reviewer', 'auditor', 'owner', 'administrator'],
  'record.read-access': ['auditor', 'administrator'],
  'record.export': ['auditor'],
  'live.listen': ['supervisor', 'reviewer', 'auditor', 'owner', 'administrator'],
  'people.read': ['auditor', 'administrator'],
  'people.edit': ['administrator'],
  'keys.read': ['auditor', 'owner', 'administrator'],
  'keys.edit': ['administrator'],
  'account.own': ['supervisor', 'reviewer', 'auditor', 'owner', 'administrator'],
};

/** Who may call a route stands in the contracts, where the API document and the console read it, too. */
export function callerOf(route: RouteName): Caller {
  return routes[route].caller;
}

/** What a socket needs to be let in. */
export const connectNeeds: Permission = 'live.listen';

/** What a socket needs to be heard. */
export const clientEventNeeds: Readonly<Record<keyof ClientToServer, Permission>> = {
  subscribe: 'streams.read',
  unsubscribe: 'streams.read',
  presence: 'flags.read',
};

/** What a socket needs to be told. Entries of the record that its person may not read arrive as bare numbers. */
export const serverEventNeeds: Readonly<Record<keyof ServerToClient, Permission>> = {
  hello: 'live.listen',
  entry: 'record.read',
  tick: 'streams.read',
  presence: 'flags.read',
};

/**
 * Addresses outside the table of routes that anybody may read: health and figures for machines (the metrics room has a
 * setting of its own), the API's description, and the console's files. `/*` is the console's.
 */
export const openAddresses: ReadonlySet<string> = new Set([
  '/health/live',
  '/health/ready',
  '/metrics',
  '/api/openapi.json',
  '/api/docs',
  '/api/docs/show.js',
  '/api/docs/swagger-ui.css',
  '/api/docs/swagger-ui-bundle.js',
  '/*',
]);

/** Methods that only read: the only ones for {@link openAddresses}. */
export const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

const editing: readonly Role[] = ['owner', 'administrator'];
const deciding: readonly Role[] = ['supervisor', 'reviewer'];

/** Whether roles lie on both sides of the separation: editing rules, keys or people, and deciding. */
export function dutiesCollide(roles: readonly Role[]): boolean {
  return roles.some((role) => editing.includes(role)) && roles.some((role) => deciding.includes(role));
}

/**
 * What a person with these roles may do.
 *
 * @param isSeparated separation of duties; then whoever edits does not decide, even if both roles were given before it was on
 */
export function permissionsOf(roles: readonly Role[], isSeparated: boolean): ReadonlySet<Permission> {
  const held = permissions.filter((permission) => rolesWith[permission].some((role) => roles.includes(role)));
  return new Set(
    isSeparated && dutiesCollide(roles) ? held.filter((permission) => permission !== 'flags.decide') : held,
  );
}
