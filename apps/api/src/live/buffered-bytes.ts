import { roomOf } from './live-socket.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';

/** More than so much waiting for one socket, and it is spared what is volatile. */
export const laggingBytes = 64 * 1024;

/** More than so much waiting for one socket and it is cut: the console catches up over HTTP when it is back. */
export const maxBufferedBytes = 512 * 1024;

/** What engine.io keeps of a connection and does not show to TypeScript. */
interface Innards {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  /** The transport's WebSocket; while polling there is none. */
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void } };
}

/**
 * What waits in this process to be sent to a socket: packets that engine.io holds back while the transport is busy, and
 * what the WebSocket has not got rid of. socket.io bounds neither.
 *
 * @returns bytes, or UTF-16 units where a packet is text
 */
export function bufferedBytes({ conn }: LiveSocket): number {
  const { writeBuffer, transport } = conn as unknown as Innards;
  return writeBuffer.reduce((sum, { data }) => sum + sizeOf(data), transport.socket?.bufferedAmount ?? 0);
}

/**
 * Looks at every socket: those that lag sit in a room of their own, which volatile messages leave out, and those that do not
 * read at all are cut. (socket.io's own `volatile` drops all but the first message of a turn, since a WebSocket counts as busy
 * until the next.)
 *
 * @returns how many were cut
 */
export function spareTheSlow({ sockets }: LiveNamespace): number {
  let cuts = 0;
  for (const socket of sockets.values()) {
    const bytes = bufferedBytes(socket);
    if (bytes > maxBufferedBytes) {
      cut(socket);
      cuts += 1;
    } else if (bytes > laggingBytes) void socket.join(roomOf.lagging);
    else if (socket.rooms.has(roomOf.lagging)) void socket.leave(roomOf.lagging);
  }
  return cuts;
}

/** Ends a socket that does not read. A polite close would wait for it to take what is buffered first. */
export function cut(socket: LiveSocket): void {
  const { transport } = socket.conn as unknown as Innards;
  socket.disconnect();
  if (transport.socket === undefined) socket.conn.close(true);
  else transport.socket.terminate();
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;
  return data instanceof Uint8Array ? data.byteLength : 0;
}
