import { Buffer } from "node:buffer";
import { createRedactor } from "@qontext/sync-log-redact";
import { keyVariables } from "../face.ts";
import { keyVariants } from "../plan/key-variants.ts";

/** A text that must not be shown, and how a shell makes it from the environment. */
export interface Secret {
  readonly value: string;
  /** A shell expression, quoted. */
  readonly shell: string;
  /** What stands in its place elsewhere. */
  readonly label: string;
}

/** The keys of a run with all that comes close to them, longest first, so that no part of one survives. */
export function secretsOf(
  keys: { readonly own?: string | undefined; readonly other?: string | undefined },
  seed: number,
): readonly Secret[] {
  const secrets = [
    ...secretsOfKey(keys.own, keyVariables.own, seed),
    ...secretsOfKey(keys.other, keyVariables.other, seed),
  ];
  // Of two that are the same text, the first one says best what it is.
  const byValue = new Map(secrets.toReversed().map((one) => [one.value, one]));
  return [...byValue.values()].toSorted((left, right) => right.value.length - left.value.length);
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function secretsOfKey(key: string | undefined, variable: string, seed: number): readonly Secret[] {
  if (key === undefined || key === "") return [];
  const variants = keyVariants(key, seed);
  const { prefix, suffix, otherCase, otherCasePart, otherCasePrefix, percentEncoded } = variants;
  const name = `$${variable}`;
  const colon = key.includes(":") ? "" : ":";
  const toOtherCase = key.toUpperCase() === key ? "tr A-Z a-z" : "tr a-z A-Z";
  const piped = (filter: string, end = ""): string => `$(printf %s "${name}${end}" | ${filter})`;
  const toHex = "od -An -v -tx1 | tr ' ' % | tr -d '\\n'";
  const prefixLength =
    Array.from(key, (_, at) => key[at] !== otherCasePrefix[at]).lastIndexOf(true) + 1;
  const rows: readonly (readonly [value: string, shell: string, label: string])[] = [
    [key, name, name],
    [base64(`${key}${colon}`), piped("base64 -w0", colon), `base64(${name})`],
    [base64(key), piped("base64 -w0"), `base64(${name})`],
    [base64(key).replace(/=+$/, ""), piped("base64 -w0"), `base64(${name})`],
    [encodeURIComponent(key), piped(toHex), `encoded(${name})`],
    [percentEncoded, piped(toHex), `encoded(${name})`],
    [otherCase, piped(toOtherCase), `${name} in the other case`],
    [
      otherCasePart,
      `$(printf %.1s "${name}" | tr a-zA-Z A-Za-z)\${${variable}#?}`,
      `${name} with its first letter in the other case`,
    ],
    [
      otherCasePrefix,
      `$(printf %.${prefixLength}s "${name}" | tr a-z A-Z)\${${variable}#${"?".repeat(prefixLength)}}`,
      `${name} with its prefix in upper case`,
    ],
    [prefix, `\${${variable}%?}`, `${name} without its end`],
    [suffix, `\${${variable}#?}`, `${name} without its beginning`],
  ];
  // Parts of a short key are ordinary letters.
  const shown = key.length >= 8 ? rows : rows.slice(0, -2);
  return shown.map(([value, shell, label]) => ({ value, shell: `"${shell}"`, label }));
}

/** A copy of a value without the secrets in any of its strings or names, in whatever form they are. */
export function redactAll<Value>(value: Value, secrets: readonly Secret[]): Value {
  const redactor = createRedactor({ maxKeys: Infinity });
  for (const { value: key, label } of secrets) redactor.add(key, label);
  return redactor.value(value);
}
