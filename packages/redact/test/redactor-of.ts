import { createRedactor, type Redactor } from "../src/index.ts";

/** A redactor that knows a key. */
export function redactorOf(key: string): Redactor {
  const redactor = createRedactor();
  redactor.add(key);
  return redactor;
}
