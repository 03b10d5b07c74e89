import type { Random } from "../lifecycle/random.ts";
import { createRandom, shuffle } from "../lifecycle/random.ts";
import type { Run } from "./run.ts";

/** In which order a list shows what was created: `shuffled` is another one in each answer, the same for the same seed. */
export type ListOrder = "newest-first" | "oldest-first" | "shuffled";

/** All of them. */
export const listOrders: readonly ListOrder[] = ["newest-first", "oldest-first", "shuffled"];

/** A body that was sent. */
interface Sent {
  readonly text: string;
  readonly atMs: number;
}

interface List {
  readonly runs: Set<Run>;
  sent: Sent | undefined;
}

type Parameters = Readonly<Record<string, string>>;

/** Runs by the list that shows them: one that has the path parameters of its runs without their id. */
export class RunLists {
  readonly #shared: readonly string[];
  readonly #order: ListOrder;
  readonly #seed: string;
  readonly #lists = new Map<string, List>();
  #random: Random;

  /** @param shared - Names of the path parameters of a list. */
  constructor(shared: readonly string[], order: ListOrder, seed: string) {
    this.#shared = shared;
    this.#order = order;
    this.#seed = seed;
    this.#random = createRandom(seed);
  }

  /** The runs of a list, in its order; `undefined` for one that is not known. */
  runsOf(parameters: Parameters): readonly Run[] | undefined {
    const runs = this.#lists.get(this.#keyOf(parameters))?.runs;
    if (runs === undefined) return undefined;
    if (this.#order === "shuffled") return shuffle([...runs], this.#random);
    return this.#order === "newest-first" ? [...runs].toReversed() : [...runs];
  }

  /** Makes a list known, though it may be empty. */
  know(parameters: Parameters): List {
    const key = this.#keyOf(parameters);
    const list = this.#lists.get(key) ?? { runs: new Set(), sent: undefined };
    this.#lists.set(key, list);
    return list;
  }

  add(run: Run): void {
    this.know(run.parameters).runs.add(run);
  }

  /** The list stays known. */
  remove(run: Run): void {
    this.know(run.parameters).runs.delete(run);
  }

  lastSent(parameters: Parameters): Sent | undefined {
    return this.#lists.get(this.#keyOf(parameters))?.sent;
  }

  remember(parameters: Parameters, sent: Sent): void {
    this.know(parameters).sent = sent;
  }

  /** Forgets all lists, and starts again with the seed. */
  clear(): void {
    this.#lists.clear();
    this.#random = createRandom(this.#seed);
  }

  #keyOf(parameters: Parameters): string {
    return JSON.stringify(this.#shared.map((name) => parameters[name]));
  }
}
