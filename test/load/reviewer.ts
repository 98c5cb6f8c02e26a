import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedFlag, Flag } from '@watchfloor/contracts';

/** What all reviewers of a run share: the queue, and a list of who holds what, kept by themselves. */
export interface Desk {
  readonly url: string;
  readonly stream: string;
  /** They are done when so many flags are settled. */
  readonly goal: number;
  readonly deadline: number;
  /** Taken off *before* the request is sent that ends a claim; so whoever is listed holds the flag for certain. */
  readonly holders: Map<string, { readonly by: number; readonly expiresAtMs: number; hasVanished: boolean }>;
  /** What was answered to a verdict: `NAME LABEL` by flag. */
  readonly settled: Map<string, string>;
}

export interface ReviewerOptions {
  readonly number: number;
  readonly cookie: string;
  /** Vanishes with this many-th flag in the hand. */
  readonly vanishesAfter: number;
}

const labels = ['fine', 'toxic'] as const;

/** Takes flag after flag, now and then skips one, presses twice, or meddles with what another holds. */
export class Reviewer {
  readonly nextMs: number[] = [];
  /** For flags of vanished reviewers: from the end of their claim to the grant. */
  readonly returnMs: number[] = [];
  doubleClaims = 0;
  intrusions = 0;
  /** Answers that a holder, or somebody who asks for the next flag, ought not to get. */
  errors = 0;
  private readonly desk: Desk;
  private readonly options: ReviewerOptions;
  private turn = 0;

  constructor(desk: Desk, options: ReviewerOptions) {
    this.desk = desk;
    this.options = options;
  }

  async work(): Promise<void> {
    while (this.desk.settled.size < this.desk.goal && Date.now() < this.desk.deadline) {
      const claimed = await this.takeNext();
      if (claimed === undefined) {
        await sleep(50);
        continue;
      }
      this.turn += 1;
      if (this.turn >= this.options.vanishesAfter) {
        const held = this.desk.holders.get(claimed.flag.id);
        if (held !== undefined) held.hasVanished = true;
        return;
      }
      await this.handle(claimed);
    }
  }

  private async takeNext(): Promise<ClaimedFlag | undefined> {
    const { holders, stream } = this.desk;
    const askedAt = performance.now();
    const answer = await this.post('/flags/next', { stream });
    if (answer.status !== 200) {
      this.errors += answer.status === 204 ? 0 : 1;
      return undefined;
    }
    const claimed = (await answer.json()) as ClaimedFlag;
    this.nextMs.push(performance.now() - askedAt);
    const before = holders.get(claimed.flag.id);
    if (before?.hasVanished === true) this.returnMs.push(Date.now() - before.expiresAtMs);
    if (before !== undefined && before.expiresAtMs > Date.now()) this.doubleClaims += 1;
    holders.set(claimed.flag.id, {
      by: this.options.number,
      expiresAtMs: Date.parse(claimed.claim.expiresAt),
      hasVanished: false,
    });
    return claimed;
  }

  private async handle(claimed: ClaimedFlag): Promise<void> {
    const { id, version } = claimed.flag;
    const held = { version, claim: claimed.claim.token };
    const chance = (this.options.number * 31 + this.turn * 17) % 100;
    if (chance < 5) {
      this.desk.holders.delete(id);
      const answer = await this.post(`/flags/${id}/${chance < 2 ? 'skip' : 'release'}`, held);
      this.errors += answer.ok ? 0 : 1;
      return;
    }
    if (chance < 20) await this.meddle();
    const label = labels[chance % 2] ?? 'fine';
    this.desk.holders.delete(id);
    const presses = chance % 7 === 0 ? 3 : 1;
    const answers = await Promise.all(
      Array.from({ length: presses }, () => this.post(`/flags/${id}/verdict`, { ...held, label })),
    );
    for (const answer of answers) {
      if (answer.ok) this.note((await answer.json()) as Flag);
      else this.errors += 1;
    }
  }

  /** Tries to answer what somebody else holds: by a guess, and without any claim. */
  private async meddle(): Promise<void> {
    const other = [...this.desk.holders].find(([, { by }]) => by !== this.options.number);
    if (other === undefined) return;
    const [id] = other;
    for (const claim of ['guessed', undefined]) {
      const answer = await this.post(`/flags/${id}/verdict`, { version: 2, claim, label: 'toxic' });
      if (answer.ok) this.intrusions += 1;
    }
  }

  private note({ id, verdicts }: Flag): void {
    const told = verdicts.at(-1);
    this.desk.settled.set(id, `${told?.by.name} ${told?.label}`);
  }

  private post(path: string, body: object): Promise<Response> {
    const { url } = this.desk;
    return fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { cookie: this.options.cookie, origin: url, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}
