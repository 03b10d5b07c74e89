import type { Random } from "../lifecycle/random.ts";
import type { ErrorBodies } from "../lifecycle/error-bodies.ts";
import { checkFault, isSequence } from "./check-fault.ts";
import type { Fault, FaultHandle, FaultPlan, FaultWhen } from "./fault.ts";

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
  seen: number;
  hits: number;
}

/** The faults of one run, or of all requests. */
export class FaultRules {
  readonly #rules: Rule[] = [];
  readonly #random: Random;
  readonly #nextId: () => string;
  readonly #errors: ErrorBodies | undefined;

  /** @param errors - Checks the bodies of faults. */
  constructor(random: Random, nextId: () => string, errors: ErrorBodies | undefined) {
    this.#random = random;
    this.#nextId = nextId;
    this.#errors = errors;
  }

  /** All faults, in the order they were added. */
  list(): readonly {
    id: string;
    plan: FaultPlan;
    when: FaultWhen;
    hits: number;
    isSpent: boolean;
  }[] {
    return this.#rules.map((rule) => {
      const [first] = rule.plan;
      const plan = rule.plan.length === 1 && first ? first : rule.plan;
      return { id: rule.id, plan, when: rule.when, hits: rule.hits, isSpent: isSpent(rule) };
    });
  }

  /** Throws as {@link checkFault} does. */
  add(plan: FaultPlan, when: FaultWhen = {}): FaultHandle {
    checkFault(plan, when, this.#errors);
    const isPlainFault = !isSequence(plan);
    const sequence = (isSequence(plan) ? plan : [plan]).flatMap(expand);
    const rule: Rule = {
      id: this.#nextId(),
      plan: sequence,
      when,
      isRepeated: when.repeat ?? isPlainFault,
      seen: 0,
      hits: 0,
    };
    this.#rules.push(rule);
    return {
      id: rule.id,
      get hits() {
        return rule.hits;
      },
      remove: () => this.remove(rule.id),
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
  decide(): FaultDecision {
    let delayMs = 0;
    let fault: Fault | undefined;
    for (const rule of this.#rules) {
      const isLatency = rule.plan.every((step) => step === null || step.kind === "latency");
      if (fault !== undefined && !isLatency) continue;
      const due = take(rule, this.#random);
      if (due === undefined) continue;
      if (due.kind === "latency") {
        delayMs += due.delayMs + Math.floor(this.#random.next() * ((due.jitterMs ?? 0) + 1));
      } else {
        fault = due;
      }
    }
    return { delayMs, fault };
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

function isSpent(rule: Rule): boolean {
  const { after = 0, times = Number.POSITIVE_INFINITY } = rule.when;
  return rule.hits >= times || (!rule.isRepeated && rule.seen - after >= rule.plan.length);
}
