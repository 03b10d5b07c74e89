import type { RequestOptions } from "../request-options.ts";

/** Options that make two requests differ; the headers as `normalizeHeaders` gives them. */
export interface KeyedOptions extends Pick<RequestOptions, "timeoutMs" | "deadlineMs" | "retry"> {
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/**
 * The same for two calls that ask for the same in the same way, whatever their signals. Functions
 * are the same only where they are one.
 */
export function requestKey(url: string, options: KeyedOptions): string {
  const { timeoutMs, deadlineMs, retry, headers } = options;
  if (
    timeoutMs === undefined &&
    deadlineMs === undefined &&
    retry === undefined &&
    headers === undefined
  ) {
    return url;
  }
  const policy = typeof retry === "function" ? numberOf(retry) : retry;
  return `${url} ${JSON.stringify([timeoutMs, deadlineMs, policy, headers], numbersAsText)}`;
}

/** JSON makes null of Infinity, as it does of undefined. */
function numbersAsText(_name: string, value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

function numberOf(value: object): number {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(value, lastNumber);
  return lastNumber;
}
