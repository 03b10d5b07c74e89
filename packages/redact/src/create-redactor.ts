import { redactText, type KnownKey } from "./redact-text.ts";
import { createValueRedaction, type ValueRedaction } from "./redact-values.ts";

/** How a redactor is set up. */
export interface RedactorOptions {
  /** How many keys are remembered: those that were added last. @default 8 */
  readonly maxKeys?: number | undefined;
  /** What is shown in place of a key without a label of its own. @default "[redacted]" */
  readonly label?: string | undefined;
}

/**
 * Takes keys out of what leaves a program: as they are, in another letter case, in percent-encoding,
 * JSON escapes and HTML entities, each as often as it was applied, in base64, base64url and hex.
 *
 * No method ever throws, and the work grows linearly with the input.
 */
export interface Redactor extends ValueRedaction {
  /** Makes a key known, with what is shown in its place. A key that is already known counts as added last. */
  readonly add: (key: string, label?: string) => void;
  /** A text without the keys in it. */
  readonly text: (text: string) => string;
}

/** Creates a redactor that knows no key yet. */
export function createRedactor({
  maxKeys = 8,
  label: defaultLabel = "[redacted]",
}: RedactorOptions = {}): Redactor {
  let keys: readonly KnownKey[] = [];
  const redact = (text: string): string => {
    try {
      return redactText(text, keys);
    } catch {
      // Too large to be searched.
      return defaultLabel;
    }
  };
  const redactValue = (text: string): string =>
    keys.find(({ key }) => key !== "" && key === text)?.label ?? redact(text);
  return {
    add(key, label = defaultLabel) {
      const last = keys.at(-1);
      if (last?.key === key && last.label === label) return;
      const known = keys.find((one) => one.key === key);
      keys = [...keys.filter((one) => one !== known), { ...known, key, label }].slice(-maxKeys);
    },
    text: redactValue,
    ...createValueRedaction(redactValue, redact),
  };
}
