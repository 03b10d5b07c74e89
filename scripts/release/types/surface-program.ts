import { createRequire } from "node:module";
import { dirname } from "node:path";
import ts from "typescript";

/** The text of each module of a generated package, by file name; `index.ts` names what is public. */
export type SurfaceModules = ReadonlyMap<string, string>;

/** Two versions of the same modules under one checker, so that their types can be compared. */
export interface SurfaceProgram {
  readonly checker: ts.TypeChecker;
  readonly base: ts.SourceFile;
  readonly revision: ts.SourceFile;
}

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  lib: ["lib.es2022.d.ts"],
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
};

/** The declarations of the language are the same for every comparison. */
const libraries = new Map<string, ts.SourceFile | undefined>();
const libraryFolder = dirname(createRequire(import.meta.url).resolve("typescript"));

/** Loads both versions; nothing is read from the disk but the declarations of the language. */
export function createSurfaceProgram(
  base: SurfaceModules,
  revision: SurfaceModules,
): SurfaceProgram {
  const texts = new Map<string, string>();
  for (const [name, text] of base) texts.set(`/base/${name}`, text);
  for (const [name, text] of revision) texts.set(`/revision/${name}`, text);
  const host = createHost(texts);
  const program = ts.createProgram(["/base/index.ts", "/revision/index.ts"], options, host);
  const source = (name: string): ts.SourceFile => {
    const file = program.getSourceFile(name);
    if (!file) throw new TypeError(`The generated modules have no ${name}.`);
    return file;
  };
  return {
    checker: program.getTypeChecker(),
    base: source("/base/index.ts"),
    revision: source("/revision/index.ts"),
  };
}

function createHost(texts: ReadonlyMap<string, string>): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  return {
    ...disk,
    getDefaultLibLocation: () => libraryFolder,
    getCurrentDirectory: () => "/",
    fileExists: (name) => texts.has(name),
    readFile: (name) => texts.get(name),
    directoryExists: (name) => name === "/base" || name === "/revision",
    getSourceFile: (name, languageVersion) => {
      const text = texts.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, languageVersion);
      if (!name.startsWith(libraryFolder)) return undefined;
      if (!libraries.has(name)) libraries.set(name, disk.getSourceFile(name, languageVersion));
      return libraries.get(name);
    },
  };
}
