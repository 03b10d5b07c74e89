import { createServer } from "node:net";
import { expect, test } from "vitest";
import { run } from "../../src/cli/run.ts";
import { startCommand } from "./command.ts";

test.each([
  [["--bogus"], "Unknown option '--bogus'"],
  [["extra"], "extra"],
  [["--port"], "--port"],
  [["--port", "70000"], "--port takes a whole number, 0 to 65535"],
  [["--api-key", "q_sk_a"], "--api-key takes KEY=WORKSPACE"],
  [["--api-key", "q_sk_a=nowhere"], "workspaceId"],
  [["--scenario", "nothing"], "use one of: completed"],
  [["--scenario", "completed@soon"], "duration"],
  [["--latency", "slow"], "duration"],
  [["--latency", "5ms..1ms"], "shorter delay first"],
  [["--fault", "gremlin"], 'Unknown fault "gremlin"'],
  [["--fault", "503,tims=3"], 'no "tims"'],
  [["--fault", "stall,at=tail"], "header or body"],
  [["--fault", "503,probability=2"], "from 0 to 1"],
  [["--fault", "503,operation=listLogs"], "use one of: getSyncLog, listSyncLogs"],
  [["--fault", "unlisted"], "for the one that lists are to leave out"],
  [["--list-order", "random"], "one of newest-first, oldest-first, shuffled"],
  [["--spec", "/nowhere.yaml"], "/nowhere.yaml cannot be read"],
  [["--spec", "package.json"], "must be OpenAPI 3.0 or 3.1"],
  [["--host", "no.such.host.invalid"], "no.such.host.invalid"],
])("gives 2 and one line for %j", async (args, message) => {
  let out = "";
  let error = "";
  const code = await run(["--port", "0", ...args], {
    writeOut: (text) => (out += text),
    writeError: (text) => (error += text),
    stopped: Promise.resolve(),
  });
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(error.trimEnd().split("\n")).toHaveLength(1);
  expect(error).toMatch(/^sync-log-mock: /);
  expect(error).toContain(message);
});

test("ends a process with 2 and one line for an unknown option", async () => {
  const { code, out, error } = await startCommand(["--bogus"]).ended;
  expect([code, out]).toEqual([2, ""]);
  expect(error).toBe("sync-log-mock: Unknown option '--bogus'. --help lists the options.\n");
});

test("ends a process with 2 and one line for a port that is taken", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => void other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const { code, error } = await startCommand(["--port", port]).ended;
  other.close();
  expect(code).toBe(2);
  expect(error).toBe(
    `sync-log-mock: Port ${port} on 127.0.0.1 is taken; choose another one, or 0 for a free one.\n`,
  );
});
