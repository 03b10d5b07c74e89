import type { ResponseRules } from "@qontext/sync-log-rules";
import type { ErrorObject, ValidateFunction } from "ajv";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { JsonObject } from "./json.ts";
import { SpecError } from "../errors.ts";
import type { BrokenRule } from "../errors.ts";

/** What a body is checked against, beside the schema. */
export interface BodyContext {
  readonly status: number;
  /** Path parameters of the request, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** The same resource at an earlier time. */
  readonly earlier?: JsonObject;
}

/** Checks a body by its schema, then by its invariants. */
export type BodyCheck = (body: unknown, context: BodyContext) => readonly BrokenRule[];

/** Compiles the schemas of a document on demand. */
export interface SchemaCompiler {
  /**
   * @param pointer - JSON pointer of the schema in the document, starting with `#`.
   * @throws {@link SpecError} when the schema does not compile.
   */
  compile(pointer: string): ValidateFunction;
}

/** Prepares the validator that fits the version of the document. */
export function createSchemaCompiler(document: JsonObject): SchemaCompiler {
  const options = { strict: false, allErrors: true, validateSchema: false, logger: false } as const;
  const version = document["openapi"];
  const isModern = typeof version === "string" && version.startsWith("3.1");
  const ajv = isModern ? new Ajv2020(options) : new Ajv(options);
  addFormats.default(ajv);
  ajv.addSchema(document, "openapi.json");
  return {
    compile(pointer) {
      const fragment = pointer.split("/").map(encodeURIComponent).join("/").replace("%23", "#");
      try {
        return ajv.compile({ $ref: `openapi.json${fragment}` });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new SpecError(`The schema at ${pointer} does not compile: ${reason}`, {
          cause: error,
        });
      }
    },
  };
}

/** A check of bodies by a compiled schema and by the invariants of a response. */
export function createBodyCheck(validate: ValidateFunction, rules: ResponseRules): BodyCheck {
  return (body, { status, path, earlier }) => {
    if (!validate(body)) return (validate.errors ?? []).map(describeSchemaError);
    const report = rules.check({
      self: body,
      ...(earlier === undefined ? {} : { oldSelf: earlier }),
      request: { path },
      response: { status },
    });
    return report.violations
      .filter((violation) => violation.severity === "error")
      .map(({ id, message }) => ({ rule: id, message }));
  };
}

function describeSchemaError(error: ErrorObject): BrokenRule {
  const where = error.instancePath === "" ? "the body" : error.instancePath.slice(1);
  const allowed: unknown = error.params["allowedValues"];
  const values = Array.isArray(allowed) ? `: ${allowed.join(", ")}` : "";
  return { rule: "schema", message: `${where} ${error.message ?? "is not valid"}${values}.` };
}
