import { redactText, type KnownKey } from "./redact-text.ts";
import { createValueRedaction } from "./redact-values.ts";

/** How a redactor is set up. */
export interface RedactorOptions {
  /** Keys that are never forgotten, with what is shown in their place where that is not the default. */
  readonly keys?: Iterable<string | readonly [key: string, label: string]> | undefined;
  /** How many of the keys that `add` was called with are remembered: the last ones. @default 8 */
  readonly maxAddedKeys?: number | undefined;
  /** What is shown in place of a key without a label of its own. @default "[redacted]" */
  readonly label?: string | undefined;
}

/**
 * Takes keys out of what leaves a program: as they are, in another letter case, in percent-encoding,
 * JSON escapes and HTML entities, each as often as it was applied, in base64, base64url and hex.
 *
 * No method ever throws, and the work grows linearly with the input.
 */
export interface Redactor {
  /** Makes a key known. One that is known already counts as added last. An empty one is ignored. */
  readonly add: (key: string, label?: string) => void;
  /** A text without the keys in it. */
  readonly text: (text: string) => string;
  /**
   * A copy of a value without the keys in its strings and property names; everything else in it stays.
   * Plain objects, arrays, errors and `Headers` are copied, any other object becomes a description of it.
   * A header whose name has a key in it is left out.
   */
  readonly value: <Value>(value: Value) => Value;
  /**
   * The error itself, with the keys taken out of its message, its stack and its other properties. What it
   * refers to is left as it is where it has no key in it, and is copied where it has.
   */
  readonly error: <Failure extends Error>(error: Failure) => Failure;
}

const defaultMaxAddedKeys = 8;

/** Creates a redactor. */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const {
    keys = [],
    maxAddedKeys = defaultMaxAddedKeys,
    label: defaultLabel = "[redacted]",
  } = options;
  const fixed: KnownKey[] = [];
  let added: KnownKey[] = [];
  for (const entry of keys) {
    const [key, label = defaultLabel] = typeof entry === "string" ? [entry] : entry;
    if (key !== "") fixed.push({ key, label });
  }
  const redact = (text: string, isName: boolean): string => {
    try {
      return redactText(text, [...fixed, ...added], isName);
    } catch {
      // Too large to be searched.
      return defaultLabel;
    }
  };
  return {
    add(key, label = defaultLabel) {
      if (key === "" || fixed.some((known) => known.key === key)) return;
      const known = added.find((one) => one.key === key) ?? { key, label };
      added = [...added.filter((one) => one !== known), known].slice(-maxAddedKeys);
    },
    text: (text) => redact(text, false),
    ...createValueRedaction(redact),
  };
}
