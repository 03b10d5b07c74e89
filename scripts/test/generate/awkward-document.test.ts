import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isJsonObject, valueAt } from "@qontext/sync-log-document";
import { compileFolder } from "./support/compile-folder.ts";
import { runInProcess } from "./support/run-generator.ts";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";

const fixture = fileURLToPath(new URL("fixtures/awkward.yaml", import.meta.url));

describe("a document of everything that is allowed and hardly ever seen", () => {
  const scratch = scratchFolder();
  let result: Awaited<ReturnType<typeof runInProcess>>;
  beforeAll(async () => {
    result = await runInProcess(["--spec", fixture, "--out", "."], scratch.path);
  });
  afterAll(() => scratch[Symbol.dispose]());

  test("goes through", () => {
    expect(result).toMatchObject({ exitCode: 0 });
  });

  test("gives code that compiles by the strict settings of this repository", () => {
    expect(compileFolder(scratch.path)).toBe("");
  });

  test("gives modules that run, with an export for each schema", async () => {
    for (const file of readdirSync(scratch.path).filter((name) => name.endsWith(".ts"))) {
      await import(pathToFileURL(join(scratch.path, file)).href);
    }
    const document: unknown = parse(readFileSync(fixture, "utf8"));
    const schemas = valueAt(document, "#/components/schemas");
    const names = Object.keys(isJsonObject(schemas) ? schemas : {});
    const types = readFileSync(join(scratch.path, "types.ts"), "utf8").match(
      /^export (?:type (?!webhooks|\$defs)\S+ =|interface (?!paths|components|operations)\S+ \{)/gm,
    );
    const validators = readFileSync(join(scratch.path, "validators.ts"), "utf8").match(
      /^export const/gm,
    );
    expect(names.length).toBeGreaterThan(40);
    expect(types).toHaveLength(names.length);
    expect(validators).toHaveLength(names.length);
  });

  test("says what it could not take as it is, and where", () => {
    const said = result.output.matchAll(/^warning (\S+): .*\(at (.*)\)$/gm);
    const at = "#/components/schemas";
    expect([...said].map(([, rule, pointer]) => `${rule} ${pointer}`).toSorted()).toEqual([
      `enum-value ${at}/Objects`,
      `enum-value ${at}/Objects`,
      `format ${at}/BadFormat/format`,
      `keyword ${at}/Dyn/$dynamicRef`,
      `name-changed ${at}/Error`,
      `name-changed ${at}/Promise`,
      `name-changed ${at}/Status`,
      `name-changed ${at}/error`,
      `name-changed ${at}/with-dot`,
      "operation-id #/paths/~1things~1{thing-id}/delete",
      `pattern ${at}/BadPattern/pattern`,
      `pattern ${at}/MapOf/patternProperties/[`,
      `pattern ${at}/Posix/pattern`,
      `schema ${at}/constructor/properties/__proto__`,
    ]);
  });
});
