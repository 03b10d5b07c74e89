import { $RefParser } from "@apidevtools/json-schema-ref-parser";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { isJsonObject } from "../json/json-pointer.ts";

/** An OpenAPI document whose references all point into itself. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/**
 * Reads an OpenAPI document, in JSON or YAML, with the files it refers to. References to the network are not followed.
 *
 * @throws {@link CouldNotJudgeError} `bad_spec` if it cannot be read.
 */
export async function loadDocument(path: string): Promise<OpenApiDocument> {
  try {
    const bundled: unknown = await $RefParser.bundle(path, { resolve: { http: false } });
    return checkDocument(bundled, path);
  } catch (error) {
    if (error instanceof CouldNotJudgeError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotJudgeError("bad_spec", `The spec ${path} cannot be read: ${reason}`, {
      cause: error,
    });
  }
}

/**
 * Makes sure that a value is an OpenAPI document of a version that can be judged.
 *
 * @throws {@link CouldNotJudgeError} `bad_spec` if it is not.
 */
export function checkDocument(value: unknown, source: string): OpenApiDocument {
  const version = isJsonObject(value) ? value["openapi"] : undefined;
  if (!isJsonObject(value) || typeof version !== "string" || !/^3\.[01]\./.test(version)) {
    const found =
      version === undefined
        ? "it has no openapi version"
        : `its openapi version is ${JSON.stringify(version)}`;
    throw new CouldNotJudgeError(
      "bad_spec",
      `The spec ${source} is not an OpenAPI 3.0 or 3.1 document: ${found}.`,
    );
  }
  return value;
}
