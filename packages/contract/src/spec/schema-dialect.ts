import { Ajv } from "ajv";
import type { Options } from "ajv";
import { Ajv2019 } from "ajv/dist/2019.js";
import { Ajv2020 } from "ajv/dist/2020.js";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { OpenApiDocument } from "./load-document.ts";

/** The JSON Schema that a document's schemas are written in. */
export interface SchemaDialect {
  /** `openapi-3.0` schemas are rewritten to 2020-12 before they are compiled. */
  readonly name: "openapi-3.0" | "2020-12" | "2019-09" | "draft-07";
  readonly createAjv: (options: Options) => Ajv;
}

const dialects: Readonly<Record<string, SchemaDialect>> = {
  "https://json-schema.org/draft/2020-12/schema": {
    name: "2020-12",
    createAjv: (options) => new Ajv2020(options),
  },
  "https://spec.openapis.org/oas/3.1/dialect/base": {
    name: "2020-12",
    createAjv: (options) => new Ajv2020(options),
  },
  "https://json-schema.org/draft/2019-09/schema": {
    name: "2019-09",
    createAjv: (options) => new Ajv2019(options),
  },
  "http://json-schema.org/draft-07/schema": {
    name: "draft-07",
    createAjv: (options) => new Ajv(options),
  },
};

/**
 * The dialect that a document declares, or that its version implies.
 *
 * @throws {@link CouldNotJudgeError} `bad_spec` for a dialect that is not known: its schemas would mean something else.
 */
export function schemaDialect(document: OpenApiDocument): SchemaDialect {
  if (String(document["openapi"]).startsWith("3.0.")) {
    return { name: "openapi-3.0", createAjv: (options) => new Ajv2020(options) };
  }
  const stated = document["jsonSchemaDialect"];
  const declared =
    stated === undefined
      ? "https://spec.openapis.org/oas/3.1/dialect/base"
      : typeof stated === "string"
        ? stated
        : JSON.stringify(stated);
  const dialect = dialects[declared.replace(/#$/, "")];
  if (dialect !== undefined) return dialect;
  const known = Object.keys(dialects).join(", ");
  throw new CouldNotJudgeError(
    "bad_spec",
    `The spec's jsonSchemaDialect ${declared} is not one of: ${known}.`,
  );
}
