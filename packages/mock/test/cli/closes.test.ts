import { expect, test } from "vitest";
import { startCommand } from "./command.ts";

test.each(["SIGINT", "SIGTERM"] as const)(
  "ends on %s, with requests in flight finished and those that never end cut off",
  async (signal) => {
    await using command = startCommand(
      "--port 0 --json --scenario at-completed --scenario at-failed --latency 100ms".split(" "),
    );
    const report: { url: string; syncs: { workspaceId: string; id: string }[] } = JSON.parse(
      await command.printed("\n"),
    );
    const [slow, stalled] = report.syncs.map(
      ({ workspaceId, id }) => `${report.url}/workspaces/${workspaceId}/sync-logs/${id}`,
    );
    const sync = report.syncs[1];
    await fetch(`${report.url}/_mock/api/faults`, {
      method: "POST",
      body: JSON.stringify({
        fault: { kind: "stall", at: "header" },
        target: { workspaceId: sync?.workspaceId, id: sync?.id },
      }),
    });
    const headers = { "X-API-Key": "q_sk_test" };
    const finished = fetch(slow ?? "", { headers }).then((response) => response.status);
    const cutOff = fetch(stalled ?? "", { headers }).then(
      () => "answered",
      () => "cut off",
    );
    await expect
      .poll(async () => {
        const response = await fetch(`${report.url}/_mock/api/requests`);
        const { count }: { count: number } = JSON.parse(await response.text());
        return count;
      })
      .toBe(2);
    command.child.kill(signal);
    const { code } = await command.ended;
    expect(code).toBe(0);
    expect(await finished).toBe(200);
    expect(await cutOff).toBe("cut off");
  },
);
