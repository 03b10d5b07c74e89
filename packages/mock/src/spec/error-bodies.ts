import { STATUS_CODES } from "node:http";
import type { RuleBook } from "@qontext/sync-log-rules";
import { createBodyCheck } from "./body-check.ts";
import type { BodyCheck, SchemaCompiler } from "./body-check.ts";
import { isJsonObject } from "./json.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { jsonContent, pointerTo } from "./read-responses.ts";
import type { Operation } from "./read-paths.ts";
import { SpecError } from "../errors.ts";

/** The bodies of the answers that are not a success, as the document has them. */
export interface ErrorBodies {
  /**
   * The body for a status from 400 to 599: the document's example for it, or, for a status that the document does not have
   * (405, say), another of its error examples, made to name this status.
   *
   * @throws {@link SpecError} when the document has no error with an example.
   */
  bodyFor(status: number): JsonValue;
  /** The check of such bodies. */
  checkFor(status: number): BodyCheck | undefined;
}

interface ErrorExample {
  /** `404`, `5XX` or `default`. */
  readonly range: string;
  /** The status that the example speaks of. */
  readonly status: number | undefined;
  readonly value: JsonValue;
}

/** Reads the error responses of an operation. */
export function readErrorBodies(
  document: JsonObject,
  path: string,
  operation: Operation,
  rules: RuleBook,
  compiler: SchemaCompiler,
): ErrorBodies {
  const responses = isJsonObject(operation.node["responses"]) ? operation.node["responses"] : {};
  const ranges = Object.keys(responses).filter((range) => /^([45]|default)/i.test(range));
  const examples = ranges.flatMap((range) => {
    const content = jsonContent(document, responses[range]);
    return (content?.examples ?? []).map(({ value }): ErrorExample => ({
      range,
      status: statusOf(range, value),
      value,
    }));
  });
  const checks = new Map<string, BodyCheck>();
  for (const range of ranges) {
    const pointer = pointerTo(document, path, operation.method, range);
    if (pointer === undefined) continue;
    const status = Number(range.replace(/XX$/i, "00"));
    checks.set(
      range.toUpperCase(),
      createBodyCheck(compiler.compile(pointer), rules.rulesFor(operation.id, status)),
    );
  }
  const bodies = new Map<number, JsonValue>();
  const checkFor = (status: number): BodyCheck | undefined =>
    checks.get(String(status)) ??
    checks.get(`${Math.floor(status / 100)}XX`) ??
    checks.get("DEFAULT");
  return {
    checkFor,
    bodyFor(status) {
      const known = bodies.get(status);
      if (known !== undefined) return known;
      const body = findBody(examples, status, operation.id);
      bodies.set(status, body);
      return body;
    },
  };
}

function findBody(examples: readonly ErrorExample[], status: number, operation: string): JsonValue {
  const own = examples.find((example) => example.status === status);
  if (own !== undefined) return own.value;
  // An example whose members are plain texts says less that is not so of another status than one with lists.
  const like =
    examples.find((example) => example.status !== undefined && isFlat(example.value)) ??
    examples[0];
  if (like === undefined) {
    throw new SpecError(
      `${operation} has no error response with an example, so there is no body for a ${status}; add one.`,
    );
  }
  return renameStatus(like.value, like.status, status);
}

function isFlat(value: JsonValue): boolean {
  return isJsonObject(value) && Object.values(value).every((member) => typeof member !== "object");
}

/** The status of a range, or the one that an example of a range of statuses mentions. */
function statusOf(range: string, value: JsonValue): number | undefined {
  if (/^\d{3}$/.test(range)) return Number(range);
  const members = isJsonObject(value) ? Object.values(value) : [];
  return members.find(
    (member): member is number =>
      typeof member === "number" && STATUS_CODES[member] !== undefined && member >= 400,
  );
}

/** Makes an error body name another status: the number, and in every text the status's name. */
function renameStatus(value: JsonValue, from: number | undefined, to: number): JsonValue {
  if (value === from) return to;
  if (typeof value === "string") return STATUS_CODES[to] ?? `Status ${to}`;
  if (Array.isArray(value)) return value.slice(0, 1).map((item) => renameStatus(item, from, to));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, member]) => [key, renameStatus(member, from, to)]));
}
