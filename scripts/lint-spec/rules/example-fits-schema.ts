import { collectExamples } from "../collect-examples.ts";
import type { Finding, SpecRule } from "../spec-model.ts";
import { readSpecSchemas } from "../spec-schemas.ts";

/** Every example and default fits its schema, formats asserted. */
export const exampleFitsSchema: SpecRule = (model) => {
  const schemas = readSpecSchemas(model);
  const { examples, unreadable } = collectExamples(model);
  const misfits = examples.flatMap((example): readonly Finding[] => {
    const { schemaPointer, value, pointer, file, name } = example;
    if (schemaPointer === undefined)
      return [{ pointer, file, message: "the example has no schema to fit" }];
    if (schemas.compileProblem(schemaPointer) !== undefined) {
      return [
        { pointer, file, message: "the example cannot be judged: its schema does not compile" },
      ];
    }
    const label = name === undefined ? "the example" : `the example "${name}"`;
    return schemas.check(schemaPointer, value).map(({ instancePath, message }) => ({
      pointer: `${pointer}${instancePath}`,
      file,
      message: `${label} breaks its schema: ${instancePath === "" ? "it" : instancePath} ${message}`,
    }));
  });
  return [...unreadable, ...misfits];
};
