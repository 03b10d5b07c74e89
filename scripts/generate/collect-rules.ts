import { componentsOf, readInvariants, readLifecycle } from "@qontext/sync-log-document";
import type {
  DocumentNode,
  Invariant,
  JsonObject,
  Lifecycle,
  OpenApiDocument,
} from "@qontext/sync-log-document";
import type { NamedOperation } from "./name-operations.ts";
import { attempt } from "./problem.ts";
import type { Report } from "./problem.ts";

/** What an invariant is about: a component schema by its name, or the body of an operation's response. */
export type InvariantTarget =
  | { readonly schema: string }
  | { readonly operationId: string; readonly status: string };

/** An entry of an `x-invariants` list with what it is about. */
export interface TargetedInvariant extends Invariant {
  readonly target: InvariantTarget;
}

/** An `x-lifecycle` with the name of the component schema that has it. */
export interface SchemaLifecycle extends Lifecycle {
  readonly schema: string;
}

/** Every `x-invariants` of the component schemas, then of the responses. */
export function collectInvariants(
  document: OpenApiDocument,
  operations: readonly NamedOperation[],
  report: Report,
): readonly TargetedInvariant[] {
  const places: (readonly [InvariantTarget, DocumentNode])[] = [
    ...schemasOf(document).map((node) => [{ schema: node.names.join("") }, node] as const),
    ...operations.flatMap(({ operationId, responses }) =>
      responses.map(({ status, node }) => [{ operationId, status }, node] as const),
    ),
  ];
  const handled = places.map(([, node]) => node);
  reportLeftOut(document, "x-invariants", handled, report);
  return places.flatMap(([target, node]) => {
    const invariants = attempt(report, () => readInvariants(document, node)) ?? [];
    return invariants.map(({ id, rule, message, severity }) => ({
      id,
      rule,
      message,
      severity,
      target,
    }));
  });
}

/** Every `x-lifecycle` of the component schemas. */
export function collectLifecycles(
  document: OpenApiDocument,
  report: Report,
): readonly SchemaLifecycle[] {
  const schemas = schemasOf(document);
  reportLeftOut(document, "x-lifecycle", schemas, report);
  return schemas.flatMap((node) => {
    const lifecycle = attempt(report, () => readLifecycle(document, node));
    if (lifecycle === undefined) return [];
    const { property, initial, order, terminal } = lifecycle;
    return [{ schema: node.names.join(""), property, initial, order, terminal }];
  });
}

function schemasOf({ root }: OpenApiDocument): readonly DocumentNode[] {
  return componentsOf(root).filter(({ kind }) => kind === "schema");
}

/** Warns of an extension at a place that has no name in the generated code. */
function reportLeftOut(
  document: OpenApiDocument,
  extension: string,
  handled: readonly DocumentNode[],
  report: Report,
): void {
  const values = new Set<JsonObject>(handled.map(({ value }) => value));
  for (const { value, pointer } of document.walk()) {
    if (value[extension] === undefined || values.has(value)) continue;
    const message = `${extension} is read from component schemas and responses only; it is left out here.`;
    report({ severity: "warning", ruleId: "extension-place", message, pointer });
  }
}
