/** A fault that the page offers. */
export interface OfferedFault {
  readonly label: string;
  readonly fault: object;
  readonly when: object;
  /** Whether it is for one sync alone, or for none. */
  readonly isFor?: "one" | "all";
}

/** The faults on the page's buttons. */
export const offeredFaults: readonly OfferedFault[] = [
  { label: "Three 503", fault: { kind: "status", status: 503 }, when: { times: 3 } },
  {
    label: "429, retry after 2 s",
    fault: { kind: "status", status: 429, retryAfter: 2 },
    when: { times: 1 },
  },
  {
    label: "Slow, 0.8 to 1.2 s",
    fault: { kind: "latency", delayMs: 800, jitterMs: 400 },
    when: { times: 5 },
  },
  { label: "Cut in the body", fault: { kind: "reset", at: "body" }, when: { times: 2 } },
  { label: "Malformed JSON", fault: { kind: "malformed-json" }, when: { times: 1 } },
  { label: "Not gzip", fault: { kind: "bad-gzip" }, when: { times: 1 } },
  { label: "Flapping", fault: { kind: "flapping", up: 3, down: 2 }, when: {} },
  { label: "Old list, 5 s", fault: { kind: "stale-list", maxAgeMs: 5000 }, when: {}, isFor: "all" },
  { label: "Not in lists", fault: { kind: "unlisted" }, when: {}, isFor: "one" },
];

/** What is left of a fault in a few words. */
export function describeLeft(left: number | null): string {
  return left === null ? "until removed" : `${left} to go`;
}

/** A fault in a few words. */
export function describeFault(fault: unknown): string {
  if (Array.isArray(fault)) {
    const kinds = fault.filter((step) => step !== null).map(describeFault);
    return `${[...new Set(kinds)].join(", ")} in turns`;
  }
  if (typeof fault !== "object" || fault === null) return "nothing";
  const { kind, ...members } = Object.fromEntries(Object.entries(fault));
  const details = Object.values(members).filter((value) => typeof value !== "object");
  return [String(kind), ...details.map(String)].join(" ");
}
