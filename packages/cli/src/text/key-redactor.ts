import { createRedactor } from "@qontext/sync-log-redact";
import type { Redactor } from "@qontext/sync-log-redact";

/** Takes the key out of what a command prints; without a key nothing. */
export function keyRedactor(apiKey: string | undefined): Redactor {
  const redactor = createRedactor();
  if (apiKey !== undefined) redactor.add(apiKey);
  return redactor;
}
