import type { IngestKey, Instant, Permission, Person, RouteName } from '@watchfloor/contracts';

/** A person with a running session. */
export interface SignedIn {
  readonly person: Person;
  readonly permissions: ReadonlySet<Permission>;
  readonly sessionId: string;
  /** When the session ends whatever happens. */
  readonly expiresAt: Instant;
}

/** A model service with an ingest key. */
export interface KeyHolder {
  readonly key: IngestKey;
}

/** Who asks. Routes that need a permission are always asked by a person, ingest routes always by a key. */
export type Principal = SignedIn | KeyHolder;

/** Whether a key may send predictions of a stream. */
export function maySend({ key }: KeyHolder, stream: string): boolean {
  return key.streams.includes('*') || key.streams.includes(stream);
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the doorkeeper before the body is read; null where anybody may call. */
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    /** The line of the contracts' table of routes that this handler serves. */
    routeName?: RouteName;
    /** The handler reads the body from `request.raw` itself; nobody has touched it, whatever its content type. */
    takesStream?: boolean;
  }
}
