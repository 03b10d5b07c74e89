import { describe, expect, test } from "vitest";
import type { Bump } from "../../release/release-plan.ts";
import { compareSurfaces } from "../../release/surface/compare-surfaces.ts";
import type { Surface, SurfaceEntry } from "../../release/surface/surface-program.ts";

type Row = readonly [
  what: string,
  before: string,
  after: string,
  bump: Bump | undefined,
  where?: string,
];

function entry(folder: string): SurfaceEntry {
  const path = `packages/${folder}/src/index.ts`;
  return { folder, specifier: folder, path, isCompared: true };
}

/** A package with one module that declares something, and one that shows it. */
function surface(declared: string): Surface {
  const texts = new Map([
    ["packages/a/src/index.ts", 'export * from "./declared.ts";'],
    ["packages/a/src/declared.ts", declared],
    [
      "packages/b/src/index.ts",
      'import type { Shown } from "a"; export interface Other { readonly shown: Shown }',
    ],
  ]);
  return { entries: [entry("a"), entry("b")], read: (path) => texts.get(path) };
}

const rows: readonly Row[] = [
  ["nothing", "export const a: number = 1;", "export const a: number = 2;", undefined],
  ["a text that is exported", 'export const a = "x";', 'export const a = "y";', "major", "a"],
  ["a number that is exported", "export const a = 1;", "export const a = 2;", "minor", "a"],
  [
    "a value of a list",
    'export const a = ["x", "y"] as const;',
    'export const a = ["x"] as const;',
    "major",
    "a",
  ],
  [
    "a further value of a list",
    'export const a = ["x"] as const;',
    'export const a = ["x", "y"] as const;',
    "minor",
    "a",
  ],
  [
    "a name in an object",
    "export const a = { x: { y: 1 } } as const;",
    "export const a = { z: { y: 1 } } as const;",
    "major",
    "a.x",
  ],
  [
    "a parameter that must be passed",
    "export function f(a: string): void {}",
    "export function f(a: string, b: string): void {}",
    "major",
    "f",
  ],
  [
    "a parameter that may be passed",
    "export function f(a: string): void {}",
    "export function f(a: string, b?: string): void {}",
    "minor",
    "f",
  ],
  [
    "an option that must be passed",
    "export interface O { a?: string } export function f(o: O): void {}",
    "export interface O { a?: string; b: string } export function f(o: O): void {}",
    "major",
    "O.b",
  ],
  [
    "an option that is only read by what the consumer writes",
    "export interface O { a?: string } export function f(g: (o: O) => void): void {}",
    "export interface O { a?: string; b: string } export function f(g: (o: O) => void): void {}",
    "minor",
    "O.b",
  ],
  [
    "what a promise brings",
    "export function f(): Promise<string> { return Promise.resolve(''); }",
    "export function f(): Promise<string | undefined> { return Promise.resolve(''); }",
    "major",
    "f",
  ],
  [
    "what a class keeps to itself",
    "export class C { #a = 1; private b = 2; run(): void {} }",
    "export class C { #c = 1; private d = 2; run(): void { this.#c += this.d; } }",
    undefined,
  ],
  [
    "a method of a class",
    "export class C { run(): void {} stop(): void {} }",
    "export class C { run(): void {} }",
    "major",
    "C.stop",
  ],
  ["a value that is only a type", "export class C {}", "export interface C {}", "major", "C"],
  [
    "a type from a package that is not there",
    "export function f(a: Elsewhere): void {}",
    "export function f(a: Nowhere): void {}",
    "major",
    "f.(a)",
  ],
];

/** Events, two of which say how they ended. */
const events = (lost: string): string =>
  `export interface Began { type: "began"; at: string }
   export interface Ended { type: "ended"; as: "done" | ${lost} }
   export interface Failed { type: "failed"; why: "bug" | ${lost} }
   export declare function next(): Began | Ended | Failed;
   export declare function last(): { end: Ended | Failed };`;

describe("what consumers of a package can name, by its declarations", () => {
  test.each(rows.map((row) => [row[0], row] as const))(
    "%s",
    (_, [, before, after, bump, where]) => {
      const changes = compareSurfaces(surface(before), surface(after));
      const [first] = changes.toSorted((a, b) => (a.bump < b.bump ? -1 : 1));
      expect(first && { bump: first.bump, where: first.where }).toEqual(bump && { bump, where });
    },
  );

  test("is said of the alternatives that changed, and not of the unions that have them", () => {
    const changes = compareSurfaces(surface(events('"stopped"')), surface(events("never")));
    expect(changes.map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'Ended.as: the union loses "stopped"',
      'Failed.why: the union loses "stopped"',
    ]);
  });

  test("names the alternatives that a union gains and loses", () => {
    const [change] = compareSurfaces(
      surface("export declare function f(): string | string[] | { a: string };"),
      surface("export declare function f(): string | boolean;"),
    );
    expect(change?.what).toBe("the union gains false, true and loses string[], { a: string; }");
  });

  test("is one change where a property has another name", () => {
    const changes = compareSurfaces(
      surface("export declare function f(o: { first_name: string; b: string }): void;"),
      surface("export declare function f(o: { firstName: string; b: string }): void;"),
    );
    expect(changes.map(({ what }) => what)).toEqual([
      "it is removed, or is now called `firstName`",
    ]);
  });

  test("is not called renamed for a type that cannot be known", () => {
    const changes = compareSurfaces(
      surface("export type A = Elsewhere;"),
      surface("export interface B { b: string }"),
    );
    expect(changes.map(({ id, where }) => [id, where])).toEqual([
      ["types-export-removed", "A"],
      ["types-export-added", "B"],
    ]);
  });

  test("is seen in each package that shows it, and in no other", () => {
    const shown = compareSurfaces(
      surface("export interface Shown { a: string } export interface Hidden { a: string }"),
      surface(
        "export interface Shown { a: string; b: string } export interface Hidden { a: string }",
      ),
    );
    expect(shown.map(({ where, packages }) => [where, packages])).toEqual([
      ["Shown.b", ["a"]],
      ["Shown.b", ["b"]],
    ]);
  });
});
