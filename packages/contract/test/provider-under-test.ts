import type { Behavior } from "./mutants/behavior.ts";
import { startProvider } from "./mutants/start-provider.ts";
import { allMutants } from "./mutants/all-mutants.ts";
import type { Mutant } from "./mutants/mutant.ts";

/** A mutant, by its id. */
export function mutantOf(id: string): Mutant {
  const mutant = allMutants.find((one) => one.id === id);
  if (mutant === undefined) throw new RangeError(`there is no mutant ${id}`);
  return mutant;
}

/** The behavior of a mutant, by its id. */
export function behaviorOf(id: string): Behavior {
  return mutantOf(id).behavior;
}

/** Runs something against a provider, and stops it. */
export async function withProvider<Result>(
  behavior: Behavior,
  run: (url: string) => Promise<Result>,
): Promise<Result> {
  const provider = await startProvider(behavior);
  try {
    return await run(provider.url);
  } finally {
    await provider.close();
  }
}
