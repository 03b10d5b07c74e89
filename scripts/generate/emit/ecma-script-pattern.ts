/**
 * A pattern as it is valid with the flag `u`, which JSON Schema asks for; `undefined` if it is not valid.
 *
 * Backslashes before characters that need none are an error with that flag. They mean nothing, so they are taken out.
 */
export function ecmaScriptPattern(pattern: string): string | undefined {
  return [pattern, withoutIdleEscapes(pattern)].find(isValidPattern);
}

function withoutIdleEscapes(pattern: string): string {
  let isInBrackets = false;
  return pattern.replaceAll(/\\(.)|[[\]]/gsu, (token, escaped: string | undefined) => {
    if (escaped === undefined) {
      isInBrackets = token === "[" || (isInBrackets && token !== "]");
      return token;
    }
    if (escaped === "-") return isInBrackets ? token : escaped;
    return /[a-z\d^$\\.*+?()[\]{}|/]/i.test(escaped) ? token : escaped;
  });
}

function isValidPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").unicode;
  } catch {
    return false;
  }
}
