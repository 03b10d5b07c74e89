import { createRequire } from "node:module";
import { join } from "node:path";

/** The folder of the tools of these tests, with packages of their own. */
export const toolsFolder: string = join(import.meta.dirname, "../tools");

const load = createRequire(join(toolsFolder, "package.json"));

const yaml: { readonly parse: (text: string) => unknown } = load("yaml");
export const parseYaml: (text: string) => unknown = yaml.parse;

/** The files that operators take. */
export function operationsFile(name: string): string {
  return join(import.meta.dirname, "../../../../examples/operations", name);
}
