import { minKeyLength } from "@qontext/sync-log-redact";
import { KeyFunctionError } from "../errors/request-errors.ts";
import type { SafeLogger } from "../logger.ts";
import { refuse } from "../refuse.ts";
import type { Redactor } from "./redactor.ts";

/** A key, or a function that is asked for it: first when it is needed, then after each 401. */
export type ApiKey = string | (() => string | Promise<string>);

/** Where requests get the key from. */
export interface KeySource {
  current(): string | Promise<string>;
  /** Whether another key may be had in place of `refused`; if so, `current` gives it. */
  renew(refused: string | undefined): boolean;
  /** Tells that a request waits no longer for the answer under way: the next one asks anew. */
  giveUp(): void;
}

/** Visible ASCII: all that a header's value can hold of a key without being changed. */
const keyPattern = /^[\x21-\x7e]+$/;

/** What a value that was never set becomes when it is made a string. */
const accidentPattern = /^(?:null|undefined|true|false)$/;

/** The key itself, where it can be sent. @throws InvalidParameterError */
export function checkKey(key: unknown, origin: string): string {
  const isAccident = Object(key) !== key && accidentPattern.test(String(key));
  if (typeof key === "string" && keyPattern.test(key) && !isAccident) return key;
  let why = "is not a string, or has a space, line break or character beyond ASCII";
  if (isAccident) why = `is "${String(key)}": a value that was not set`;
  if (key === undefined || key === "") why = "is missing: pass `apiKey`, or set QONTEXT_API_KEY";
  return refuse("apiKey", `The API key from ${origin} ${why}.`);
}

/** Creates the source of a client's keys; every key it gives is made known to the redactor. */
export function createKeySource(
  apiKey: ApiKey,
  redactor: Redactor,
  logger: SafeLogger | undefined,
): KeySource {
  const learn = (key: string): void => {
    redactor.add(key);
    if (key.length >= minKeyLength) return;
    const message = `The API key has fewer than ${minKeyLength} characters: only whole values are redacted.`;
    logger?.("warn", message, {});
  };
  if (typeof apiKey === "string") {
    learn(apiKey);
    return { current: () => apiKey, renew: () => false, giveUp: () => undefined };
  }
  let known: string | undefined;
  let asking: Promise<string> | undefined;
  const ask = async (): Promise<string> => {
    let given: string;
    try {
      given = await apiKey();
    } catch (cause) {
      throw new KeyFunctionError("The `apiKey` function failed: see `cause` for what it threw.", {
        cause,
      });
    }
    const key = checkKey(given, "the `apiKey` function");
    learn(key);
    return key;
  };
  const begin = (): Promise<string> => {
    const question = ask();
    const end = (key?: string): void => {
      // One that was given up may still be of use, but never in place of a newer answer.
      if (asking !== question) {
        known ??= key;
        return;
      }
      known = key;
      asking = undefined;
    };
    question.then(end, () => end());
    return question;
  };
  return {
    current: () => known ?? (asking ??= begin()),
    renew(refused) {
      if (known === refused) known = undefined;
      return true;
    },
    giveUp() {
      asking = undefined;
    },
  };
}
