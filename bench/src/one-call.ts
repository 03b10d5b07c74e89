import { clients } from "./clients.ts";
import { measureInRotation } from "./in-rotation.ts";
import { type Effort, toTable, verdict } from "./measure.ts";

/** One call after the other over a stubbed fetch. */
export async function measureOneCall(effort: Effort): Promise<string> {
  const names = Object.keys(clients).filter((name) => clients[name]?.hasTransport !== true);
  // They take a tenth of the time that they would over a network.
  const measured = await measureInRotation(names, { ...effort, calls: effort.calls * 3 }, 1);
  const rows = measured.map(({ name, wallUs, wallRatio, cpuRatio, kilobytes }) => [
    name,
    clients[name]?.isResilient === true ? "yes" : "no",
    wallUs.toFixed(1),
    wallRatio.toFixed(2),
    cpuRatio.toFixed(2),
    kilobytes.toFixed(1),
    name.startsWith("@qontext")
      ? `${verdict(wallRatio, 1.2, true)}; ${verdict(kilobytes, 15, true)} kB`
      : "",
  ]);
  return toTable(
    [
      "client",
      "times out and retries",
      "µs",
      "of raw fetch",
      "in CPU time",
      "kB allocated",
      "goal",
    ],
    rows,
  );
}
