import { fork } from "node:child_process";
import { once } from "node:events";
import { clients, maxConnections } from "./clients.ts";
import { measureInRotation } from "./in-rotation.ts";
import { type Effort, toTable, verdict } from "./measure.ts";

const goals = new Map([
  ["@qontext/sync-log-client", 0.92],
  ["@qontext/sync-log-client, createUndiciFetch", 2.25],
]);

/** Reads from a server in another process, one after the other and fifty at a time. */
export async function measureLoopback(effort: Effort): Promise<string> {
  const server = fork(new URL("loopback-server.ts", import.meta.url));
  try {
    const [port] = await once(server, "message");
    const baseUrl = `http://127.0.0.1:${String(port)}`;
    const names = Object.keys(clients);
    const one = await measureInRotation(names, effort, 1, baseUrl);
    const many = await measureInRotation(names, effort, maxConnections, baseUrl);
    const rows = many.map(({ name, wallUs, wallRatio, cpuRatio }, index) => {
      const speed = 1 / wallRatio;
      const goal = goals.get(name);
      return [
        name,
        (1 / (one[index]?.wallRatio ?? Number.NaN)).toFixed(2),
        (1_000_000 / wallUs).toFixed(0),
        speed.toFixed(2),
        (1 / cpuRatio).toFixed(2),
        goal === undefined ? "" : verdict(speed, goal, false),
      ];
    });
    return toTable(
      [
        "client",
        "one: of raw fetch",
        "fifty: calls per second",
        "of raw fetch",
        "by CPU time",
        "goal",
      ],
      rows,
    );
  } finally {
    server.kill();
  }
}
