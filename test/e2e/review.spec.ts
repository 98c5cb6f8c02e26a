import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Flag, Page as ListPage, RecordEntry, RecordPage } from '@watchfloor/contracts';
import { defaultPolicy } from '@watchfloor/contracts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Work } from '../../apps/api/src/platform/database/work.ts';
import { StreamsService } from '../../apps/api/src/streams/streams.service.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import { openBrowser } from '../kit/browser.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let browser: Browser;
let key: string;
let ada: TestPerson;
let mika: TestPerson;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  key = await ingestKey(app);
  [ada, mika] = await Promise.all([signIn(app, ['reviewer'], 'Ada Byron'), signIn(app, ['reviewer'], 'Mika Ito')]);
}, 60_000);
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** A stream on which every prediction of the segment `look` raises a flag of its own, and nothing else does. */
async function flaggedStream(stream: string, count: number, priority: 'P1' | 'P3' = 'P3'): Promise<void> {
  const send = async (body: readonly object[]) =>
    expect((await call(app, '/predictions', { key, body })).status).toBe(200);
  await send([{ stream, id: 'first', label: 'fine' }]);
  const off = Object.entries(defaultPolicy.detectors).map(([kind, settings]) => [
    kind,
    { ...settings, enabled: false },
  ]);
  const when = [{ field: 'segment:look', is: 'equals' as const, than: 'yes' }];
  const policy = {
    ...defaultPolicy,
    labels: ['fine', 'toxic', 'spam'],
    detectors: {
      ...(Object.fromEntries(off) as typeof defaultPolicy.detectors),
      rule: { enabled: true, rules: [{ name: 'look', when, priority }] },
    },
  };
  const change = { policy, byPerson: ada.id };
  await app.app.get(Work).run((tx) => app.app.get(StreamsService).changePolicy(tx, stream, change));
  const one = (index: number) => ({
    stream,
    id: `p${index}`,
    label: 'toxic',
    confidence: 0.6,
    segments: { look: 'yes' },
  });
  await send(Array.from({ length: count }, (_, index) => one(index)));
}

/** A browser of its own for one person, on the walk through one stream. */
async function walk(
  person: TestPerson,
  stream: string,
): Promise<{ context: BrowserContext; page: Page; writes: Answer[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [name = '', value = ''] = person.cookie.split('=');
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  const writes: Answer[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/verdict')) writes.push(request.postDataJSON() as Answer);
  });
  await page.goto(`${app.url}/queue/now?stream=${stream}`);
  return { context, page, writes };
}

/** Waits until a flag other than `before` is on the screen and takes answers. */
async function nextFlag(page: Page, before?: string): Promise<string> {
  await page.waitForSelector(`[data-flag][data-ready="true"]:not([data-flag="${before ?? ''}"])`);
  return shownFlag(page);
}

async function shownFlag(page: Page): Promise<string> {
  return (await page.locator('[data-flag]').getAttribute('data-flag', { timeout: 1_000 })) ?? '';
}

async function verdictsOf(person: TestPerson, stream: string): Promise<RecordEntry<'flag-settled'>[]> {
  const path = `/record?kind=flag-settled&stream=${stream}&personId=${person.id}&before=1000000&limit=1000`;
  const page = (await (await call(app, path, { as: person })).json()) as RecordPage;
  return page.items as RecordEntry<'flag-settled'>[];
}

const tray = (page: Page) => page.getByRole('complementary', { name: 'Answers under way' });

