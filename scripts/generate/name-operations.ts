import type { OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { appendPointer } from "@qontext/sync-log-document";
import { camelCase } from "./names.ts";
import type { Report } from "./problem.ts";

/** An operation with the name that generated code has for it. */
export interface NamedOperation extends Operation {
  readonly operationId: string;
}

/** The operations of a document; one without an operationId of its own is named after its method and path. */
export function nameOperations(
  document: OpenApiDocument,
  report: Report,
): readonly NamedOperation[] {
  const taken = new Set<string>();
  return document.operations.map((operation) => {
    checkSecurity(document, operation, report);
    const { method, path, node } = operation;
    const wanted = operation.operationId ?? camelCase(method.toLowerCase(), path);
    let operationId = wanted;
    for (let count = 2; taken.has(operationId); count++) operationId = `${wanted}${count}`;
    taken.add(operationId);
    if (operationId !== operation.operationId) {
      const message = `${method} ${path} has no operationId of its own, so it is called ${operationId}.`;
      report({ severity: "warning", ruleId: "operation-id", message, pointer: node.pointer });
    }
    return { ...operation, operationId };
  });
}

function checkSecurity(
  document: OpenApiDocument,
  { security, node: { pointer } }: Operation,
  report: Report,
): void {
  for (const name of new Set(security.flat().map((requirement) => requirement.name))) {
    if (document.at(appendPointer("#/components/securitySchemes", name)) !== undefined) continue;
    const message = `there is no security scheme called ${name}.`;
    report({ severity: "warning", ruleId: "security-scheme", message, pointer });
  }
}

/** `200` → 200; `2XX` and `default` stay as they are. */
export function statusOf(status: string): number | string {
  return /^\d{3}$/.test(status) ? Number(status) : status;
}
