import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createCliOutput } from "../../src/cli/cli-output.ts";

test("what is printed has nothing that a terminal acts on, and reads back as it was", async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = createCliOutput(stdout, stderr, undefined);
  const id = "a\u001b[2J\u009b1m\u007f\u202e\u2028b";
  await output.line({ id });
  output.logger.error(id, {});
  output.complain(`Line 1: ${id}\nLine 2\n`);
  const [printed, logged] = [stdout, stderr].map((stream) => String(stream.read()));
  expect(JSON.parse(printed ?? "")).toEqual({ id });
  expect(`${printed}${logged}`.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(logged?.split("\n")).toHaveLength(4);
});
