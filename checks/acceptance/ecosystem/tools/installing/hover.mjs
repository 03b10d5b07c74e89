// `node hover.mjs FILE TEXT…`: what an editor shows over the word that each text begins with, by TypeScript's language service.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript-5.9";

const [file, ...texts] = process.argv.slice(2);
const source = readFileSync(file, "utf8");
const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    strict: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  }),
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (path) => {
    const text = ts.sys.readFile(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => dirname(file),
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: (path) => ts.sys.fileExists(path),
  readFile: (path) => ts.sys.readFile(path),
});
const join = (parts = []) => parts.map(({ text }) => text).join("");
const hovers = texts.map((text) => {
  const {
    displayParts,
    documentation,
    tags = [],
  } = service.getQuickInfoAtPosition(file, source.indexOf(text)) ?? {};
  const shown = tags.map(({ name, text: parts }) => `@${name} ${join(parts)}`);
  return [text, [join(displayParts), join(documentation), ...shown].join("\n")];
});
console.log(JSON.stringify(Object.fromEntries(hovers)));
