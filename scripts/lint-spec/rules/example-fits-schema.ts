import { appendPointer, pointerTokens } from "@qontext/sync-log-document";
import { collectExamples } from "../collect-examples.ts";
import type { Finding, SpecRule } from "../spec-model.ts";
import { compileProblem, readSpecSchemas } from "../read-spec.ts";

/** Every example and default fits its schema, formats asserted. */
export const exampleFitsSchema: SpecRule = (model) => {
  const schemas = readSpecSchemas(model);
  const { examples, unreadable } = collectExamples(model);
  const misfits = examples.flatMap((example): readonly Finding[] => {
    const { schemaPointer, value, pointer, file, name } = example;
    if (schemaPointer === undefined)
      return [{ pointer, file, message: "the example has no schema to fit" }];
    if (compileProblem(schemas, schemaPointer) !== undefined) {
      return [
        { pointer, file, message: "the example cannot be judged: its schema does not compile" },
      ];
    }
    const label = name === undefined ? "the example" : `the example "${name}"`;
    return schemas.validate(schemaPointer, value).map((error) => ({
      pointer: appendPointer(pointer, ...pointerTokens(error.holder)),
      file,
      message: `${label} breaks its schema: ${error.holder === "" ? "it" : error.holder} ${error.message}`,
    }));
  });
  return [...unreadable, ...misfits];
};
