import { collectResponses } from "../collect-responses.ts";
import type { Finding, JsonObject, SpecModel, SpecRule } from "../spec-model.ts";
import { findByPointer, isJsonObject, nodesOf } from "../spec-model.ts";

/**
 * A request that must be authenticated can be refused with 401, and only such a one; only a request that has parameters or a
 * body can be malformed (400) or ask for what there is not (404).
 */
export const errorIsReachable: SpecRule = (model) => {
  const findings: Finding[] = [];
  const documented = collectResponses(model);
  for (const { value, pointer } of nodesOf(model, "Operation")) {
    const needsKey = isSecured(model, value);
    const hasInput = takesInput(model, value, pointer);
    const statuses = documented.filter((response) => response.pointer.startsWith(`${pointer}/`));
    if (needsKey && !statuses.some(({ status }) => ["401", "4XX", "default"].includes(status))) {
      findings.push({ pointer, message: "the operation needs a key but does not document 401" });
    }
    for (const { status, pointer: at } of statuses) {
      if (status === "401" && !needsKey) {
        findings.push({ pointer: at, message: "401 cannot happen: the operation needs no key" });
      }
      if ((status === "400" || status === "404") && !hasInput) {
        findings.push({
          pointer: at,
          message: `${status} cannot happen: the operation takes no input`,
        });
      }
    }
  }
  return findings;
};

function isSecured({ document }: SpecModel, operation: JsonObject): boolean {
  const security = operation["security"] ?? document["security"];
  const choices: readonly unknown[] = Array.isArray(security) ? security : [];
  // An empty requirement among the choices makes the key optional.
  return (
    choices.length > 0 &&
    choices.every((choice) => isJsonObject(choice) && Object.keys(choice).length > 0)
  );
}

function takesInput({ document }: SpecModel, operation: JsonObject, pointer: string): boolean {
  const pathItem = findByPointer(document, pointer.slice(0, pointer.lastIndexOf("/")));
  const shared = isJsonObject(pathItem) ? pathItem["parameters"] : undefined;
  return (
    hasAny(operation["parameters"]) || hasAny(shared) || operation["requestBody"] !== undefined
  );
}

function hasAny(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0;
}
