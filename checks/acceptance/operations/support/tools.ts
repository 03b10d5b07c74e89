import { createRequire } from "node:module";
import { join } from "node:path";

/** The folder of the tools of these tests, with packages of their own. */
export const toolsFolder: string = join(import.meta.dirname, "../tools");

const load = createRequire(join(toolsFolder, "package.json"));

/** What these tests use of the package `yaml`. */
interface Yaml {
  parse(text: string, options: object): unknown;
}
const yaml: Yaml = load("yaml");

/** Parses YAML with merge keys. */
export function parseYaml(text: string): unknown {
  return yaml.parse(text, { merge: true });
}

/** The files that operators take. */
export function operationsFile(name: string): string {
  return join(import.meta.dirname, "../../../../examples/operations", name);
}
