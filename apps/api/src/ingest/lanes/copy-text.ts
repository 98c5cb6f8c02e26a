const special = /[\\\n\r\t]/;
const specials = /[\\\n\r\t]/g;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as a field of PostgreSQL's COPY in text format. NUL has no form there and must be kept out before. */
export function copyField(text: string): string {
  return special.test(text) ? text.replace(specials, (character) => escapes[character] ?? character) : text;
}

/** COPY's own word for NULL, which no escaped text can be. */
export const copyNull = '\\N';
