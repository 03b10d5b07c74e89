import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerProcess } from "./start-server.ts";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { startServer } from "./start-server.ts";
import { tools } from "./tools.ts";

/** A registry on loopback that knows nothing but what is published into it. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
  /** A token that may publish. */
  readonly token: string;
  /** The published versions of a package, oldest first; empty when it is not there. */
  versions(name: string): Promise<readonly string[]>;
}

export async function startRegistry(folder: string, scope: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const config = {
    storage: join(folder, "storage"),
    auth: { htpasswd: { file: join(folder, "htpasswd"), max_users: 1 } },
    uplinks: {},
    packages: { [`${scope}/*`]: { access: "$all", publish: "$authenticated" } },
    publish: { allow_offline: true },
    middlewares: { audit: { enabled: false } },
    log: { type: "stdout", format: "pretty", level: "warn" },
    max_body_size: "50mb",
  };
  const file = join(folder, "config.json");
  // YAML is a superset of JSON.
  writeFileSync(file, JSON.stringify(config));
  const port = await freePort();
  const args = [tools.verdaccio, "--config", file, "--listen", `127.0.0.1:${port}`];
  const server = await startServer(process.execPath, args, port, "/-/ping");
  const url = `http://127.0.0.1:${port}/`;
  return {
    url,
    token: await createUser(url),
    versions: (name) => publishedVersions(url, name),
    [Symbol.asyncDispose]: () => stop(server),
  };
}

async function stop(server: ServerProcess): Promise<void> {
  await server[Symbol.asyncDispose]();
}

async function createUser(url: string): Promise<string> {
  const response = await fetch(`${url}-/user/org.couchdb.user:releaser`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "releaser", password: "loopback only", type: "user" }),
  });
  const body: unknown = await response.json();
  if (typeof body === "object" && body && "token" in body && typeof body.token === "string")
    return body.token;
  throw new Error(`The registry gave no token: ${JSON.stringify(body)}`);
}

async function publishedVersions(url: string, name: string): Promise<readonly string[]> {
  const response = await fetch(`${url}${name.replace("/", "%2f")}`);
  if (response.status === 404) return [];
  const body: unknown = await response.json();
  if (typeof body !== "object" || !body || !("versions" in body)) return [];
  return Object.keys(body.versions ?? {});
}
