import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createCliOutput } from "../../src/cli/cli-output.ts";

const key = 'q_sk_odd+/"key"=';

test.each([
  key,
  encodeURIComponent(key).toLowerCase(),
  JSON.stringify(JSON.stringify(key)),
  Buffer.from(`user:${key}`).toString("base64"),
  Buffer.from(key).toString("hex"),
])("no line has the key, written %s", async (form) => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const output = createCliOutput(stdout, stderr, key);
  await output.line({ syncLog: { errorMessage: `bad ${form}`, recordsIngested: 12 } });
  output.logger.warn("onOutcome failed", { error: `with ${form}` });
  output.complain(`sync-log-watcher: ${form}\n`);
  const printed = [...String(stdout.read()).split("\n"), ...String(stderr.read()).split("\n")];
  const [line, empty, log, complaint] = printed;
  expect(JSON.parse(line ?? "")).toMatchObject({ syncLog: { recordsIngested: 12 } });
  expect(empty).toBe("");
  expect(JSON.parse(log ?? "")).toMatchObject({ level: "warn" });
  expect(complaint).toContain("[redacted]");
  for (const text of printed) {
    expect(text).not.toContain(form);
    expect(text).not.toContain(JSON.stringify(form).slice(1, -1));
  }
});
