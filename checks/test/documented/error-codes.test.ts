import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { publishedPackages, workspaceRoot } from "@qontext/sync-log-test-support/workspace";

interface ErrorCode {
  readonly code: string;
  readonly className: string;
}

/** The literal codes of error classes, and the members of unions called `…ErrorCode` or `CouldNotJudgeCode`. */
function codesIn(source: string): readonly ErrorCode[] {
  const literals = source.matchAll(
    /class (\w+)(?:(?!\bclass )[^])*?readonly code(?:: string)? = "([^"]+)"/gu,
  );
  const unions = source.matchAll(/type (\w+?)(?:Error|(?<=Judge))Code =([^;]+);/gu);
  return [
    ...[...literals].map(([, className = "", code = ""]) => ({ className, code })),
    ...[...unions].flatMap(([, name = "", members = ""]) =>
      [...members.matchAll(/"([^"]+)"/gu)].map(([, code = ""]) => ({
        className: `${name}Error`,
        code,
      })),
    ),
  ];
}

/** The codes that have a heading or a row of a table of codes. */
function codesOn(page: string): readonly string[] {
  const tables = page.split("\n\n").filter((block) => block.startsWith("| code "));
  const headings = page.matchAll(/^### `([^`]+)`$/gmu);
  const rows = tables.join("\n").matchAll(/^\| `([^`]+)`/gmu);
  return [...headings, ...rows].map(([, code = ""]) => code);
}

/** Every difference between the codes and the page about them. */
function differences(codes: readonly ErrorCode[], page: string): readonly string[] {
  const listed = codesOn(page);
  const known = new Set(codes.map(({ code }) => code));
  return [
    ...codes.flatMap(({ code, className }) => [
      ...(/^[a-z]+(?:_[a-z]+)*$/u.test(code) ? [] : [`${code} is not lower_snake`]),
      ...(listed.includes(code) ? [] : [`${code} is not listed`]),
      ...(page.includes(`\`${className}\``) ? [] : [`${className} is not named`]),
    ]),
    ...listed.filter((code, index) => listed.indexOf(code) < index).map((code) => `${code} twice`),
    ...listed.filter((code) => !known.has(code)).map((code) => `${code} is in no source`),
  ];
}

const page = readFileSync(join(workspaceRoot, "docs/guides/errors.md"), "utf8");
const codes = publishedPackages().flatMap(({ dir }) =>
  readdirSync(join(dir, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("generated/"))
    .flatMap((file) => codesIn(readFileSync(join(dir, "src", file), "utf8"))),
);

test("the page of error codes lists every code of the packages, all in one style", () => {
  expect(codes.length).toBeGreaterThan(35);
  expect(differences(codes, page)).toEqual([]);
});

test("the comparison sees a code that is new, of another style, or gone", () => {
  const source = `
    export class NewError extends Error {
      readonly code = "ERR_NEW";
    }
    export type OtherErrorCode = "other_one" | "other_two";`;
  const sample = "### `gone`\n\n| code | x |\n| --- | --- |\n| `other_one` | `OtherError` |";
  expect(differences(codesIn(source), sample)).toEqual([
    "ERR_NEW is not lower_snake",
    "ERR_NEW is not listed",
    "NewError is not named",
    "other_two is not listed",
    "gone is in no source",
  ]);
});
