import { parentPort, workerData } from "node:worker_threads";
import { allMutants } from "../test/mutants/all-mutants.ts";
import type { Behavior } from "../test/mutants/behavior.ts";
import type { Mutant } from "../test/mutants/mutant.ts";
import { startProvider, verification } from "../test/mutants/start-provider.ts";
import { variants } from "../test/mutants/variants.ts";
import type { Report } from "../src/index.ts";
import { verify } from "../src/index.ts";
import { caughtByPrism } from "./verify-through-prism.ts";

/** What a run said of a provider. */
export interface Measurement extends Pick<
  Report,
  "verdict" | "exitCode" | "requests" | "durationMs"
> {
  readonly id: string;
  readonly found: readonly { readonly check: string; readonly severity: "error" | "warning" }[];
  readonly prism: boolean;
  /** Why nothing is known of it, if so. */
  readonly problem?: string;
}

/** What is known of a provider that could not be measured. */
export function unmeasured(id: string, problem: string): Measurement {
  const nothing = { verdict: "not judged", exitCode: 2, requests: 0, durationMs: 0 } as const;
  return { id, ...nothing, found: [], prism: false, problem };
}

/** Which providers a worker measures, and how. */
export interface Share {
  readonly index: number;
  readonly of: number;
  readonly comparesWithPrism: boolean;
}

async function withProvider<Result>(
  behavior: Behavior,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const provider = await startProvider(behavior);
  try {
    return await use(provider.url);
  } finally {
    await provider.close();
  }
}

/** What is measured: a correct provider, or one with a bug that certain cases show. */
type Provider = Pick<Mutant, "id" | "behavior"> & Partial<Pick<Mutant, "options" | "shownBy">>;

/** A run against a provider: the whole plan, and random values except where the plan alone is to show the bug. */
export async function measure(
  { id, behavior, options, shownBy }: Provider,
  comparesWithPrism: boolean,
): Promise<Measurement> {
  const { verdict, exitCode, requests, durationMs, violations } = await withProvider(
    behavior,
    (url) =>
      verify({
        baseUrl: url,
        ...verification,
        watchSeconds: 0.6,
        skip: shownBy === undefined || shownBy.includes("random") ? [] : ["random"],
        ...options,
      }),
  );
  const found = violations.map(({ check, severity }) => ({ check, severity }));
  const prism = comparesWithPrism && (await withProvider(behavior, caughtByPrism));
  return { id, verdict, exitCode, requests, durationMs, found, prism };
}

/** Some wait for what they watch, while others are measured. */
const atATime = 4;

async function measureShare({ index, of, comparesWithPrism }: Share): Promise<void> {
  // Some mutants end Prism's process from within: a promise of its own that nobody waits for.
  process.on("unhandledRejection", () => {});
  process.on("uncaughtException", () => {});
  const providers = [...allMutants, ...variants].filter((_one, place) => place % of === index);
  const next = providers.values();
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      for (const provider of next) {
        const one = await measure(provider, comparesWithPrism).catch((error: unknown) =>
          unmeasured(provider.id, String(error)),
        );
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not of a window
        parentPort?.postMessage(one);
      }
    }),
  );
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- run-bench.ts gives it
const share = workerData as Share | undefined;
if (parentPort !== null && share !== undefined) await measureShare(share);
