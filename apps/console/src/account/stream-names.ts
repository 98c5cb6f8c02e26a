/**
 * Stream names as a person types them: separated by commas or spaces, each once; none means every stream.
 *
 * @returns `['*']` for an empty text; names are not checked here, the server says which one is not a name
 */
export function streamNamesOf(text: string): readonly string[] {
  const names = new Set(text.split(/[\s,]+/).filter((name) => name !== ''));
  return names.size === 0 ? ['*'] : [...names];
}
