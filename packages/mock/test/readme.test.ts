import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { faultMembers } from "../src/faults/check-fault.ts";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

test("names every kind of fault and every member", () => {
  const [, table = ""] = readme.split("### Faults");
  for (const [kind, members] of Object.entries(faultMembers)) {
    for (const name of [kind, ...Object.keys(members)]) expect(table).toContain(`\`${name}\``);
  }
});

test("opens with code that runs as it is", async () => {
  const [, code = ""] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  const folder = new URL("../artifacts/", import.meta.url);
  await mkdir(folder, { recursive: true });
  const file = new URL("readme-example.ts", folder);
  await writeFile(file, code);
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(file)]);
  expect(stdout).toBe("503 status\n");
});
