/** Where the database is, for the few who need a connection outside the pool. */
export class DatabaseAddress {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }
}
