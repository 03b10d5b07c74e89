import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { collectExamples } from "../collect-examples.ts";
import type { SpecRule } from "../spec-model.ts";

/** Every file in `examples/` beside the document is an example of it: none is left behind unchecked. */
export const exampleFileIsUsed: SpecRule = (model) => {
  const folder = path.join(model.folder, "examples");
  if (!existsSync(folder)) return [];
  const { examples, unreadable } = collectExamples(model);
  const used = new Set(examples.map(({ file }) => file));
  return (
    readdirSync(folder)
      .map((name) => ({ name, file: path.join(folder, name) }))
      .filter(({ file }) => !used.has(file))
      // A file that is named but cannot be read is reported as that.
      .filter(({ name }) => !unreadable.some(({ message }) => message.includes(`/${name} `)))
      .map(({ name, file }) => ({
        pointer: "#",
        file,
        message: `no example of the document refers to ${name}; name it or remove it`,
      }))
  );
};
