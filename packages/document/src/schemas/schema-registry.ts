import type { ErrorObject, Options, ValidateFunction } from "ajv/dist/2020.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { DocumentErrorCode } from "../document-error.ts";
import { DocumentError } from "../document-error.ts";
import { isJsonObject } from "../json.ts";
import { appendPointer, canonicalPointer } from "../json-pointer.ts";
import type { OpenApiDocument } from "../open-document.ts";
import { TimeLimitError } from "../within-time.ts";
import { compilePattern } from "./ecma-script-pattern.ts";
import { formatCheck, formatNames } from "./formats.ts";
import { schemaDialect } from "./schema-dialect.ts";
import type { ConversionOptions, JsonSchema, SchemaNote } from "./to-json-schema.ts";
import { toJsonSchema } from "./to-json-schema.ts";

/** One way in which a value is not what a schema says. */
export interface SchemaError {
  /** The keyword that says so. */
  readonly keyword: string;
  /** Where in the value: a JSON pointer, empty for the value itself. A property that is missing is named by it. */
  readonly pointer: string;
  /** The value that `message` is about: that at `pointer`, or the object that lacks the property. */
  readonly holder: string;
  /** What is wrong, after the name of the holder: `must be equal to one of the allowed values: a, b`. */
  readonly message: string;
  /** What was expected, on its own. */
  readonly expected: string;
}

/** Validates values against the schemas of a document, each named by its place there. */
export interface SchemaRegistry {
  /**
   * Compiles a schema and all that it refers to, so that what is wrong with them is known at the start.
   *
   * @throws DocumentError `invalid_schema`, `reference_unresolved`; `unknown_keyword` where those are refused.
   */
  compile(pointer: string): void;
  /**
   * What is wrong with a value; empty if nothing is. Throws as `compile` does. A value of more levels than can be checked is
   * wrong by the keyword `depth`, and one with a text that a `pattern` takes longer than 250 ms for by that keyword.
   */
  validate(pointer: string, value: unknown): readonly SchemaError[];
  /** What the compiled schemas have that checks nothing. */
  readonly notes: readonly SchemaNote[];
}

/** How schemas are compiled. */
export interface SchemaRegistryOptions extends Pick<ConversionOptions, "direction"> {
  /** Formats that the document means as hints, by name. @default none */
  readonly ignoredFormats?: readonly string[] | undefined;
  /**
   * What is done about keywords, formats and patterns that would check nothing: `refuse` the schema, so that no check passes in
   * silence, or leave them out with a `note`.
   *
   * @default "refuse"
   */
  readonly unknown?: "refuse" | "note" | undefined;
}

const namespace = "https://document.invalid/";

/** Checking took more than the stack has: by the levels of the value, or a schema that is its own part. */
const tooDeep: SchemaError = {
  keyword: "depth",
  pointer: "",
  holder: "",
  message: "is nested too deeply to be checked",
  expected: "a value of fewer levels",
};

/** A text took more time than a pattern gets. */
const tooSlow: SchemaError = {
  keyword: "pattern",
  pointer: "",
  holder: "",
  message: "has a text that a pattern of the schema takes too long for",
  expected: "a text that its pattern can be matched with",
};

