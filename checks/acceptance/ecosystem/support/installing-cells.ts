/** A cell of the table "module system × compiler × runner × bundler": what is tried, in which module systems. */
export interface Cell {
  readonly tool: string;
  readonly systems: readonly ModuleSystem[];
}

export type ModuleSystem = "ESM" | "CommonJS";

const both = ["ESM", "CommonJS"] as const;

/** What `module` and `moduleResolution` are under each name, and which compilers know it. */
export const resolutions = {
  node16: { module: "node16", moduleResolution: "node16", since: 5.6, systems: both },
  nodenext: { module: "nodenext", moduleResolution: "nodenext", since: 5.6, systems: both },
  node20: { module: "node20", moduleResolution: "node16", since: 5.9, systems: both },
  bundler: { module: "preserve", moduleResolution: "bundler", since: 5.6, systems: both },
} as const;

export type Resolution = keyof typeof resolutions;

export const compilers = ["5.6", "5.9", "7"] as const;

/** The compilers with each way of resolving that they know. */
export const compiled: readonly (readonly [string, Resolution])[] = compilers.flatMap((version) =>
  Object.entries(resolutions)
    .filter(([, { since }]) => Number(version) >= since)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the table above
    .map(([name]) => [version, name as Resolution] as const),
);

export const runners: readonly Cell[] = [
  { tool: "node:test", systems: both },
  { tool: "vitest 3", systems: both },
  { tool: "vitest 4", systems: both },
  { tool: "vitest 5", systems: both },
  { tool: "Jest 30", systems: both },
];

export const bundlers: readonly Cell[] = [
  { tool: "Vite 8", systems: both },
  { tool: "webpack 5", systems: both },
  { tool: "esbuild 0.28", systems: both },
  { tool: "Next 16, edge", systems: ["ESM"] },
];

function mark({ systems }: Cell): readonly string[] {
  return both.map((system) => (systems.includes(system) ? "yes" : "–"));
}

/** The rows of the guide's table. */
export function installingRows(): readonly (readonly string[])[] {
  const types = compilers.map((version) => {
    const known = compiled.filter(([one]) => one === version).map(([, name]) => `\`${name}\``);
    return [`TypeScript ${version}: ${known.join(", ")}`, "yes", "yes"];
  });
  return [...types, ...[...runners, ...bundlers].map((cell) => [cell.tool, ...mark(cell)])];
}
