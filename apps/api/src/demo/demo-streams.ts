import type { INestApplicationContext } from '@nestjs/common';
import type { Policy, Prediction, Refusal } from '@watchfloor/contracts';
import { demoOwner } from '../access/demo-people.ts';
import { PeopleStore } from '../access/people.store.ts';
import { Work } from '../platform/database/work.ts';
import { orRefuse } from '../platform/http/refused.ts';
import { StreamsService } from '../streams/streams.service.ts';

interface DemoStream {
  readonly name: string;
  readonly first: Pick<Prediction, 'label' | 'value' | 'model'>;
  readonly description: string;
  readonly labels: readonly string[];
}

/** What is recorded in `test/streams`. */
const demoStreams: readonly DemoStream[] = [
  {
    name: 'digits',
    first: { label: '0', model: { name: 'digit-reader', version: '1.0' } },
    description: 'Reads handwritten digits from two scanners.',
    labels: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  {
    name: 'breast-screening',
    first: { label: 'benign', model: { name: 'screening', version: '1.0' } },
    description: 'Judges tumours by their measurements.',
    labels: ['benign', 'malignant'],
  },
  {
    name: 'disease-progression',
    first: { value: 0, model: { name: 'progression', version: '1.0' } },
    description: 'Foretells how a disease goes on within a year.',
    labels: [],
  },
];

/** One person cannot answer recordings that play for hours: what goes beyond is gathered into one flag. */
const maxOpenFlags = 30;
const reason = 'set up for the demo';
const nobody: Refusal = { refused: 'not-found', because: 'the demo people come before the demo streams' };

/**
 * Registers the demo's streams, before their first prediction, under a policy that the demo's owner answers for. A stream that
 * is there already stays as it is.
 */
export async function ensureDemoStreams(app: INestApplicationContext): Promise<void> {
  const streams = app.get(StreamsService);
  const work = app.get(Work);
  const owner = await work.read((tx) => app.get(PeopleStore).byEmail(tx, demoOwner.email));
  const { id: byPerson, name: answerable } = orRefuse(owner?.person ?? nobody);
  for (const { name, first, description, labels } of demoStreams) {
    if (streams.find(name) !== undefined) continue;
    await work.run((tx) => streams.register(tx, [{ stream: name, id: 'first', ...first }]));
    const { policy: before } = orRefuse(streams.get(name));
    const review = { ...before.review, maxOpenFlags };
    const policy: Policy = { ...before, owner: answerable, description, labels: [...labels], review };
    orRefuse(await work.run((tx) => streams.changePolicy(tx, name, { policy, reason, byPerson })));
  }
}
