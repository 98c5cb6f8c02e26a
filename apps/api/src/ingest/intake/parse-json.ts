export interface NotJson {
  readonly notJson: string;
}
/** No JSON text parses to an instance of a class, so that this cannot be mistaken for somebody's data. */
class BadJson implements NotJson {
  readonly notJson: string;
  constructor(reason: string) {
    this.notJson = reason;
  }
}

export function isNotJson(value: unknown): value is NotJson {
  return value instanceof BadJson;
}

/** @returns the value, or why the text is none */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return new BadJson(`is not JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}
