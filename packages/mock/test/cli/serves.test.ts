import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parseFault } from "../../src/cli/parse-fault.ts";
import { startCommand } from "./command.ts";

const workspace = "ws_11111111-1111-4111-8111-111111111111";

test("prints where it listens, a line that works as it is, and the ids it serves", async () => {
  await using command = startCommand(
    `--port 0 --api-key q_sk_a=${workspace} --seed 3 --scenario at-ingesting --scenario failed@1ms --latency 5ms..10ms --fault 503,times=1,retry-after=7`.split(
      " ",
    ),
  );
  const out = await command.printed("sync  ");
  const curl = /curl .*/.exec(out)?.[0] ?? "";
  const run = async (): Promise<string> =>
    (await promisify(execFile)("sh", ["-c", curl.replace("curl", "curl -s -i")])).stdout;
  const failed = await run();
  expect(failed).toMatch(/^HTTP\/1\.1 503/);
  expect(failed).toMatch(/retry-after: 7/);
  const answer = await run();
  expect(answer).toMatch(/^HTTP\/1\.1 200/);
  expect(answer).toContain('"status":"ingesting"');
  expect(answer).toContain(workspace);
  const ids = [...out.matchAll(/sync_[0-9a-f-]{36}/g)].map(([id]) => id);
  expect(new Set(ids).size).toBe(2);
  expect(out).not.toContain("any machine");
});

test("prints one line of JSON where asked, and the same ids for the same seed", async () => {
  const reports: { url: string; page: string; curl: string; syncs: { id: string }[] }[] = [];
  for (let index = 0; index < 2; index++) {
    await using command = startCommand([
      "--port",
      "0",
      "--json",
      "--seed",
      "3",
      "--scenario",
      "stopped",
    ]);
    const out = await command.printed("\n");
    expect(out.trim().split("\n")).toHaveLength(1);
    reports.push(JSON.parse(out));
  }
  expect(reports[0]?.syncs).toEqual(reports[1]?.syncs);
  expect(reports[0]?.page).toBe(`${reports[0]?.url}/_mock/`);
});

test("says so when other machines can reach it", async () => {
  await using command = startCommand(["--port", "0", "--host", "0.0.0.0"]);
  expect(await command.printed("any machine")).toContain("http://127.0.0.1:");
});

test("serves another document, without anything to control where it has no lifecycle", async () => {
  const spec = new URL("../../control-api.openapi.yaml", import.meta.url).pathname;
  await using command = startCommand(["--port", "0", "--spec", spec]);
  const out = await command.printed("try");
  expect(out).not.toContain("sync  ");
  const [, url = ""] = /ready at (\S+)/.exec(out) ?? [];
  expect((await fetch(`${url}/info`)).status).toBe(200);
});

test("tells its version and its options", async () => {
  expect((await startCommand(["--version"]).ended).out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  const { code, out } = await startCommand(["--help"]).ended;
  expect(code).toBe(0);
  for (const option of [
    "--port",
    "--api-key",
    "--scenario",
    "--latency",
    "--fault",
    "--seed",
    "--spec",
    "--json",
    "--host",
  ]) {
    expect(out).toContain(option);
  }
  const faults = [...out.matchAll(/--fault (\S+,\S+)/g)].map(([, fault = ""]) => parseFault(fault));
  expect(faults).toHaveLength(3);
});
