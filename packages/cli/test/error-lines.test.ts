import { startMockServer } from "@qontext/sync-log-mock";
import { expect, test } from "vitest";
import { errorDetailLines, errorLine } from "../src/text/error-lines.ts";
import { linesOf, runCli } from "./support/run-cli.ts";

test("an error is one line that says what to do, and --verbose adds attempts and cause", async () => {
  const closed = await startMockServer();
  await closed.close();
  const args = [
    "get",
    "ws_123e4567-e89b-12d3-a456-426614174000",
    "sync_123e4567-e89b-12d3-a456-426614174000",
  ];
  const short = await runCli(closed.url, args);
  expect(linesOf(short.stderr)).toHaveLength(1);
  expect(short.stderr).toMatch(/^sync-log: .*Check/u);
  const long = linesOf((await runCli(closed.url, [...args, "--verbose"])).stderr);
  expect(long.filter((line) => line.startsWith("  attempt "))).toHaveLength(3);
  expect(long.some((line) => line.startsWith("  caused by "))).toBe(true);
});

test("an error names the options of the command, and not those of the client", () => {
  expect(errorLine(new Error("Check `baseUrl` and the network, or raise `maxWaitMs`."))).toBe(
    "Check --base-url and the network, or raise --max-wait.",
  );
  expect(errorLine(new Error("More than 10 bytes. Raise `maxResponseBytes`."))).toBe(
    "More than 10 bytes.",
  );
});

test.each([
  [["--base-url", "nowhere"], {}, "The base URL from --base-url is not a URL."],
  [[], { QONTEXT_BASE_URL: "nowhere" }, "The base URL from QONTEXT_BASE_URL is not a URL."],
  [["--base-url", "http://example.com"], {}, "use https://, or QONTEXT_DANGEROUSLY_ALLOW_HTTP=1"],
])("a wrong base URL is named as it was given: %j %j", async (options, env, message) => {
  const run = await runCli("", ["get", "ws_1", "sync_1", ...options], { env });
  expect(run.code).toBe(2);
  expect(run.stderr).toContain(message);
});

test("a cause that is its own cause ends", () => {
  const error = new Error("loop");
  error.cause = error;
  expect(errorDetailLines(error).length).toBeLessThan(10);
});
