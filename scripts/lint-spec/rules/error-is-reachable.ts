import type { Operation } from "@qontext/sync-log-document";
import { appendPointer } from "@qontext/sync-log-document";
import { readOperations } from "../collect-responses.ts";
import type { Finding, SpecRule } from "../spec-model.ts";

/**
 * A request that must be authenticated can be refused with 401, and only such a one; only a request that has parameters or a
 * body can be malformed (400) or ask for something absent (404).
 */
export const errorIsReachable: SpecRule = (model) => readOperations(model).flatMap(checkErrors);

function checkErrors(operation: Operation): readonly Finding[] {
  const { node, parameters, requestBody, security } = operation;
  // An empty requirement among the choices makes the key optional.
  const needsKey = security.length > 0 && security.every((choice) => choice.length > 0);
  const hasInput = parameters.length > 0 || requestBody !== undefined;
  const statuses = operation.responses.map(({ status }) => status);
  const findings: Finding[] = [];
  if (needsKey && !statuses.some((status) => ["401", "4XX", "default"].includes(status))) {
    const message = "the operation needs a key but does not document 401";
    findings.push({ pointer: node.pointer, message });
  }
  for (const status of statuses) {
    const pointer = appendPointer(node.pointer, "responses", status);
    if (status === "401" && !needsKey) {
      findings.push({ pointer, message: "401 cannot happen: the operation needs no key" });
    }
    if ((status === "400" || status === "404") && !hasInput) {
      findings.push({ pointer, message: `${status} cannot happen: the operation takes no input` });
    }
  }
  return findings;
}
