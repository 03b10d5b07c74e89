import type { Operation, ResponseRules } from "@qontext/sync-log-document";
import { appendPointer, isJsonObject, jsonContent } from "@qontext/sync-log-document";
import type { SpecExample } from "./collect-examples.ts";
import { collectExamples } from "./collect-examples.ts";
import type { SpecModel } from "./spec-model.ts";
import { oncePerModel, readRuleBook, resolve, unlessUnreadable } from "./spec-model.ts";

/** A response of an operation, with the examples of its JSON body. */
export interface SpecResponse {
  /** The operationId, or `GET /the/{path}`. */
  readonly operation: string;
  /** As it is written: `200`, `5XX` or `default`. */
  readonly status: string;
  /** Where the response is named under its operation. */
  readonly pointer: string;
  /** Where it is defined. */
  readonly definition: string;
  readonly examples: readonly SpecExample[];
  /** What holds for its body; undefined if the rules cannot be read, which is reported once. */
  readonly rules: ResponseRules | undefined;
  /** For each path parameter the values that the document gives as its examples. */
  readonly pathParameters: ReadonlyMap<string, readonly unknown[]>;
}

/** The operations of the document; none if they cannot be read, which Redocly's rules report. */
export const readOperations: (model: SpecModel) => readonly Operation[] = oncePerModel(
  ({ document }) => unlessUnreadable(() => document.operations) ?? [],
);

/** Every response of every operation. */
export const collectResponses: (model: SpecModel) => readonly SpecResponse[] = oncePerModel(
  (model) => {
    const { examples } = collectExamples(model);
    const book = readRuleBook(model);
    return readOperations(model).flatMap((operation) =>
      operation.responses.map((response): SpecResponse => {
        const json = jsonContent(response)?.pointer;
        const { status } = response;
        return {
          operation: operation.id,
          status,
          pointer: appendPointer(operation.node.pointer, "responses", status),
          definition: response.node.pointer,
          examples: examples.filter(({ owner }) => owner === json),
          rules:
            typeof book === "string"
              ? undefined
              : book.rulesFor(operation.id, possibleStatuses(status)[0]),
          pathParameters: pathParameters(model, operation, examples),
        };
      }),
    );
  },
);

/** The statuses that a response may have: one, a hundred for a range, all errors for `default`. */
export function possibleStatuses(status: string): readonly [number, ...number[]] {
  const range = /^([1-5])XX$/i.exec(status)?.[1];
  const [first, count] =
    range !== undefined
      ? [Number(range) * 100, 100]
      : status === "default"
        ? [400, 200]
        : [Number(status), 1];
  return [first, ...Array.from({ length: count - 1 }, (_, index) => first + index + 1)];
}

function pathParameters(
  model: SpecModel,
  { parameters }: Operation,
  examples: readonly SpecExample[],
): ReadonlyMap<string, readonly unknown[]> {
  const inPath = parameters.filter(({ in: place }) => place === "path");
  return new Map(
    inPath.map(({ name, node, schemaPointer: pointer }) => {
      const { schema: value } = node.value;
      const isSchema = pointer !== undefined && isJsonObject(value);
      const target = isSchema ? resolve(model, { pointer, value })?.pointer : undefined;
      const owners = new Set([node.pointer, pointer, target]);
      const values = examples.filter(({ owner }) => owners.has(owner));
      return [name, values.map(({ value: example }) => example)];
    }),
  );
}
