import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));

it("the README opens with an example that prints what it says", () => {
  const readme = readFileSync(`${folder}/README.md`, "utf8");
  const example = /^```js\n([^]*?)^```$/m.exec(readme)?.[1] ?? "";
  const expected = /^\/\/ (.+)$/m.exec(example)?.[1];
  const run = spawnSync(process.execPath, ["--input-type=module"], {
    cwd: folder,
    input: example,
    encoding: "utf8",
  });
  expect(run.stderr).toBe("");
  expect(run.stdout.trimEnd()).toBe(expected);
});
