import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Flag,
  IngestReport,
  Page,
  Policy,
  Prediction,
  PredictionRow,
  StoredPrediction,
} from '@watchfloor/contracts';
import { flagSchema, ingestLimits, storedPredictionSchema } from '@watchfloor/contracts';
import fc from 'fast-check';
import { almostAPrediction, aPrediction } from '../builders/a-prediction.ts';
import { readPrediction } from '../../apps/api/src/ingest/intake/read-prediction.ts';
import type { TestApp } from '../kit/app.ts';
import { startApp } from '../kit/app.ts';
import type { TestPerson } from '../kit/people.ts';
import { call, ingestKey, signIn } from '../kit/people.ts';

let app: TestApp;
let key: string;
let supervisor: TestPerson;

beforeAll(async () => {
  app = await startApp();
  key = await ingestKey(app);
  supervisor = await signIn(app, ['supervisor']);
}, 60_000);
afterAll(() => app.close());

/** @param text JSON as a sender wrote it, which need not be what `JSON.stringify` would write */
async function post(text: string): Promise<IngestReport> {
  const answer = await fetch(`${app.url}/api/v1/predictions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: text,
  });
  return (await answer.json()) as IngestReport;
}

async function served(stream: string, id: string): Promise<StoredPrediction> {
  const answer = await call(app, `/predictions/${stream}/${encodeURIComponent(id)}`, { as: supervisor });
  expect({ id, status: answer.status }).toEqual({ id, status: 200 });
  return storedPredictionSchema.parse(await answer.json());
}

async function rows(stream: string): Promise<readonly PredictionRow[]> {
  const answer = await call(app, `/streams/${stream}/predictions?limit=500`, { as: supervisor });
  return ((await answer.json()) as Page<PredictionRow>).items;
}

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

const texts: Readonly<Record<string, string>> = {
  'NUL and other control characters': Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join(''),
  'half characters': 'a\ud800b\udc00c\udfff\ud800',
  'characters that are none': '\ufffe\uffff\u{1ffff}\u{10ffff}',
  'a byte order mark': '\ufefftext',
  'line ends of every kind': '\r\n\n\r\u2028\u2029\u0085',
  'text that turns around': '\u202eevil\u202c\u2066x\u2069',
  'the language of COPY': '\\N\\.\n\\.\n\t\\\\\\t\\x41\\101',
  'the language of arrays': '{"a",NULL,\\"}',
  'the language of SQL': "'; drop table prediction; --",
  'the language of addresses': '../../%2e%2e/%00?a=b#c',
  'the language of browsers': '<img src=x onerror=alert(1)><script>alert(1)</script>',
  'the language of templates': '${7*7} {{7*7}} <%= 7*7 %> %s %n $1 $& \\1',
  'the language of logs': '\u001b[31mred\u001b[0m\u0007\r\nERROR fake',
  'names of prototypes': 'constructor __proto__ prototype hasOwnProperty',
  'combining marks': `a${'\u0301'.repeat(500)}`,
};

describe('hostile content that is a prediction', () => {
  it.each(Object.entries(texts))('is given back as it came: %s', async (name, text) => {
    const prediction = aPrediction({
      stream: 'hostile',
      features: { text },
      input: { text, [text]: text, list: [text, { [text]: [] }] },
    });
    expect({ name, report: await post(JSON.stringify(prediction)) }).toMatchObject({ report: { accepted: 1 } });
    expect((await served('hostile', prediction.id)).prediction).toEqual(prediction);
  });

  it.each(Object.entries(texts))('as a name, if it may be one: %s', async (_name, text) => {
    const prediction = aPrediction({
      stream: 'names',
      label: text,
      scores: { [text]: 0.9 },
      segments: { [text]: text },
      subjectId: text,
      model: { name: text },
    });
    prediction.id = `${prediction.id} ${text}`;
    const isName = text.length <= 100 && text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text);
    const report = await post(JSON.stringify(prediction));

    expect(report.accepted).toBe(isName ? 1 : 0);
    if (isName) expect((await served('names', prediction.id)).prediction).toEqual(prediction);
    else expect(report.rejected).toHaveLength(1);
  });

  it.each([
    ['-0 and the smallest numbers', '-0', -0],
    ['a number too small to be one', '1e-999', 0],
    ['the largest number', '1.7976931348623157e308', Number.MAX_VALUE],
    ['more digits than a number has', `0.1${'0'.repeat(400)}1`, 0.1],
    ['an exponent with zeros', '1E+0000000002', 100],
  ])('%s', async (_name, text, value) => {
    const { id } = aPrediction();
    const report = await post(`{"stream":"numbers","id":"${id}","value":${text},"input":[${text}]}`);
    expect(report).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    const { prediction } = await served('numbers', id);
    expect([prediction.value, prediction.input]).toEqual([value + 0, [value + 0]]);
  });

  it('whose keys come twice: the last one counts, in the list as in the prediction', async () => {
    const { id } = aPrediction();
    const text = `{"stream":"other","stream":"twice","id":"x","id":"${id}","label":"a","label":"b","confidence":"no","confidence":0.25}`;
    expect(await post(text)).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    expect((await served('twice', id)).prediction).toEqual({ stream: 'twice', id, label: 'b', confidence: 0.25 });
    expect(await rows('twice')).toMatchObject([{ id, label: 'b', confidence: 0.25 }]);
  });

  it('at the limits of an item, and refused one step beyond', async () => {
    const at = [
      aPrediction({ stream: 'limits', input: nested(ingestLimits.depth - 1) as Prediction['input'] }),
      aPrediction({ stream: 'limits', input: 'x'.repeat(ingestLimits.textLength) }),
      aPrediction({
        stream: 'limits',
        features: Object.fromEntries(Array.from({ length: ingestLimits.keys }, (_, key) => [`k${key}`, key])),
      }),
    ];
    const beyond = [
      aPrediction({ stream: 'limits', input: nested(ingestLimits.depth) as Prediction['input'] }),
      aPrediction({ stream: 'limits', input: 'x'.repeat(ingestLimits.textLength + 1) }),
    ];
    const report = await post(JSON.stringify([...at, ...beyond]));

    expect(report).toMatchObject({ accepted: at.length, rejected: [{ index: 3 }, { index: 4 }] });
    for (const prediction of at) expect((await served('limits', prediction.id)).prediction).toEqual(prediction);
  });

  it('whatever chance brings: what is well is given back as it was read, and nothing else is stored', async () => {
    const items = fc.sample(almostAPrediction, { numRuns: 2_000, seed: 20_261_124 }).map((item, at) => {
      const given = item as Record<string, unknown>;
      return JSON.stringify({
        ...given,
        ...(typeof given.id === 'string' && given.id.length > 30 && { id: `chance-${at}` }),
      });
    });
    const read = items.map((text) => readPrediction(text));
    const report = await post(`[${items.join(',')}]`);
    const refused = read.flatMap((item, index) => ('reason' in item ? [index] : []));

    expect(report.rejected.map(({ index }) => index)).toEqual(refused);
    expect(report.accepted + report.duplicates).toBe(items.length - refused.length);
    expect(report.accepted).toBeGreaterThan(200);
    const well = new Map<string, Prediction>();
    for (const item of read) {
      if (!('reason' in item) && item.prediction.stream === 'toxicity' && !well.has(item.prediction.id))
        well.set(item.prediction.id, JSON.parse(JSON.stringify(item.prediction)) as Prediction);
    }
    for (const [id, prediction] of [...well].slice(0, 150))
      expect((await served('toxicity', id)).prediction).toEqual(prediction);
  }, 60_000);
});

describe('hostile content that is flagged', () => {
  it('is quoted by the detector, stored, and shown, whatever it is', async () => {
    const owner = await signIn(app, ['owner']);
    await post(JSON.stringify(aPrediction({ stream: 'flagged' })));
    const policy = (await (await call(app, '/streams/flagged/policy', { as: owner })).json()) as Policy;
    const rule = { name: 'quotes', when: [{ field: 'feature:text', is: 'differs', than: 'x' }], priority: 'P2' };
    const detectors = { ...policy.detectors, rule: { enabled: true, rules: [rule] } };
    const changed = await call(app, '/streams/flagged/policy', {
      method: 'PUT',
      body: { ...policy, detectors, labels: ['fine'] },
      as: owner,
    });
    expect(changed.status).toBe(200);

    const items = Object.values(texts).map((text) =>
      aPrediction({ stream: 'flagged', features: { text }, input: { text }, scores: { fine: 1e308 } }),
    );
    expect(await post(JSON.stringify(items))).toEqual({ accepted: items.length, duplicates: 0, rejected: [] });

    for (const prediction of items) {
      const found = await served('flagged', prediction.id);
      expect(found.prediction).toEqual(prediction);
      expect(found.signals.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['rule', 'malformed']));
      const answer = await call(app, `/flags/${found.flag?.id ?? 'none'}`, { as: supervisor });
      const flag: Flag = flagSchema.parse(await answer.json());
      expect(flag.subject).toMatchObject({ prediction: { id: prediction.id } });
    }
  }, 30_000);
});

it('leaves the server well, and no prototype changed', async () => {
  expect((await fetch(`${app.url}/health/ready`)).status).toBe(200);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
