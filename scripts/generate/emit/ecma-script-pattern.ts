/**
 * A pattern as it is valid with the flag `u`, which JSON Schema asks for; `undefined` if there is no such pattern.
 *
 * Backslashes before characters that need none are an error with that flag. They mean nothing, so they are taken out.
 */
export function ecmaScriptPattern(pattern: string): string | undefined {
  const withoutEscapes = pattern.replaceAll(/\\(.)/gsu, (escape, character: string) =>
    /[\w^$\\.*+?()[\]{}|/-]/.test(character) ? escape : character,
  );
  // A hyphen may be escaped within brackets only.
  const candidates = [pattern, withoutEscapes, withoutEscapes.replaceAll(String.raw`\-`, "-")];
  return candidates.find(isValidPattern);
}

function isValidPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").unicode;
  } catch {
    return false;
  }
}
