import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { becomes } from "../../redis-faults/until.ts";
import { operationsFile } from "./tools.ts";

/** Debian has it. */
export const hasPrometheus: boolean = spawnSync("prometheus", ["--version"]).status === 0;

if (!hasPrometheus && process.env["CI"]) throw new Error("Prometheus is not installed.");

/** A Prometheus that scrapes one worker, with the rules that operators take. */
export interface Prometheus extends AsyncDisposable {
  /** The names of the alerts that fire. */
  firing(): Promise<string[]>;
}

/** Starts it with the files of the example, in a hurry: each half second, and without the time that an alert waits. */
export async function startPrometheus(target: string): Promise<Prometheus> {
  const folder = scratchFolder();
  const config = readFileSync(operationsFile("prometheus.yaml"), "utf8")
    .replaceAll(/_interval: \w+/gu, "_interval: 500ms")
    .replace(/targets: .*/u, `targets: ["${target}"]`);
  writeFileSync(join(folder.path, "prometheus.yaml"), config);
  const rules = readFileSync(operationsFile("alerts.yaml"), "utf8");
  writeFileSync(join(folder.path, "alerts.yaml"), rules.replaceAll(/for: \w+/gu, "for: 0s"));

  const address = `127.0.0.1:${await freePort()}`;
  const options = [
    `--config.file=${join(folder.path, "prometheus.yaml")}`,
    `--storage.tsdb.path=${join(folder.path, "data")}`,
    `--web.listen-address=${address}`,
  ];
  const child = spawn("prometheus", options, { stdio: "ignore" });
  const exited = once(child, "exit");
  const read = async (path: string): Promise<unknown> =>
    Object(await (await fetch(`http://${address}/api/v1/${path}`)).json()).data;
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await exited;
    folder[Symbol.dispose]();
  };
  const isScraping = async (): Promise<boolean> => {
    const { activeTargets } = Object(await read("targets"));
    return activeTargets.some(({ health }: { health: string }) => health === "up");
  };
  if (!(await becomes(isScraping, 60_000))) {
    await stop();
    throw new Error("Prometheus does not scrape the worker.");
  }
  return {
    firing: async () => {
      const { alerts } = Object(await read("alerts"));
      const firing = alerts.filter(({ state }: { state: string }) => state === "firing");
      const names: string[] = firing.map(
        ({ labels }: { labels: { alertname: string } }) => labels.alertname,
      );
      return [...new Set(names)].toSorted();
    },
    [Symbol.asyncDispose]: stop,
  };
}