describe('a reviewer at the keyboard', () => {
  it('decides 20 flags without a pointer: one key confirms, two override, and each is found in the history', async () => {
    await flaggedStream('toxicity', 20);
    const { context, page, writes } = await walk(ada, 'toxicity');
    await page.evaluate(() => {
      const counted = window as unknown as { pointed: number };
      counted.pointed = 0;
      for (const kind of ['pointerdown', 'mousedown', 'touchstart', 'click']) {
        addEventListener(kind, () => (counted.pointed += 1), { capture: true });
      }
    });
    let pressed = 0;
    const press = async (what: string) => {
      pressed += 1;
      await page.keyboard.press(what);
    };
    const seen: string[] = [];
    const paintMs: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const flag = await nextFlag(page, seen.at(-1));
      seen.push(flag);
      const painted = index < 19 ? paintOfNext(page, flag) : Promise.resolve(undefined);
      if (index % 2 === 0) {
        await press('2');
      } else {
        await press('1');
        await page.getByRole('heading', { name: 'Why?' }).waitFor();
        await press('a');
      }
      const ms = await painted;
      if (ms !== undefined) paintMs.push(ms);
    }
    await page.getByRole('heading', { name: 'The queue is clear' }).waitFor();

    expect(new Set(seen).size).toBe(20);
    expect(pressed).toBe(30);
    expect(await page.evaluate(() => (window as unknown as { pointed: number }).pointed)).toBe(0);
    const verdicts = await eventually(async () => {
      const found = await verdictsOf(ada, 'toxicity');
      return found.length === 20 ? found : undefined;
    });
    expect(verdicts.map(({ flagId }) => flagId).toReversed()).toEqual(seen);
    expect(verdicts.filter(({ data }) => data.verdict === 'overridden' && data.label === 'fine')).toHaveLength(10);
    expect(verdicts.filter(({ data }) => data.verdict === 'confirmed' && data.label === 'toxic')).toHaveLength(10);
    expect(writes).toHaveLength(20);
    expect(paintMs.toSorted((a, b) => a - b)[Math.floor(paintMs.length / 2)]).toBeLessThanOrEqual(100);

    await page.goto(`${app.url}/history?kind=flag-settled&stream=toxicity`);
    const table = page.getByRole('table', { name: /Entries of the record/ });
    await table.getByText('wrong class').first().waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe('21');
    await context.close();
  }, 120_000);

  it('needs Enter for a critical flag, whichever way the answer goes', async () => {
    await flaggedStream('critical', 2, 'P1');
    const { context, page, writes } = await walk(ada, 'critical');
    const first = await nextFlag(page);
    await page.keyboard.press('2');
    await page.getByText('Your answer confirms the model: toxic.').first().waitFor();
    expect(writes).toEqual([]);
    await page.keyboard.press('Enter');
    await nextFlag(page, first);
    await page.keyboard.press('3');
    await page.keyboard.press('o');
    await page.getByRole('textbox', { name: /Note/ }).waitFor();
    await page.keyboard.type('sarcasm, cannot smell zeal');
    expect(writes).toHaveLength(1);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The queue is clear' }).waitFor();
    expect(writes.map(({ label, reason, note }) => ({ label, reason, note }))).toEqual([
      { label: 'toxic', reason: undefined, note: undefined },
      { label: 'spam', reason: 'other', note: 'sarcasm, cannot smell zeal' },
    ]);
    await context.close();
  }, 60_000);

  it('takes an answer back with z, and the flag is on the screen again', async () => {
    await flaggedStream('undone', 2);
    const { context, page } = await walk(ada, 'undone');
    const first = await nextFlag(page);
    await page.keyboard.press('2');
    await nextFlag(page, first);
    await tray(page).getByText('recorded').first().waitFor();
    await page.keyboard.press('z');
    await page.waitForSelector(`[data-flag="${first}"][data-ready="true"]`);
    const entries = await eventually(async () => {
      const answer = await call(app, `/record?flagId=${first}&before=1000000`, { as: ada });
      const { items } = (await answer.json()) as RecordPage;
      const kinds = items.flatMap((entry) => ('kind' in entry ? [entry.kind] : []));
      return kinds.includes('verdict-undone') ? kinds : undefined;
    });
    expect(entries.slice(0, 2)).toEqual(['verdict-undone', 'flag-settled']);
    await context.close();
  }, 60_000);
});

describe('while the next flag is on its way', () => {
  it('the old one is gone, and keys write nothing', async () => {
    await flaggedStream('slow', 4);
    const { context, page, writes } = await walk(ada, 'slow');
    const first = await nextFlag(page);
    await page.route('**/flags/next', async (route) => {
      await sleep(3_000);
      await route.continue();
    });
    await page.keyboard.press('2');
    const second = await nextFlag(page, first);
    await page.keyboard.press('2');
    await page.waitForSelector('[data-flag]', { state: 'detached', timeout: 1_000 });
    await page.getByRole('heading', { name: 'Loading next' }).waitFor();
    const before = writes.length;
    for (const pressed of ['1', '2', '3', 'c', 'x', 'a', 'Enter', '2']) await page.keyboard.press(pressed);
    expect(writes.slice(before)).toEqual([]);
    const third = await nextFlag(page);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(writes).toHaveLength(2);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  }, 60_000);

  it('a double press decides one flag, not two', async () => {
    await flaggedStream('bounce', 3);
    const { context, page, writes } = await walk(ada, 'bounce');
    const first = await nextFlag(page);
    await eventually(async () => ((await held(ada, 'bounce')).length === 2 ? true : undefined));
    await page.keyboard.press('2');
    await page.keyboard.press('2');
    await nextFlag(page, first);
    expect(writes).toHaveLength(1);
    await context.close();
  }, 60_000);
});

