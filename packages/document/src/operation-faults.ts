import { templateParameters } from "./create-path-matcher.ts";
import { appendPointer } from "./json-pointer.ts";
import type { OpenApiDocument } from "./open-document.ts";
import type { Operation } from "./operation.ts";

/** What OpenAPI asks of an operation, and a document does not do. */
export interface OperationFault {
  readonly rule: "path-parameters-defined" | "path-parameter-required" | "response-status";
  /** A sentence that begins in lower case. */
  readonly message: string;
  readonly pointer: string;
  /** Whether it can be read in one way only all the same. */
  readonly isClear: boolean;
}

/**
 * The faults of a document's operations: path parameters that are not in the path, or not declared (OpenAPI 3.1, section
 * 4.8.12.1), or not required (4.8.12.2), and statuses that are none (4.8.16.2).
 *
 * @throws DocumentError as `OpenApiDocument.operations` does.
 */
export function operationFaults(document: OpenApiDocument): readonly OperationFault[] {
  // A parameter of a path stands in each of its operations.
  const faults = document.operations.flatMap((operation) => [
    ...pathFaults(operation),
    ...operation.responses.flatMap(({ status }) => statusFaults(operation, status)),
  ]);
  return [...new Map(faults.map((fault) => [`${fault.rule} ${fault.pointer}`, fault])).values()];
}

function pathFaults({ path, node, parameters }: Operation): readonly OperationFault[] {
  const inPath = parameters.filter(({ in: place }) => place === "path");
  const names = new Set(templateParameters(path));
  const undeclared = [...names].filter((name) => !inPath.some((one) => one.name === name));
  return [
    ...undeclared.map((name) => ({
      rule: "path-parameters-defined" as const,
      message: `the path has the parameter ${JSON.stringify(name)}, which the operation does not declare.`,
      pointer: node.pointer,
      isClear: false,
    })),
    ...inPath.flatMap(({ name, node: { pointer, value } }): readonly OperationFault[] => {
      const { required } = value;
      return [
        ...(names.has(name)
          ? []
          : [
              {
                rule: "path-parameters-defined" as const,
                message: `the parameter ${JSON.stringify(name)} is not in the path ${path}.`,
                pointer: appendPointer(pointer, "name"),
                isClear: false,
              },
            ]),
        ...(required === true
          ? []
          : [
              {
                rule: "path-parameter-required" as const,
                message: `the path is not one without ${JSON.stringify(name)}: write \`required: true\`.`,
                pointer: required === undefined ? pointer : appendPointer(pointer, "required"),
                isClear: required === undefined,
              },
            ]),
      ];
    }),
  ];
}

function statusFaults({ node }: Operation, status: string): readonly OperationFault[] {
  if (/^(?:[1-5](?:\d\d|XX)|default)$/.test(status)) return [];
  const message = `${JSON.stringify(status)} is no status: write three digits, a range such as \`5XX\`, or \`default\`.`;
  const pointer = appendPointer(node.pointer, "responses", status);
  return [{ rule: "response-status", message, pointer, isClear: false }];
}
