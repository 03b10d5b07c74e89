import { STATUS_CODES } from "node:http";
import type {
  OpenApiDocument,
  Operation,
  RuleBook,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import { isJsonObject, jsonContent, readExamples, responseFor } from "@qontext/sync-log-document";
import type { BrokenRule } from "../errors.ts";
import { SpecError } from "../errors.ts";
import { createBodyCheck } from "./body-check.ts";

/** The bodies of the document's error responses. */
export interface ErrorBodies {
  /**
   * The body for a status from 400 to 599: the document's example for it or, for a status that the document does not have
   * (405, say), another of its error examples, changed to name this status.
   *
   * @throws SpecError if the document has no error response with an example.
   */
  bodyFor(status: number): unknown;
  /** The same, with the name of the status for every text where the schema allows it: nothing is said of the cause. */
  plainBodyFor(status: number): unknown;
  /** Checks a body for a status from 400 to 599. */
  check(status: number, body: unknown): readonly BrokenRule[];
}

interface ErrorExample {
  /** The status that the example is about. */
  readonly status: number | undefined;
  readonly value: unknown;
}

/**
 * Reads the error responses of an operation.
 *
 * @param similar - Those of an operation that it is like, for one that has no error response with an example.
 */
export function readErrorBodies(
  document: OpenApiDocument,
  operation: Operation,
  rules: RuleBook,
  schemas: SchemaRegistry,
  similar?: ErrorBodies,
): ErrorBodies {
  const responses = operation.responses.filter(({ status }) => /^(?:[45]|default$)/i.test(status));
  const contents = responses.flatMap((response) => {
    const content = jsonContent(response);
    return content === undefined ? [] : [{ range: response.status, content }];
  });
  const examples = contents.flatMap(({ range, content }) =>
    readExamples(document, content).map(({ value }) => ({ status: statusOf(range, value), value })),
  );
  if (examples.length === 0 && similar !== undefined) return similar;
  for (const { content } of contents) {
    if (content.schemaPointer !== undefined) schemas.compile(content.schemaPointer);
  }
  const bodies = new Map<number, unknown>();
  const bodyFor = (status: number): unknown => {
    if (!bodies.has(status)) bodies.set(status, findBody(examples, status, operation.id));
    return bodies.get(status);
  };
  const check = (status: number, body: unknown): readonly BrokenRule[] => {
    const response = responseFor({ responses }, status);
    const pointer = response && jsonContent(response)?.schemaPointer;
    if (pointer === undefined) return [];
    const checkBody = createBodyCheck(schemas, pointer, rules.rulesFor(operation.id, status));
    return checkBody(body, { status, path: {} });
  };
  return {
    bodyFor,
    check,
    plainBodyFor(status) {
      const plain = renameStatus(bodyFor(status), status, status);
      return check(status, plain).length === 0 ? plain : bodyFor(status);
    },
  };
}

function findBody(examples: readonly ErrorExample[], status: number, operation: string): unknown {
  const own = examples.find((example) => example.status === status);
  if (own !== undefined) return own.value;
  // The text members of an example are replaced; lists may say more that does not fit another status.
  const similar =
    examples.find((example) => example.status !== undefined && isFlat(example.value)) ??
    examples[0];
  if (similar !== undefined) return renameStatus(similar.value, similar.status, status);
  throw new SpecError(
    `${operation} has no error response with an example, so there is no body for a ${status}: add one.`,
  );
}

function isFlat(value: unknown): boolean {
  return isJsonObject(value) && Object.values(value).every((member) => typeof member !== "object");
}

/** The status of a range, or the one that an example of a range of statuses mentions. */
function statusOf(range: string, value: unknown): number | undefined {
  if (/^\d{3}$/.test(range)) return Number(range);
  const members = isJsonObject(value) ? Object.values(value) : [];
  return members.find(
    (member): member is number =>
      typeof member === "number" && STATUS_CODES[member] !== undefined && member >= 400,
  );
}

/** Makes an error body name another status: by its number, and in every text by its name. */
function renameStatus(value: unknown, from: number | undefined, to: number): unknown {
  if (value === from) return to;
  if (typeof value === "string") return STATUS_CODES[to] ?? `Status ${to}`;
  if (Array.isArray(value)) return value.slice(0, 1).map((item) => renameStatus(item, from, to));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, member]) => [key, renameStatus(member, from, to)]));
}
