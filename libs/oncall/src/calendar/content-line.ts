/** The most octets of a line, its end not counted. */
const mostOctets = 75;

/**
 * One line of an iCalendar file, folded where it is longer than 75 octets (never within a character), with its end.
 *
 * @param value as it stands in the file: text goes through {@link textValue} first
 * @see RFC 5545, 3.1
 */
export function contentLine(name: string, value: string): string {
  const lines: string[] = [];
  let line = '';
  let octets = 0;
  for (const character of `${name}:${value}`) {
    const size = octetsOf(character);
    if (octets + size > mostOctets) {
      lines.push(line);
      line = ' ';
      octets = 1;
    }
    line += character;
    octets += size;
  }
  return [...lines, line].map((one) => `${one}\r\n`).join('');
}

/**
 * Free text as a value: backslash, comma and semicolon escaped, line breaks as `\n`. Other control characters, which the
 * format forbids, and halves of surrogate pairs become U+FFFD.
 *
 * @see RFC 5545, 3.3.11
 */
export function textValue(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\\;,]/g, (character) => `\\${character}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '\ufffd');
}

/** A moment in UTC as a value, to the second: `20261122T060000Z`. */
export function momentValue(instant: string): string {
  return `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) {
    return 1;
  }
  if (code < 0x800) {
    return 2;
  }
  return code < 0x1_0000 ? 3 : 4;
}