/** Prepares the schemas of a document; each is compiled when it is first asked for. */
export function createSchemaRegistry(
  document: OpenApiDocument,
  options: SchemaRegistryOptions = {},
): SchemaRegistry {
  const dialect = schemaDialect(document);
  const ajv = createAjv();
  const added = new Set<string>();
  const names = new Map<string, string>();
  const validators = new Map<string, ValidateFunction>();
  const notes: SchemaNote[] = [];
  const ignoredFormats = new Set(options.ignoredFormats);
  const note = (one: SchemaNote): void => {
    // What was written is checked, but for characters above U+FFFF.
    if (one.kind === "flag") {
      notes.push(one);
      return;
    }
    if (one.kind === "scope") throw invalid("invalid_schema", one.message, one.pointer);
    if (options.unknown === "note") notes.push(one);
    else throw invalid("unknown_keyword", one.message, one.pointer);
  };

  function invalid(
    code: DocumentErrorCode,
    problem: string,
    pointer: string,
    cause?: unknown,
  ): DocumentError {
    return new DocumentError(code, problem, { pointer, place: document.locate(pointer), cause });
  }
  const nameOf = (pointer: string): string => {
    const name = names.get(pointer) ?? `${namespace}${names.size}`;
    names.set(pointer, name);
    return name;
  };
  function convert(pointer: string, pending: string[]): JsonSchema {
    const schema = document.at(pointer);
    if (!isJsonObject(schema) && typeof schema !== "boolean") {
      const problem = "there is no schema here, although one is referred to.";
      throw invalid("reference_unresolved", problem, pointer);
    }
    const rename = (reference: string): string => {
      const target = canonicalPointer(reference);
      pending.push(target);
      return nameOf(target);
    };
    const at = (reference: string): unknown => document.at(reference);
    return toJsonSchema(schema, pointer, { ...options, dialect, ignoredFormats, rename, note, at });
  }
  /** Adds the schema at a place, and all it refers to: each under a name of its own, and all of them or none. */
  function add(start: string): void {
    const converted = new Map<string, JsonSchema>();
    const pending = [start];
    // The loop goes on over what it adds.
    for (const pointer of pending) {
      if (!added.has(pointer) && !converted.has(pointer)) {
        converted.set(pointer, convert(pointer, pending));
      }
    }
    for (const [pointer, schema] of converted) {
      try {
        ajv.addSchema(schema, nameOf(pointer));
      } catch (error) {
        for (const one of converted.keys()) ajv.removeSchema(nameOf(one));
        throw notCompiled(pointer, error);
      }
    }
    for (const pointer of converted.keys()) added.add(pointer);
  }
  function notCompiled(pointer: string, cause: unknown): DocumentError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return invalid("invalid_schema", `the schema does not compile: ${reason}.`, pointer, cause);
  }
  function compile(pointer: string): ValidateFunction {
    const known = validators.get(pointer);
    if (known !== undefined) return known;
    try {
      const place = canonicalPointer(pointer);
      add(place);
      const validate = ajv.getSchema(nameOf(place));
      if (validate === undefined) throw new Error("it was not found again");
      validators.set(pointer, validate);
      return validate;
    } catch (error) {
      if (!(error instanceof DocumentError)) throw notCompiled(pointer, error);
      if (error.pointer === null || error.place !== null) throw error;
      throw invalid(error.code, error.problem, error.pointer, error);
    }
  }
  return {
    notes,
    compile: (pointer) => void compile(pointer),
    validate: (pointer, value) => {
      const validate = compile(pointer);
      try {
        return validate(value) ? [] : (validate.errors ?? []).map(toSchemaError);
      } catch (error) {
        if (error instanceof RangeError) return [tooDeep];
        if (error instanceof TimeLimitError) return [tooSlow];
        throw error;
      }
    },
  };
}

/** How Ajv checks converted schemas, here and in code that is generated of them: nothing unknown is let through. */
export const schemaOptions: Options = {
  allErrors: true,
  allowUnionTypes: true,
  logger: false,
  ownProperties: true,
  strict: true,
  // These complain about valid schemas that are unusual: `required` without `properties`, `if` without `then`.
  strictSchema: false,
  strictRequired: false,
  strictTuples: false,
  strictTypes: false,
};

/** JSON Schema 2020-12, formats asserted. */
export function createAjv(): Ajv2020 {
  const regExp = Object.assign((pattern: string) => compilePattern(pattern), {
    code: "compilePattern",
  });
  const ajv = new Ajv2020({ ...schemaOptions, code: { regExp } });
  for (const name of formatNames) {
    const check = formatCheck(name);
    if (check === undefined || check === "unchecked") ajv.addFormat(name, true);
    else if ("pattern" in check) ajv.addFormat(name, check.pattern);
    else ajv.addFormat(name, check);
  }
  return ajv;
}

/** An error of Ajv in words of its own. */
export function toSchemaError(error: ErrorObject): SchemaError {
  const { keyword, instancePath, params } = error;
  const missing: unknown = keyword === "required" ? params["missingProperty"] : undefined;
  const pointer = typeof missing === "string" ? appendPointer(instancePath, missing) : instancePath;
  return {
    keyword,
    pointer,
    holder: instancePath,
    message: describe(error),
    expected: expectation(error),
  };
}

function describe({ keyword, message = "is not valid", params }: ErrorObject): string {
  const allowed: unknown = params["allowedValues"];
  const extra: unknown = params["additionalProperty"];
  if (keyword === "enum" && Array.isArray(allowed)) {
    const texts = allowed.map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
    return `${message}: ${texts.join(", ")}`;
  }
  return typeof extra === "string" ? `${message}: ${extra}` : message;
}

function expectation({ keyword, message, params }: ErrorObject): string {
  const allowed: unknown = params["allowedValues"];
  if (Array.isArray(allowed))
    return `one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`;
  if (keyword === "const") return JSON.stringify(params["allowedValue"]);
  if (keyword === "required") return "a value: the property is required";
  return message ?? keyword;
}
