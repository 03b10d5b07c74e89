import type {
  Direction,
  DocumentedResponse,
  DocumentNode,
  Parameter,
} from "@qontext/sync-log-document";
import { parameterStyle, readContent } from "@qontext/sync-log-document";
import { compareContent, compareSchemaOf, termOf, written } from "./compare-content.ts";
import type { Difference, SchemaComparison } from "./schema-comparison.ts";
import type { SchemaReader } from "./schema-form.ts";
import type { Verdict } from "./verdict.ts";
import { law, noLongerRead, noLongerSent, verdictOfAdded, verdictOfRequired } from "./verdict.ts";

/** The parameters of an operation, by what tells them apart on the wire. */
export interface OwnedParameters {
  /** Where the operation stands. */
  readonly owner: string;
  readonly byKey: ReadonlyMap<string, Parameter>;
}

/** Compares the parameters of an operation. */
export function compareParameters(
  comparison: SchemaComparison,
  { owner: oldOwner, byKey: before }: OwnedParameters,
  { owner, byKey: after }: OwnedParameters,
  direction: Direction,
): readonly Difference[] {
  const isSent = direction === "request";
  const findings: Difference[] = [];
  const gone = [...before].filter(([key]) => !after.has(key)).map(([, one]) => one);
  const come = new Set([...after].filter(([key]) => !before.has(key)).map(([, one]) => one));
  const at = { direction, effect: "changed" } as const;
  for (const one of gone) {
    const { name } = one;
    const heirs = [...come].filter(
      (other) =>
        other.in === one.in &&
        comparison.expand(compareNodes(comparison, one.node, other.node, one.in, direction))
          .length === 0,
    );
    const [heir, ...more] = heirs;
    const isRenamed =
      heir !== undefined &&
      more.length === 0 &&
      gone.filter((other) => other.in === one.in).length === 1;
    if (isRenamed) come.delete(heir);
    const what = isRenamed
      ? `the ${one.in} parameter \`${name}\` is now called \`${heir.name}\``
      : `the ${one.in} parameter \`${name}\` is removed`;
    const id = isRenamed ? "parameter-renamed" : "parameter-removed";
    const verdict: Verdict =
      isRenamed && isSent
        ? [noLongerSent[0], noLongerSent[1], `Send \`${heir.name}\` instead.`]
        : isSent
          ? noLongerSent
          : noLongerRead;
    findings.push({ ...at, id, side: "base", pointer: oldOwner, what, verdict });
  }
  for (const { name, isRequired, in: place } of come) {
    const what = `the ${place} parameter \`${name}\` is added${isRequired ? ", and required" : ""}`;
    const verdict = verdictOfAdded(isSent, isRequired);
    findings.push({
      ...at,
      id: `parameter-added${isRequired ? "-required" : ""}`,
      side: "revision",
      pointer: owner,
      what,
      verdict,
    });
  }
  for (const [key, one] of before) {
    const other = after.get(key);
    if (!other) continue;
    const found = { ...at, side: "revision", pointer: other.node.pointer } as const;
    if (one.isRequired !== other.isRequired) {
      const word = other.isRequired ? "required" : "optional";
      const verdict = verdictOfRequired(isSent, other.isRequired);
      findings.push({
        ...found,
        id: `parameter-became-${word}`,
        what: `the parameter becomes ${word}`,
        verdict,
      });
    }
    findings.push(...compareNodes(comparison, one.node, other.node, one.in, direction));
  }
  return findings;
}

/** Compares how a parameter or header is written, and what its value may be. */
function compareNodes(
  comparison: SchemaComparison,
  before: DocumentNode,
  after: DocumentNode,
  place: Parameter["in"],
  direction: Direction,
): readonly Difference[] {
  const findings: Difference[] = [];
  const at = { direction, side: "revision", pointer: after.pointer } as const;
  const { base, revision } = comparison;
  const [from, to] = [readStyle(before, place, base), readStyle(after, place, revision)];
  if (from !== to) {
    const verdict = direction === "request" ? written : law.response.changed;
    findings.push({
      ...at,
      id: "parameter-style-changed",
      effect: "changed",
      what: `it is written as ${to} instead of ${from}`,
      verdict,
    });
  }
  const [wasEmpty, isEmpty] = [before, after].map(({ value }) => value["allowEmptyValue"] === true);
  if (wasEmpty !== isEmpty) {
    const what = `\`allowEmptyValue\` becomes ${String(isEmpty)}`;
    findings.push({
      ...at,
      id: "parameter-allow-empty-value-changed",
      effect: isEmpty ? "widened" : "narrowed",
      what,
    });
  }
  const contents = [before, after].map((node) => ({ content: readContent(node) }));
  const [one, other] = contents;
  if (one && other && one.content.length + other.content.length > 0) {
    return [...findings, ...compareContent(comparison, one, other, direction)];
  }
  return [...findings, ...compareSchemaOf(comparison, before, after, direction)];
}

/** How a value becomes text (OpenAPI 3.1, section 4.8.12); `explode` is about arrays and objects only. */
function readStyle(node: DocumentNode, place: Parameter["in"], reader: SchemaReader): string {
  const { content, allowReserved } = node.value;
  if (content !== undefined) return "its media type";
  const { style, isExploded } = parameterStyle({ in: place, node });
  const { types } = reader.formOf(termOf(reader, node));
  const isComposite = types.has("array") || types.has("object");
  const parts = [
    `style ${style}`,
    isComposite && `explode ${String(isExploded)}`,
    allowReserved === true && "allowReserved",
  ];
  return parts.filter(Boolean).join(", ");
}

/** A response, with its place. */
type WithHeaders = Pick<DocumentedResponse, "node" | "headers">;

/** Compares the headers of a response; their names have no case. */
export function compareHeaders(
  comparison: SchemaComparison,
  before: WithHeaders,
  after: WithHeaders,
  direction: Direction,
): readonly Difference[] {
  const [from, to] = [before, after].map(
    ({ headers }) =>
      new Map([...headers].map(([name, node]) => [name.toLowerCase(), { name, node }])),
  );
  const findings: Difference[] = [];
  for (const [key, { name, node }] of from ?? []) {
    const other = to?.get(key)?.node;
    if (!other) {
      findings.push({
        id: "header-removed",
        direction,
        effect: "changed",
        side: "base",
        pointer: before.node.pointer,
        what: `the header \`${name}\` is removed`,
        verdict: direction === "request" ? noLongerSent : noLongerRead,
      });
      continue;
    }
    const [was, is] = [node, other].map(({ value }) => value["required"] === true);
    if (was !== is) {
      const what = `the header becomes ${is ? "required" : "optional"}`;
      findings.push({
        id: `header-became-${is ? "required" : "optional"}`,
        direction,
        effect: is ? "narrowed" : "widened",
        side: "revision",
        pointer: other.pointer,
        what,
      });
    }
    findings.push(...compareNodes(comparison, node, other, "header", direction));
  }
  for (const [key, { name }] of to ?? []) {
    if (from?.has(key)) continue;
    findings.push({
      id: "header-added",
      direction,
      effect: "changed",
      side: "revision",
      pointer: after.node.pointer,
      what: `the header \`${name}\` is added`,
      verdict: verdictOfAdded(direction === "request", false),
    });
  }
  return findings;
}
