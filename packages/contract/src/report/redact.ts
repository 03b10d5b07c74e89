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
  const byValue = new Map(secrets.map((one) => [one.value, one]));
  return [...byValue.values()].toSorted((left, right) => right.value.length - left.value.length);
}

function secret(value: string, shell: string, label: string): Secret {
  return { value, shell: `"${shell}"`, label };
}

function secretsOfKey(key: string | undefined, variable: string, seed: number): readonly Secret[] {
  if (key === undefined || key === "") return [];
  const { prefix, suffix, otherCase } = keyVariants(key, seed);
  const toOtherCase = key.toUpperCase() === key ? "tr A-Z a-z" : "tr a-z A-Z";
  const basic = Buffer.from(key.includes(":") ? key : `${key}:`).toString("base64");
  const all = [
    secret(key, `$${variable}`, `$${variable}`),
    secret(
      basic,
      `$(printf %s "$${variable}${key.includes(":") ? "" : ":"}" | base64 -w0)`,
      `base64($${variable})`,
    ),
    secret(
      Buffer.from(key).toString("base64"),
      `$(printf %s "$${variable}" | base64 -w0)`,
      `base64($${variable})`,
    ),
    secret(
      Buffer.from(key).toString("base64").replace(/=+$/, ""),
      `$(printf %s "$${variable}" | base64 -w0)`,
      `base64($${variable})`,
    ),
  ];
  if (encodeURIComponent(key) !== key) {
    all.push(
      secret(
        encodeURIComponent(key),
        `$(printf %s "$${variable}" | od -An -v -tx1 | tr ' ' % | tr -d '\\n')`,
        `encoded($${variable})`,
      ),
    );
  }
  if (otherCase !== key)
    all.push(
      secret(
        otherCase,
        `$(printf %s "$${variable}" | ${toOtherCase})`,
        `$${variable} in the other case`,
      ),
    );
  // Parts of a short key are ordinary letters.
  if (key.length >= 8) {
    all.push(secret(prefix, `\${${variable}%?}`, `$${variable} without its end`));
    all.push(secret(suffix, `\${${variable}#?}`, `$${variable} without its beginning`));
  }
  return all;
}

/** A copy of a value without the secrets in any of its strings or names, in whatever form they are. */
export function redactAll<Value>(value: Value, secrets: readonly Secret[]): Value {
  const redactor = createRedactor({ maxKeys: Infinity });
  for (const { value: key, label } of secrets) redactor.add(key, label);
  return redactor.value(value);
}
