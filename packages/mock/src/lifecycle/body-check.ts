import type {
  JsonObject,
  ResponseRules,
  SchemaError,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import type { BrokenRule } from "../errors.ts";

/** What a body is checked against, beside the schema. */
export interface BodyContext {
  readonly status: number;
  /** Path parameters of the request, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** The same resource at an earlier time. */
  readonly earlier?: JsonObject | undefined;
}

/** Checks a body by its schema, then by its invariants. */
export type BodyCheck = (body: unknown, context: BodyContext) => readonly BrokenRule[];

/** A check of bodies by the schema at a place of the document and by the invariants of a response. */
export function createBodyCheck(
  schemas: SchemaRegistry,
  pointer: string,
  rules: ResponseRules,
): BodyCheck {
  return (body, { status, path, earlier }) => {
    const errors = schemas.validate(pointer, body);
    if (errors.length > 0) {
      return errors.map((error) => ({ rule: "schema", message: describeSchemaError(error) }));
    }
    return rules
      .check({ self: body, oldSelf: earlier, request: { path }, response: { status } })
      .violations.filter(({ severity }) => severity === "error")
      .map(({ id, message }) => ({ rule: id, message }));
  };
}

/** A schema error as a sentence: `count must be >= 0.` */
export function describeSchemaError({ keyword, pointer, message }: SchemaError): string {
  const place = pointer === "" ? "The body" : pointer.slice(1).replaceAll("/", ".");
  return `${place} ${keyword === "required" ? "is required" : message}.`;
}
