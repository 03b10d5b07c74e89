import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

/** One instance of the service, in a process of its own. */
export interface Service extends AsyncDisposable {
  /** Starts an import; gives its id. */
  startImport(): Promise<string>;
  /** What the service tells about an import. */
  find(id: string): Promise<unknown>;
  /** Stops it as an orchestrator does; resolves to its exit code. */
  stop(): Promise<number | null>;
}

export async function startService(env: Record<string, string>): Promise<Service> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, REDIS_URL: "", HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
  });
  const [line]: unknown[] = await Promise.race([
    once(child.stdout, "data"),
    exited.then((code) => [`It has ended with ${code}.`]),
  ]);
  const port = /port (\d+)/u.exec(String(line))?.[1];
  if (port === undefined) throw new Error(`The service did not start: ${String(line)}`);
  const url = `http://127.0.0.1:${port}/imports`;
  const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    return exited;
  };
  return {
    startImport: async () => {
      const body: unknown = await (await fetch(url, { method: "POST", body: "[{}]" })).json();
      if (typeof body === "object" && body !== null && "id" in body) return String(body.id);
      throw new Error(`The import was not started: ${JSON.stringify(body)}`);
    },
    find: async (id) => (await fetch(`${url}/${id}`)).json(),
    stop: () => stop("SIGTERM"),
    [Symbol.asyncDispose]: async () => {
      await stop("SIGKILL");
    },
  };
}
