import { Ajv2020 } from "ajv/dist/2020.js";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { SpecModel } from "./spec-model.ts";
import { oncePerModel } from "./spec-model.ts";

/** An error of a value against its schema. */
export interface SchemaProblem {
  /** JSON pointer into the value; empty for the value itself. */
  readonly instancePath: string;
  readonly message: string;
}

/** The schemas of a document, ready to judge values. */
export interface SpecSchemas {
  /**
   * What is wrong with a value by the schema at a pointer of the document.
   *
   * @throws if the schema does not compile: an unknown keyword or format is no silent pass.
   */
  check(schemaPointer: string, value: unknown): readonly SchemaProblem[];
  /** Why the schema at a pointer does not compile; undefined if it does. */
  compileProblem(schemaPointer: string): string | undefined;
}

const documentId = "spec.json";
const annotations = ["example", "xml", "externalDocs", "discriminator"];

/** Compiles the schemas of a document as JSON Schema 2020-12 says, formats asserted, nothing unknown let through. */
export const readSpecSchemas: (model: SpecModel) => SpecSchemas = oncePerModel((model) => {
  const ajv = createAjv();
  // The document's own keys are not JSON Schema. Which extensions there may be is the business of another rule.
  const extensions = model.nodes.flatMap(({ value }) => Object.keys(value).filter(isExtension));
  const foreign = new Set([...annotations, ...Object.keys(model.document), ...extensions]);
  ajv.addVocabulary([...foreign].filter((keyword) => ajv.getKeyword(keyword) === false));
  ajv.addSchema(model.document, documentId);

  const compiled = new Map<string, ValidateFunction>();
  const compile = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const validate = ajv.compile({ $ref: `${documentId}${encodePointer(pointer)}` });
    compiled.set(pointer, validate);
    return validate;
  };
  return {
    check: (pointer, value) => {
      const validate = compile(pointer);
      return validate(value) ? [] : describeErrors(validate.errors);
    },
    compileProblem: (pointer) => {
      try {
        compile(pointer);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  };
});

/** JSON Schema 2020-12, formats asserted, nothing unknown let through. */
export function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    // `anyOf: [{ required: […] }, …]` beside `properties` is plain JSON Schema.
    strictRequired: false,
    logger: false,
  });
  // The types of ajv-formats describe its CommonJS form, where the function is the module itself.
  addFormats.default(ajv);
  return ajv;
}

/** The errors of Ajv as sentences. */
export function describeErrors(
  errors: readonly ErrorObject[] | null | undefined,
): readonly SchemaProblem[] {
  return (errors ?? []).map(({ instancePath, message = "is not valid", keyword, params }) => {
    const allowed: unknown = params["allowedValues"];
    const extra: unknown = params["additionalProperty"];
    const detail =
      keyword === "enum" && Array.isArray(allowed)
        ? `: ${allowed.join(", ")}`
        : typeof extra === "string"
          ? `: ${extra}`
          : "";
    return { instancePath, message: `${message}${detail}` };
  });
}

function isExtension(key: string): boolean {
  return key.startsWith("x-");
}

function encodePointer(pointer: string): string {
  return pointer
    .split("/")
    .map((part) => (part === "#" ? part : encodeURIComponent(part)))
    .join("/");
}
