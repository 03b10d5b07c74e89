import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const tools = join(import.meta.dirname, "tools");

it("the fetch of each package is one for the client, without a cast", async () => {
  const tsc = join(tools, "node_modules/.bin/tsc");
  const { stdout } = await promisify(execFile)(tsc, ["-p", tools]);
  expect(stdout).toBe("");
});
