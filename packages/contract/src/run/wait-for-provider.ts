import { isSeries } from "../plan/contract-case.ts";
import { requestOf } from "./run-case.ts";
import type { RunState } from "./run-state.ts";

const intervalMs = 250;

/** What a service, or the proxy before it, answers while it starts. */
const startingStatuses = new Set([502, 503, 504]);

/** Asks for the first resource until the provider answers, or `waitMs` is over. */
export async function waitForProvider({ run, runner, sender }: RunState): Promise<void> {
  const { waitMs = 0 } = run.options;
  const endAtMs = performance.now() + waitMs;
  const first = run.plans[0]?.cases[0];
  if (first === undefined || isSeries(first)) return;
  const request = requestOf(runner, first);
  while (performance.now() < endAtMs && sender.endReason === undefined) {
    const { response } = await sender.send(request);
    if (response !== undefined && !startingStatuses.has(response.status)) return;
    await sender.wait(intervalMs);
  }
}
