import type { RequestOptions } from "./request-options.ts";

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/**
 * The same for two calls that ask for the same in the same way, whatever their signals. Functions
 * are the same only where they are one.
 */
export function requestKey(url: string, options: RequestOptions = {}): string {
  const { timeoutMs, deadlineMs, retry, headers } = options;
  if (
    timeoutMs === undefined &&
    deadlineMs === undefined &&
    retry === undefined &&
    headers === undefined
  ) {
    return url;
  }
  const pairs = headers !== undefined && Symbol.iterator in headers ? [...headers] : headers;
  const policy = typeof retry === "function" ? numberOf(retry) : retry;
  return `${url} ${JSON.stringify([timeoutMs, deadlineMs, policy, pairs])}`;
}

function numberOf(value: object): number {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(value, lastNumber);
  return lastNumber;
}
