/**
 * The module that a consumer imports: the types by name, the values themselves. They stand in it rather than in modules of
 * their own because each module costs half a millisecond when a process starts.
 *
 * @param types - What `types.ts` exports.
 * @param sections - Declarations, in the order in which they shall stand.
 */
export function emitIndex(types: readonly string[], sections: readonly string[]): string {
  const names = types.toSorted().map((name) => `  ${name},\n`);
  const exports = `export type {\n${names.join("")}} from "./types.ts";\n`;
  return [exports, ...sections.filter((section) => section !== "")].join("\n");
}
