import { expect, it } from '@jest/globals';
import type { SocketData } from './live-socket.ts';
import { maxPresent, presenceReport } from './presence-board.ts';

function socketOf(id: string, presence?: SocketData['presence']): Pick<SocketData, 'who' | 'presence'> {
  const person = { id, name: `Person ${id}`, email: 'e@x.org', roles: [], isDisabled: false, createdAt: '' };
  const who = { person, permissions: new Set<never>(), sessionId: id, expiresAt: '' };
  return presence === undefined ? { who } : { who, presence };
}

it('names each person once, by the screen they opened last', () => {
  const report = presenceReport([
    socketOf('1', { screen: 'watch' }),
    socketOf('2'),
    socketOf('1', { screen: 'flag', flagId: 'f' }),
  ]);
  expect(report).toEqual({ people: [{ id: '1', name: 'Person 1', screen: 'flag', flagId: 'f' }] });
});

it('is bounded', () => {
  const crowd = Array.from({ length: maxPresent * 2 }, (_, index) => socketOf(String(index), { screen: 'watch' }));
  expect(presenceReport(crowd).people).toHaveLength(maxPresent);
});
