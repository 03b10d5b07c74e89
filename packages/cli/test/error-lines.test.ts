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

test("what a server says cannot move the cursor or begin a new line", () => {
  const line = errorLine(new Error("gone\u001b[2J\r\n\u001b]0;title\u0007 \u202eevil"));
  expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
  expect(line).toContain("gone");
});

test("a cause that is its own cause ends", () => {
  const error = new Error("loop");
  error.cause = error;
  expect(errorDetailLines(error).length).toBeLessThan(10);
});
