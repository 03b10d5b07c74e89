import type { Ajv, ErrorObject, ValidateFunction } from "ajv";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { isJsonObject, jsonPointer, pointerTokens, valueAt } from "../json/json-pointer.ts";
import type { OpenApiDocument } from "./load-document.ts";
import { portableSchema, subschemas } from "./portable-schema.ts";
import type { SchemaDialect } from "./schema-dialect.ts";
import { schemaDialect } from "./schema-dialect.ts";
import { strictFormats } from "./strict-formats.ts";

/** One way in which a value is not what a schema says. */
export interface SchemaError {
  /** The keyword that says so. */
  readonly keyword: string;
  /** Where in the value. */
  readonly pointer: string;
  readonly expected: string;
}

/** Validates values against the schemas of a document, each named by its place in it. */
export interface SchemaRegistry {
  /** @throws {@link CouldNotJudgeError} `bad_schema` if the schema does not compile, or has a keyword or format that is not known. */
  validate(pointer: string, value: unknown): readonly SchemaError[];
  /** Compiles a schema without using it, so that what is wrong with it is known at the start. */
  compile(pointer: string): void;
  /** The formats that are named in the document and were asked to be passed over. */
  readonly ignoredFormats: ReadonlySet<string>;
}

const namespace = "https://contract.invalid/schemas/";

/**
 * @param ignoredFormats - Names of formats that are not asserted, because nobody knows what they mean.
 */
export function createSchemaRegistry(
  document: OpenApiDocument,
  ignoredFormats: readonly string[] = [],
): SchemaRegistry {
  const dialect = schemaDialect(document);
  const ajv = createAjv(dialect, ignoredFormats);
  const added = new Set<string>();
  const validators = new Map<string, ValidateFunction>();

  /** Adds the schema at a place, and all it refers to, under names of their own. */
  function add(pointer: string): void {
    if (added.has(pointer)) return;
    added.add(pointer);
    const schema = valueAt(document, pointer);
    if (!isJsonObject(schema) && typeof schema !== "boolean") {
      throw new CouldNotJudgeError(
        "bad_schema",
        `The spec has no schema at ${pointer}, which it refers to.`,
      );
    }
    const rename = (reference: string): string => {
      const target = localTarget(reference, pointer);
      add(target);
      return nameOf(target);
    };
    const portable = portableSchema(schema, dialect, rename);
    refuseScopes(schema, pointer);
    ajv.addSchema(
      typeof portable === "object" ? { ...portable } : Boolean(portable),
      nameOf(pointer),
    );
  }
  function compile(pointer: string): ValidateFunction {
    const known = validators.get(pointer);
    if (known !== undefined) return known;
    try {
      add(pointer);
      const validate = ajv.getSchema(nameOf(pointer));
      if (validate === undefined) throw new Error("it was not found again");
      validators.set(pointer, validate);
      return validate;
    } catch (error) {
      if (error instanceof CouldNotJudgeError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      const message = `The schema at ${pointer} does not compile, so it would check nothing: ${decodeURIComponent(reason.replaceAll(namespace, ""))}`;
      const hint = reason.includes("unknown format")
        ? " If the format is only a hint, name it with --ignore-format."
        : "";
      throw new CouldNotJudgeError("bad_schema", `${message}.${hint}`, { cause: error });
    }
  }
  return {
    ignoredFormats: new Set(ignoredFormats),
    compile: (pointer) => void compile(pointer),
    validate: (pointer, value) => {
      const validate = compile(pointer);
      return validate(value) ? [] : (validate.errors ?? []).map(toSchemaError);
    },
  };
}

function createAjv(dialect: SchemaDialect, ignoredFormats: readonly string[]): Ajv {
  const ajv = dialect.createAjv({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    validateFormats: true,
    logger: false,
    formats: {
      ...strictFormats,
      ...Object.fromEntries(ignoredFormats.map((name) => [name, true] as const)),
    },
  });
  return ajv;
}

function nameOf(pointer: string): string {
  return `${namespace}${encodeURIComponent(pointer)}`;
}

function localTarget(reference: string, from: string): string {
  if (reference === "#") return "";
  if (reference.startsWith("#/")) return jsonPointer(pointerTokens(reference));
  throw new CouldNotJudgeError(
    "bad_schema",
    `The reference ${reference} in ${from} is not supported: write it as #/….`,
  );
}

/** `$id` and anchors change what references mean; a schema that has them would be misread, so it is refused. */
function refuseScopes(schema: unknown, pointer: string): void {
  if (!isJsonObject(schema)) return;
  for (const keyword of [
    "$id",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "$recursiveRef",
    "$schema",
  ]) {
    if (!Object.hasOwn(schema, keyword)) continue;
    throw new CouldNotJudgeError(
      "bad_schema",
      `The schema at ${pointer} has ${keyword}, which is not supported.`,
    );
  }
  for (const part of subschemas(schema))
    refuseScopes(part.schema, `${pointer}${jsonPointer(part.tokens)}`);
}

function toSchemaError(error: ErrorObject): SchemaError {
  const missing =
    error.keyword === "required" ? String(error.params["missingProperty"]) : undefined;
  const pointer =
    missing === undefined ? error.instancePath : `${error.instancePath}${jsonPointer([missing])}`;
  return { keyword: error.keyword, pointer, expected: describe(error) };
}

function describe(error: ErrorObject): string {
  const allowed: unknown = error.params["allowedValues"];
  if (Array.isArray(allowed))
    return `one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`;
  if (error.keyword === "const") return JSON.stringify(error.params["allowedValue"]);
  if (error.keyword === "required") return "a value: the property is required";
  return error.message ?? error.keyword;
}
