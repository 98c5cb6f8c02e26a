import { Injectable } from '@nestjs/common';
import { Settings } from './settings.ts';

type Welcome = (address: string) => Promise<readonly string[]>;

/** Where people reach this server, known once it listens; and what is said to the operator then. */
@Injectable()
export class PublicAddress {
  private listening: string | undefined;
  private readonly welcomes: Welcome[] = [];

  constructor(private readonly settings: Settings) {}

  /**
   * @returns `PUBLIC_URL` where it is set, else the address that the server listens at; no slash at the end
   * @throws Error before the server listens
   */
  get(): string {
    const address = this.settings.publicUrl ?? this.listening;
    if (address === undefined) throw new Error('the server does not listen yet');
    return address;
  }

  /** A room adds lines to what is printed after the start, such as a sign-in link. Call it before the server listens. */
  welcome(lines: Welcome): void {
    this.welcomes.push(lines);
  }

  /** @returns the lines to print, in the order in which rooms were made */
  async listensAt(address: string): Promise<readonly string[]> {
    this.listening = address;
    const lines = [];
    for (const welcome of this.welcomes) lines.push(...(await welcome(this.get())));
    return lines;
  }
}