describe('two people', () => {
  it('are never shown the same flag', async () => {
    await flaggedStream('shared', 30);
    const desks = await Promise.all([walk(ada, 'shared'), walk(mika, 'shared')]);
    const seen = await Promise.all(
      desks.map(async ({ page }) => {
        const mine: string[] = [];
        for (let index = 0; index < 12; index += 1) {
          mine.push(await nextFlag(page, mine.at(-1)));
          await page.keyboard.press('2');
        }
        return mine;
      }),
    );
    expect(new Set(seen.flat()).size).toBe(24);
    await Promise.all(desks.map(({ context }) => context.close()));
  }, 120_000);

  it('give their claims back when they leave the walk', async () => {
    await flaggedStream('left', 3);
    const { context, page } = await walk(ada, 'left');
    await nextFlag(page);
    await eventually(async () => ((await held(ada, 'left')).length === 2 ? true : undefined));
    await page.goto(`${app.url}/history`);
    await eventually(async () => ((await held(ada, 'left')).length === 0 ? true : undefined));
    await context.close();
  }, 60_000);

  it('are told by name who was faster, and nothing of the slower one is stored', async () => {
    await flaggedStream('race', 1);
    const { context, page } = await walk(ada, 'race');
    const flag = await nextFlag(page);
    await page.route('**/verdict', async (route) => {
      // Meanwhile Ada claims it in another window and gives it back, and Mika takes it.
      const ofAda = (await (await call(app, `/flags/${flag}/claim`, { as: ada, body: {} })).json()) as Claimed;
      await call(app, `/flags/${flag}/release`, { as: ada, body: { claim: ofAda.claim.token } });
      const ofMika = (await (await call(app, `/flags/${flag}/claim`, { as: mika, body: {} })).json()) as Claimed;
      const answer = { version: ofMika.flag.version, claim: ofMika.claim.token, label: 'fine' };
      await call(app, `/flags/${flag}/verdict`, { as: mika, body: answer });
      await route.continue();
    });
    await page.keyboard.press('2');
    await tray(page)
      .getByText(/not stored: Mika Ito answered/)
      .first()
      .waitFor();
    const settled = (await (await call(app, `/flags/${flag}`, { as: ada })).json()) as Flag;
    expect(settled.verdicts.map(({ by, label }) => [by.name, label])).toEqual([['Mika Ito', 'fine']]);
    await context.close();
  }, 60_000);
});

describe('an answer given offline', () => {
  it('waits in sight, is never called done, and is delivered once', async () => {
    await flaggedStream('offline', 2);
    const { context, page } = await walk(ada, 'offline');
    const first = await nextFlag(page);
    await eventually(async () => ((await held(ada, 'offline')).length === 2 ? true : undefined));
    await context.setOffline(true);
    await page.keyboard.press('2');
    await tray(page)
      .getByText(/waiting, not stored yet/)
      .first()
      .waitFor();
    expect(await tray(page).textContent()).not.toContain('recorded');
    await context.setOffline(false);
    await tray(page).getByText('recorded').first().waitFor();
    const verdicts = await eventually(async () => {
      const found = await verdictsOf(ada, 'offline');
      return found.length > 0 ? found : undefined;
    });
    expect(verdicts.map(({ flagId }) => flagId)).toEqual([first]);
    await context.close();
  }, 60_000);
});

/** Asks again until there is an answer, for 10 s at most. */
async function eventually<Answered>(ask: () => Promise<Answered | undefined>): Promise<Answered> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answered = await ask();
    if (answered !== undefined) return answered;
    await sleep(100);
  }
  throw new Error('nothing came of it in 10 s');
}

interface Claimed {
  readonly flag: Flag;
  readonly claim: { readonly token: string };
}

async function held(person: TestPerson, stream: string): Promise<readonly Flag[]> {
  const answer = await call(app, `/flags?state=claimed&stream=${stream}&mine=true`, { as: person });
  return ((await answer.json()) as ListPage<Flag>).items;
}

/** Milliseconds from the last key press until another flag than `before` has been painted. */
function paintOfNext(page: Page, before: string): Promise<number> {
  return page.evaluate(
    (old) =>
      new Promise<number>((resolve) => {
        let pressedAt = performance.now();
        const note = () => (pressedAt = performance.now());
        addEventListener('keydown', note, { capture: true });
        const look = () => {
          const shown = document.querySelector<HTMLElement>('[data-flag]')?.dataset.flag;
          if (shown === undefined || shown === old) {
            requestAnimationFrame(look);
          } else {
            // The frame after the one that had it in its tree: by then it is on the screen.
            requestAnimationFrame((at) => {
              removeEventListener('keydown', note, { capture: true });
              resolve(at - pressedAt);
            });
          }
        };
        requestAnimationFrame(look);
      }),
    before,
  );
}
