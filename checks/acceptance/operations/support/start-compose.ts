import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { becomes } from "../../redis-faults/until.ts";
import { parseYaml } from "./tools.ts";

/** What a service of a compose file says of how it runs. */
interface ComposeService {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly expose?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly stop_grace_period?: string;
}

/** A service of a compose file, as a process of this machine. */
export interface RunningService {
  readonly child: ChildProcess;
  stdout: string;
  stderr: string;
  /** The address of its port. */
  readonly address: string;
  readonly stopGraceMs: number;
  /** Runs a command as `docker compose exec` would; throws unless it succeeds. */
  exec(command: readonly string[]): string;
}

export interface Compose extends AsyncDisposable {
  service(name: string): RunningService;
}

/** The commands of this repository's packages. */
const commands = join(import.meta.dirname, "../../../node_modules/.bin");

/** Starts the services of a compose file in the order in which they depend on each other, each once those are healthy. */
export async function startCompose(file: string): Promise<Compose> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(scratchFolder());
  // `$$` is a dollar, and each variable has its default.
  const text = readFileSync(file, "utf8").replaceAll(/\$\{\w+:-([^}]*)\}/gu, "$1");
  const { services: specs } = Object(parseYaml(text));
  const names = Object.keys(specs);
  const ports = new Map<string, [inside: string, outside: number]>();
  for (const name of names) ports.set(name, [specs[name].expose[0], await freePort()]);

  /** Names and ports of the containers' network, as they are on this machine. */
  const placed = (name: string, value: string): string => {
    let result = value.replaceAll("0.0.0.0", "127.0.0.1");
    for (const [other, [inside, outside]] of ports) {
      result = result.replaceAll(`${other}:${inside}`, `127.0.0.1:${outside}`);
    }
    const [inside, outside] = ports.get(name) ?? ["", 0];
    return result.replaceAll(new RegExp(`\\b${inside}\\b`, "gu"), String(outside));
  };

  const started = stack.use(new AsyncDisposableStack());
  const services = new Map<string, RunningService>();
  const start = async (name: string): Promise<void> => {
    const spec: ComposeService = specs[name];
    for (const [other, { condition }] of Object.entries(spec.depends_on ?? {})) {
      if (condition !== "service_healthy") throw new Error(`Unknown condition ${condition}.`);
      if (!services.has(other)) await start(other);
    }
    if (services.has(name)) return;
    const environment = Object.entries(spec.environment ?? {});
    const env = {
      ...process.env,
      PATH: `${commands}:${process.env["PATH"]}`,
      ...Object.fromEntries(environment.map(([key, value]) => [key, placed(name, value)])),
    };
    const cwd = join(folder.path, name);
    mkdirSync(cwd);
    const [command = "", ...args] = spec.command.map((word) => placed(name, word));
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const service: RunningService = {
      child,
      stdout: "",
      stderr: "",
      address: `127.0.0.1:${ports.get(name)?.[1]}`,
      stopGraceMs: Number.parseInt(spec.stop_grace_period ?? "10s", 10) * 1000,
      exec: ([program = "", ...rest]) => {
        const words = rest.map((word) => placed(name, word));
        const { status, stdout, stderr } = spawnSync(program, words, { env, encoding: "utf8" });
        if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
        return stdout;
      },
    };
    services.set(name, service);
    child.stdout.on("data", (chunk) => (service.stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (service.stderr += String(chunk)));
    started.defer(async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    });
    const [kind, ...test] = spec.healthcheck?.test ?? [];
    if (kind !== "CMD") throw new Error(`${name} has no health check.`);
    const isWell = await becomes(async () => {
      service.exec(test);
      return true;
    }, 60_000);
    if (!isWell) throw new Error(`${name} did not become healthy: ${service.stderr}`);
  };
  for (const name of names) await start(name);

  const kept = stack.move();
  return {
    service: (name) => {
      const service = services.get(name);
      if (service === undefined) throw new Error(`There is no service ${name}.`);
      return service;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
