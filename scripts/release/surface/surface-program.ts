import { createRequire } from "node:module";
import { dirname } from "node:path";
import ts from "typescript";

/** A module that consumers of a package can import. */
export interface SurfaceEntry {
  /** The folder of its package. */
  readonly folder: string;
  /** What it is imported by: `@qontext/sync-log-client/node`. */
  readonly specifier: string;
  /** Its source, by its path in the workspace. */
  readonly path: string;
  /** Whether it is compared; another one is only what those lead to. */
  readonly isCompared: boolean;
}

/** What consumers of some packages can name, as the sources of a version declare it. */
export interface Surface {
  readonly entries: readonly SurfaceEntry[];
  /** The text of a file, by its path in the workspace; undefined if there is none. */
  readonly read: (path: string) => string | undefined;
}

/** Two versions of the same modules under one checker, so that their types can be compared. */
export interface SurfaceProgram {
  readonly checker: ts.TypeChecker;
  /** The entries that differ, in both versions; undefined for one that a version does not have. */
  readonly pairs: readonly EntryPair[];
}

/** An entry in two versions. */
export interface EntryPair {
  readonly entry: SurfaceEntry;
  readonly base: ts.SourceFile | undefined;
  readonly revision: ts.SourceFile | undefined;
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

/**
 * Loads what differs of two surfaces. A module whose declarations, and those of everything that it imports, are the same in both
 * is loaded once, so that its types are the same and need no comparison.
 */
export function createSurfaceProgram(base: Surface, revision: Surface): SurfaceProgram {
  const differing = findDiffering(base, revision);
  const sides = { base, revision };
  const locate = (side: "base" | "revision", path: string): string =>
    `/${side === "base" && !differing.has(path) ? "revision" : side}/${path}`;
  const specifiers = new Map(
    [...revision.entries, ...base.entries].map((entry) => [entry.specifier, entry]),
  );
  const pairs = [...specifiers.values()].flatMap((entry) => {
    const [from, to] = [base, revision].map((side) =>
      side.entries.find(({ specifier }) => specifier === entry.specifier),
    );
    const isSame = from && to && from.path === to.path && !differing.has(from.path);
    return isSame || !entry.isCompared ? [] : [{ entry, from, to }];
  });
  const roots = pairs.flatMap(({ from, to }) => [
    ...(from ? [locate("base", from.path)] : []),
    ...(to ? [locate("revision", to.path)] : []),
  ]);
  const disk = ts.createCompilerHost(options);
  const textOf = (name: string): string | undefined => {
    const [side, path] = pathOf(name);
    const text = sides[side].read(path);
    return text === undefined ? undefined : declarationsOf(path, text);
  };
  const host: ts.CompilerHost = {
    ...disk,
    getDefaultLibLocation: () => libraryFolder,
    getCurrentDirectory: () => "/",
    fileExists: (name) => textOf(name) !== undefined,
    readFile: textOf,
    resolveModuleNameLiterals: (literals, containing) => {
      const [side, path] = pathOf(containing);
      return literals.map(({ text }) => {
        const target = resolveModule(text, path, sides[side]);
        const resolvedFileName = target === undefined ? undefined : locate(side, target);
        return {
          resolvedModule:
            resolvedFileName === undefined
              ? undefined
              : { resolvedFileName, extension: ts.Extension.Ts },
        };
      });
    },
    getSourceFile: (name, languageVersion) => {
      if (!name.startsWith(libraryFolder)) {
        const text = textOf(name);
        return text === undefined ? undefined : ts.createSourceFile(name, text, languageVersion);
      }
      if (!libraries.has(name)) libraries.set(name, disk.getSourceFile(name, languageVersion));
      return libraries.get(name);
    },
  };
  const program = ts.createProgram(roots, options, host);
  const source = (
    side: "base" | "revision",
    entry: SurfaceEntry | undefined,
  ): ts.SourceFile | undefined => entry && program.getSourceFile(locate(side, entry.path));
  return {
    checker: program.getTypeChecker(),
    pairs: pairs.map(({ entry, from, to }) => ({
      entry,
      base: source("base", from),
      revision: source("revision", to),
    })),
  };
}

/** The version and the path that a file's name stands for. */
function pathOf(name: string): readonly [side: "base" | "revision", path: string] {
  const [, side, path = ""] = /^\/(base|revision)\/(.*)$/u.exec(name) ?? [];
  return [side === "base" ? "base" : "revision", path];
}

/** The file in a workspace that an import leads to; undefined for one of another package, which counts as the same. */
function resolveModule(specifier: string, from: string, side: Surface): string | undefined {
  if (!specifier.startsWith(".")) {
    return side.entries.find((entry) => entry.specifier === specifier)?.path;
  }
  const parts = dirname(from).split("/");
  for (const step of specifier.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  const path = parts.join("/");
  return side.read(path) === undefined ? undefined : path;
}

/** The paths whose declarations differ, or import such that do. */
function findDiffering(base: Surface, revision: Surface): ReadonlySet<string> {
  const importers = new Map<string, Set<string>>();
  const pending: string[] = [];
  const seen = new Set<string>();
  const visit = (start: readonly string[]): void => {
    const stack = [...start];
    for (let path = stack.pop(); path !== undefined; path = stack.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const [one, other] = [base.read(path), revision.read(path)];
      if (one !== other && declarationsOf(path, one ?? "") !== declarationsOf(path, other ?? ""))
        pending.push(path);
      for (const [side, text] of [
        [base, one],
        [revision, other],
      ] as const) {
        if (text === undefined || (side === revision && text === one)) continue;
        for (const { fileName } of ts.preProcessFile(text, true, false).importedFiles) {
          const target = resolveModule(fileName, path, side);
          if (target === undefined) continue;
          importers.set(target, (importers.get(target) ?? new Set()).add(path));
          stack.push(target);
        }
      }
    }
  };
  visit(
    [...base.entries, ...revision.entries]
      .filter(({ isCompared }) => isCompared)
      .map(({ path }) => path),
  );
  const differing = new Set<string>();
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (differing.has(path)) continue;
    differing.add(path);
    pending.push(...(importers.get(path) ?? []));
  }
  return differing;
}

const declarations = new Map<string, string>();

/** What a module declares, without what it does and what its classes keep to themselves: those would differ between any two versions. */
function declarationsOf(path: string, text: string): string {
  if (!/\bclass\b|\bfunction\b/u.test(text)) return text;
  const known = declarations.get(text);
  if (known !== undefined) return known;
  const { outputText } = ts.transpileDeclaration(text, {
    compilerOptions: options,
    fileName: path,
    reportDiagnostics: false,
  });
  const shown = outputText.replaceAll(/^\s*(?:#private|private\b[^;{]*);\n/gmu, "");
  declarations.set(text, shown);
  return shown;
}
