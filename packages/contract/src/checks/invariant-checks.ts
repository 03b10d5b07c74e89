import type { CompiledInvariant } from "@qontext/sync-log-document";
import type { Specification } from "../specification.ts";
import type { Check, Finding } from "./check.ts";
import { excerpt } from "./check.ts";
import { rereading } from "./same-resource.ts";

/** One check for each rule of the document's `x-invariants`. */
export function invariantChecks({ operations, rules }: Specification): readonly Check[] {
  const invariants = operations
    .flatMap(({ responses }) => responses.flatMap((response) => rules.rulesOf(response).sites))
    .flatMap((site) => site.invariants.invariants);
  const byId = new Map(invariants.map((invariant) => [invariant.id, invariant]));
  return [...byId.values()].map(invariantCheck);
}

function invariantCheck(invariant: CompiledInvariant): Check {
  const { id, rule, message, severity, isOverTime } = invariant;
  return {
    id: `invariant/${id}`,
    asserts: `${isOverTime ? "From one reading to the next: " : ""}${rule.replaceAll(/\s+/g, " ")}`,
    severity,
    comparesReadings: isOverTime,
    why: message,
    fix: "Make the body consistent, or change the invariant in the spec if the service is right.",
    judge: (subject, { history, specification }) => {
      const { ruleReport, schemaErrors, records, exchange, operation } = subject;
      const own = ruleReport.violations.filter((violation) => violation.id === id);
      // Where the body is not what its schema says, that is the fault, and not that a rule cannot be evaluated on it.
      const isUnfit = schemaErrors !== undefined && schemaErrors.length > 0;
      const real = own.filter((violation) => violation.kind === "violated" || !isUnfit);
      const earlierOf = (pointer: string): Pick<Finding, "earlier" | "confirmation"> => {
        const record = records.find((one) => one.pointer === pointer);
        const before = record && history.latestSighting(record.key, exchange)?.subject;
        const isOfOther = before !== undefined && before.operation !== operation;
        return {
          earlier: before?.exchange,
          ...(record && isOfOther && { confirmation: rereading(specification, operation, record) }),
        };
      };
      if (real.length === 0) return ruleReport.passed.includes(id) ? [] : undefined;
      return real.map(({ pointer, kind, message: text, values }) => ({
        pointer,
        ...(isOverTime && earlierOf(pointer)),
        expected: rule.replaceAll(/\s+/g, " "),
        actual: kind === "violated" ? describeValues(values) : text,
      }));
    },
  };
}

function describeValues(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${excerpt(value)}`)
    .join(", ");
}
