import type { Random } from "../lifecycle/random.ts";
import type { FaultTargets } from "./check-fault.ts";
import { checkFault, isSequence } from "./check-fault.ts";
import type { Fault, FaultHandle, FaultPlan, FaultWhen } from "./fault.ts";
import { isAboutLists } from "./fault.ts";

/** What is asked for. */
export interface Asked {
  /** Id of the operation, if there is one. */
  readonly operation: string | undefined;
  readonly isList: boolean;
}

/** What happens to one request. */
export interface FaultDecision {
  readonly delayMs: number;
  readonly fault: Fault | undefined;
}

interface Rule {
  readonly id: string;
  readonly plan: readonly (Fault | null)[];
  readonly when: FaultWhen;
  readonly isRepeated: boolean;
  /** Whether only lists can meet it. */
  readonly isForLists: boolean;
  seen: number;
  hits: number;
}

/** What faults depend on. */
export interface FaultContext {
  readonly random: Random;
  readonly nextId: () => string;
  readonly targets: FaultTargets;
}

/** A fault that has been added, and what has come of it. */
export interface FaultStatus extends Pick<Rule, "id" | "when" | "hits"> {
  readonly plan: FaultPlan;
  /** How many more times it can happen; null until it is removed. */
  readonly left: number | null;
  /** Whether it will not happen again. */
  readonly isSpent: boolean;
}

/** The faults of one run, or of all requests. */
export class FaultRules {
  readonly #rules: Rule[] = [];
  readonly #context: FaultContext;

  constructor(context: FaultContext) {
    this.#context = context;
  }

  /** All faults, in the order they were added. */
  list(): readonly FaultStatus[] {
    return this.#rules.map((rule) => {
      const [first] = rule.plan;
      const plan = rule.plan.length === 1 && first ? first : rule.plan;
      const left = leftOf(rule);
      return { id: rule.id, plan, when: rule.when, hits: rule.hits, left, isSpent: left === 0 };
    });
  }

  /** Throws as {@link checkFault} does. */
  add(plan: FaultPlan, when: FaultWhen = {}): FaultHandle {
    checkFault(plan, when, this.#context.targets);
    const steps = isSequence(plan) ? plan : [plan];
    const isForLists = steps.some((step) => step !== null && isAboutLists(step));
    const isRepeated = when.repeat ?? !isSequence(plan);
    const id = this.#context.nextId();
    const rule: Rule = {
      id,
      plan: steps.flatMap(expand),
      when,
      isRepeated,
      isForLists,
      seen: 0,
      hits: 0,
    };
    this.#rules.push(rule);
    return {
      id,
      get hits() {
        return rule.hits;
      },
      remove: () => this.remove(id),
    };
  }

  remove(id: string): boolean {
    const index = this.#rules.findIndex((rule) => rule.id === id);
    if (index >= 0) this.#rules.splice(index, 1);
    return index >= 0;
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** Decides about one request: delays add up; of the other faults, the first that is due happens. */
  decide(asked: Asked): FaultDecision {
    let delayMs = 0;
    let fault: Fault | undefined;
    for (const rule of this.#rules) {
      if (!this.#meets(rule, asked)) continue;
      const isLatency = rule.plan.every((step) => step === null || step.kind === "latency");
      if (fault !== undefined && !isLatency) continue;
      const due = take(rule, this.#context.random);
      if (due === undefined) continue;
      if (due.kind === "latency") {
        delayMs +=
          due.delayMs + Math.floor(this.#context.random.next() * ((due.jitterMs ?? 0) + 1));
      } else {
        fault = due;
      }
    }
    return { delayMs, fault };
  }

  #meets({ when, isForLists }: Rule, { operation, isList }: Asked): boolean {
    if (when.operation !== undefined && when.operation !== operation) return false;
    // What is wrong with the requests of one run is not wrong with a list that it is in.
    return isForLists ? isList : !(isList && this.#context.targets.isForOne);
  }
}

function expand(step: Fault | null): readonly (Fault | null)[] {
  if (step?.kind !== "flapping") return [step];
  const down: Fault = { kind: "status", status: step.status ?? 503 };
  return [
    ...Array.from({ length: step.up }, () => null),
    ...Array.from({ length: step.down }, () => down),
  ];
}

function take(rule: Rule, random: Random): Fault | undefined {
  const { after = 0, times = Number.POSITIVE_INFINITY, probability = 1 } = rule.when;
  const turn = rule.seen - after;
  rule.seen++;
  if (turn < 0 || rule.hits >= times) return undefined;
  if (!rule.isRepeated && turn >= rule.plan.length) return undefined;
  if (probability < 1 && random.next() >= probability) return undefined;
  const due = rule.plan[turn % rule.plan.length] ?? undefined;
  if (due !== undefined) rule.hits++;
  return due;
}

function leftOf({ plan, when, isRepeated, hits, seen }: Rule): number | null {
  const { after = 0, times = Number.POSITIVE_INFINITY } = when;
  const ahead = plan.slice(Math.max(seen - after, 0)).filter((step) => step !== null);
  const left = Math.min(times - hits, isRepeated ? Number.POSITIVE_INFINITY : ahead.length);
  return Number.isFinite(left) ? left : null;
}
