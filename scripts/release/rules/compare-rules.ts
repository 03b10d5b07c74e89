import type {
  DocumentNode,
  Invariant,
  Lifecycle,
  OpenApiDocument,
} from "@qontext/sync-log-document";
import { readInvariants, readLifecycle } from "@qontext/sync-log-document";
import type { NodePair } from "../wire/compare-words.ts";
import type { Finding } from "../wire/finding.ts";
import { canonicalJson } from "../../generate/emit/emit-version.ts";
import { shownBoth } from "../wire/show-values.ts";
import type { Verdict } from "../wire/verdict.ts";

const waitsDiffer: Verdict = [
  "major",
  "a wait that meets it ends in another way",
  "Look at what follows a wait.",
];
const moreToMeet: Verdict = ["minor", "waits, the mock and contract runs follow it"];
const promisesMore: Verdict = ["minor", "answers promise more than they did"];
const promisesLess: Verdict = [
  "major",
  "answers may break what was promised",
  "Do not rely on it any more.",
];
const sample: Verdict = ["patch", "only an example changes"];

type Difference = readonly [id: string, what: string, verdict: Verdict];

/** Every difference between the rules of two documents that no schema shows, each by itself: lifecycles, invariants, examples. */
export function compareRules(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  pairs: readonly NodePair[],
): readonly Finding[] {
  return pairs.flatMap(([before, after]) =>
    [
      ...compareLifecycles(readLifecycle(base, before), readLifecycle(revision, after)),
      ...compareInvariants(readInvariants(base, before), readInvariants(revision, after)),
      ...compareExamples(before, after),
    ].map(([id, what, verdict]) => ({
      id,
      what,
      verdict,
      direction: undefined,
      effect: "annotation",
      side: "revision",
      pointer: after.pointer,
    })),
  );
}

function compareLifecycles(
  before: Lifecycle | undefined,
  after: Lifecycle | undefined,
): readonly Difference[] {
  if (!before && !after) return [];
  if (!before) return [["lifecycle-added", "a lifecycle is added", moreToMeet]];
  if (!after) return [["lifecycle-removed", "the lifecycle is removed", waitsDiffer]];
  const found: Difference[] = [];
  for (const status of new Set([...Object.keys(before.terminal), ...Object.keys(after.terminal)])) {
    const [was, is] = [before.terminal[status], after.terminal[status]];
    if (was === is) continue;
    if (was === undefined) {
      const what = `\`${status}\` becomes terminal, with the outcome ${is}`;
      found.push(["terminal-status-added", what, moreToMeet]);
    } else if (is === undefined) {
      found.push(["terminal-status-removed", `\`${status}\` is no longer terminal`, waitsDiffer]);
    } else {
      const what = `the outcome of \`${status}\` goes from ${was} to ${is}`;
      found.push(["outcome-changed", what, waitsDiffer]);
    }
  }
  const [from, to] = [before.order.join(", "), after.order.join(", ")];
  if (from !== to) {
    found.push([
      "order-changed",
      `the order of the statuses goes from ${from} to ${to}`,
      moreToMeet,
    ]);
  }
  if (before.initial !== after.initial) {
    const what = `a record begins as \`${after.initial}\` instead of \`${before.initial}\``;
    found.push(["initial-status-changed", what, moreToMeet]);
  }
  if (before.property !== after.property) {
    const what = `the status is read from \`${after.property}\` instead of \`${before.property}\``;
    found.push(["status-property-changed", what, waitsDiffer]);
  }
  return found;
}

function byId(list: readonly Invariant[]): ReadonlyMap<string, Invariant> {
  return new Map(list.map((one) => [one.id, one]));
}

function compareInvariants(
  before: readonly Invariant[],
  after: readonly Invariant[],
): readonly Difference[] {
  const [old, now] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id): readonly Difference[] => {
    const [one, other] = [old.get(id), now.get(id)];
    const name = `the invariant \`${id}\``;
    if (!one || !other) {
      if (other) return [["invariant-added", `${name} is added: ${other.rule}`, promisesMore]];
      const heir = after.find(({ id: own, rule }) => !old.has(own) && rule === one?.rule);
      const what = heir ? `${name} is now called \`${heir.id}\`` : `${name} is removed`;
      return [["invariant-removed", what, heir ? moreToMeet : promisesLess]];
    }
    const found: Difference[] = [];
    if (one.rule !== other.rule) {
      const [from, to] = shownBoth(one.rule, other.rule);
      found.push([
        "invariant-rule-changed",
        `the rule of ${name} goes from ${from} to ${to}`,
        moreToMeet,
      ]);
    }
    if (one.severity !== other.severity) {
      const what = `the severity of ${name} goes from ${one.severity} to ${other.severity}`;
      const verdict = other.severity === "error" ? promisesMore : promisesLess;
      found.push(["invariant-severity-changed", what, verdict]);
    }
    if (one.message !== other.message) {
      const [from, to] = shownBoth(one.message, other.message);
      found.push([
        "invariant-message-changed",
        `the message of ${name} goes from ${from} to ${to}`,
        ["patch", "only the message changes"],
      ]);
    }
    return found;
  });
}

/** An example's value; a schema has a list of them where other objects have names. */
function compareExamples(before: DocumentNode, after: DocumentNode): readonly Difference[] {
  const keywords = after.kind === "example" ? ["value", "externalValue"] : ["example", "examples"];
  return keywords.flatMap((keyword): readonly Difference[] => {
    const [from, to] = [before.value[keyword], after.value[keyword]];
    if (keyword === "examples" && after.kind !== "schema") return compareNames(from, to);
    if (from === to) return [];
    if (canonicalJson(from ?? null) === canonicalJson(to ?? null)) return [];
    const [one, other] = shownBoth(from, to);
    return [["example-changed", `the example goes from ${one} to ${other}`, sample]];
  });
}

/** Named examples are compared at their own places, unless they come or go. */
function compareNames(before: unknown, after: unknown): readonly Difference[] {
  const [from, to] = [before, after].map((examples) => Object.keys(examples ?? {}));
  const gone = (from ?? []).filter((name) => !to?.includes(name));
  const come = (to ?? []).filter((name) => !from?.includes(name));
  return [
    ...gone.map(
      (name) => ["example-removed", `the example \`${name}\` is removed`, sample] as const,
    ),
    ...come.map((name) => ["example-added", `the example \`${name}\` is added`, sample] as const),
  ];
}
