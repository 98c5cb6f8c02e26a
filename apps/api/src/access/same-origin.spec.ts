import { expect, it } from '@jest/globals';
import { isOwnOrigin } from './same-origin.ts';

const publicUrl = 'https://floor.example';

it.each([
  ['no browser at all', {}, true],
  ['our page, by its host', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, true],
  ['our page, by its public address behind a proxy', { origin: publicUrl, host: 'inside:3000' }, true],
  [
    'our page, as the browser says',
    { origin: 'http://a.example', host: 'b.example', 'sec-fetch-site': 'same-origin' },
    true,
  ],
  ['an address typed by hand', { host: 'b.example', 'sec-fetch-site': 'none' }, true],
  ['another site', { origin: 'https://evil.example', host: 'floor.example' }, false],
  ['another site without an origin', { host: 'floor.example', 'sec-fetch-site': 'cross-site' }, false],
  [
    'a neighbour on the same site',
    { origin: 'https://blog.example', host: 'floor.example', 'sec-fetch-site': 'same-site' },
    false,
  ],
  ['another port of the same host', { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:3000' }, false],
  ['a sandboxed page', { origin: 'null', host: 'floor.example' }, false],
  ['a name that ends like ours', { origin: 'https://evil-floor.example', host: 'floor.example' }, false],
  ['a strange word of a browser', { host: 'floor.example', 'sec-fetch-site': 'same-origin, cross-site' }, false],
])('judges %s', (_who, headers, isOwn) => {
  expect(isOwnOrigin(headers, publicUrl)).toBe(isOwn);
});

it('judges by the host alone where no public address is set', () => {
  expect(isOwnOrigin({ origin: 'http://Floor.example', host: 'FLOOR.example' }, undefined)).toBe(true);
  expect(isOwnOrigin({ origin: 'http://other.example', host: 'floor.example' }, undefined)).toBe(false);
});
