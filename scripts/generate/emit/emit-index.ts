/** What a module exports by name. */
export interface ModuleExports {
  readonly module: string;
  readonly types: readonly string[];
  readonly values: readonly string[];
}

/** Names everything that is public in the modules. */
export function emitIndex(modules: readonly ModuleExports[]): string {
  const statements = modules.flatMap(({ module, types, values }) => [
    formatExport("export", values, module),
    formatExport("export type", types, module),
  ]);
  const text = statements.join("");
  return text === "" ? "export {};\n" : text;
}

function formatExport(keyword: string, names: readonly string[], module: string): string {
  if (names.length === 0) return "";
  const sorted = names.toSorted().map((name) => `  ${name},\n`);
  return `${keyword} {\n${sorted.join("")}} from "./${module}";\n`;
}
