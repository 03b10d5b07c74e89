import type { Parameter } from "@qontext/sync-log-document";
import { camelCase, pascalCase } from "./names.ts";
import type { NamedOperation } from "./name-operations.ts";
import type { Report } from "./problem.ts";

/** A parameter with the name that it has among what a method is asked for. */
export interface NamedParameter extends Parameter {
  readonly member: string;
}

/** An operation that becomes a method; its parameters have names of their own. */
export interface MethodOperation extends NamedOperation {
  readonly methodName: string;
  readonly parameters: readonly NamedParameter[];
}

/** Header parameters of these names mean nothing (OpenAPI 3.1, section 4.8.12.2.1). */
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);

const places = ["path", "query", "header", "cookie"];

/** A method of this name would make a promise of the client, or hide what every object has. */
const unusableNames = new Set(["then", ...Object.getOwnPropertyNames(Object.prototype)]);

/**
 * Names the methods after the operations, and what they are asked for after the parameters. A name that cannot be had becomes
 * another one, and is reported.
 */
export function nameMethods(
  operations: readonly NamedOperation[],
  report: Report,
): readonly MethodOperation[] {
  const taken = new Set(operations.map(({ operationId }) => operationId).filter(isMethodName));
  return operations.map((operation) => {
    const { operationId, node } = operation;
    const parameters = nameParameters(operation, report);
    if (isMethodName(operationId)) return { ...operation, methodName: operationId, parameters };
    const words = camelCase(operationId);
    const wanted = isMethodName(words) ? words : `${words}Operation`;
    let methodName = wanted;
    for (let count = 2; taken.has(methodName); count++) methodName = `${wanted}${count}`;
    taken.add(methodName);
    const message = `${JSON.stringify(operationId)} cannot be the name of a method, so the method is called ${methodName}.`;
    report({ severity: "warning", ruleId: "method-name", message, pointer: node.pointer });
    return { ...operation, methodName, parameters };
  });
}

function isMethodName(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !unusableNames.has(name);
}

/**
 * Names the parameters, which become members of one object together with the body. Where two have one name, that in the path
 * keeps it and the other one is told from it by its place: `idInQuery`. On the wire the names stay as they are.
 */
function nameParameters(operation: NamedOperation, report: Report): readonly NamedParameter[] {
  const { operationId, parameters, requestBody } = operation;
  const taken = new Set(requestBody === undefined ? [] : ["body"]);
  const wanted = new Set(parameters.map(({ name }) => name));
  const members = new Map<Parameter, string>();
  const inOrder = parameters
    .filter(({ in: place, name }) => place !== "header" || !ignoredHeaders.has(name.toLowerCase()))
    .toSorted((a, b) => places.indexOf(a.in) - places.indexOf(b.in));
  for (const parameter of inOrder) {
    const { name, in: place, node } = parameter;
    let member = name;
    for (let count = 1; taken.has(member) || (count > 1 && wanted.has(member)); count++) {
      member = `${name}In${pascalCase(place)}${count === 1 ? "" : count}`;
    }
    taken.add(member);
    members.set(parameter, member);
    if (member === name) continue;
    const message = `${operationId} has more than one parameter or body called ${JSON.stringify(name)}; the one in the ${place} is passed as ${member}.`;
    report({ severity: "warning", ruleId: "parameter-name", message, pointer: node.pointer });
  }
  return parameters.flatMap((parameter) => {
    const member = members.get(parameter);
    return member === undefined ? [] : [{ ...parameter, member }];
  });
}
