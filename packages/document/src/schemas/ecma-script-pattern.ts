import { TimeLimitError, withinTime } from "../within-time.ts";

/**
 * A pattern as it is valid in ECMAScript; `undefined` if it is none. JSON Schema asks for the flag `u`, with which backslashes
 * before characters that need none are an error. They mean nothing, so they are taken out. What is valid without the flag only
 * stays as it is: see {@link isUnicodePattern}.
 */
export function ecmaScriptPattern(pattern: string): string | undefined {
  const unicode = [pattern, withoutIdleEscapes(pattern)].find(isUnicodePattern);
  return unicode ?? (isValidPattern(pattern, "") ? pattern : undefined);
}

/** Whether a pattern is valid with the flag `u`. */
export function isUnicodePattern(pattern: string): boolean {
  return isValidPattern(pattern, "u");
}

/** What tells whether a text fits. */
export interface TextMatcher {
  readonly test: (text: string) => boolean;
  readonly toString: () => string;
}

/**
 * Compiles a pattern of {@link ecmaScriptPattern}. Where it may take a time that grows faster than the text, and the text is not
 * a short one, it gets a limited time.
 *
 * @throws SyntaxError if it is none; {@link TimeLimitError}, when a text is tested.
 */
export function compilePattern(pattern: string): TextMatcher {
  const expression = new RegExp(pattern, isUnicodePattern(pattern) ? "u" : "");
  const quickLength = lengthThatIsQuick(pattern);
  const test = (text: string): boolean =>
    text.length <= quickLength ? expression.test(text) : withinTime(() => expression.test(text));
  return { test, toString: () => expression.toString() };
}

/** Whether a text fits a pattern as it is written; it does not where that is no pattern, or takes too long. */
export function matchesPattern(pattern: string, text: string): boolean {
  const valid = ecmaScriptPattern(pattern);
  try {
    return valid !== undefined && compilePattern(valid).test(text);
  } catch (error) {
    if (error instanceof TimeLimitError) return false;
    throw error;
  }
}

/** How long a text may be to be matched at once, however bad the pattern is. */
function lengthThatIsQuick(pattern: string): number {
  // Without escapes and classes, what is left of brackets and quantifiers is meant as such.
  const bare = pattern.replaceAll(/\\./gsu, "x").replaceAll(/\[[^\]]*\]/g, "x");
  const endless = bare.match(/[*+]|\{\d+,\}/g) ?? [];
  // A group that is repeated and has a choice or another repetition in it: exponential at worst.
  const isNested = /\([^()]*[*+|}][^()]*\)[*+{]/.test(bare) || /\)\)+[*+{]/.test(bare);
  if (isNested) return 20;
  return endless.length > 1 ? 64 : 10_000;
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

function isValidPattern(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags).flags === flags;
  } catch {
    return false;
  }
}
