import https from "node:https";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { createSyncLogClient, type Fetch } from "@qontext/sync-log-client";
import { commandEnvironment, runCommand } from "@qontext/sync-log-test-support/run-command";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { beforeAll, describe, expect, it } from "vitest";
import { type Certificates, createCertificates } from "./support/certificates.ts";
import { nodeTransports, onNodeHttp } from "./support/node-transports.ts";
import { toolsFolder } from "./support/other-packages.ts";
import { startProxy } from "./support/start-proxy.ts";
import { apiKey, completed, target } from "./support/sync-logs.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";

let certificates: Certificates;
beforeAll(async () => {
  certificates = await createCertificates();
});

const connect = (baseUrl: string, fetch: Fetch) =>
  createSyncLogClient({ apiKey, baseUrl, fetch, retry: { baseDelayMs: 1 } });

const answer: Parameters<typeof startServer>[0] = (_, response) => void response.end(completed);

describe.each(nodeTransports)("%s", (_, create) => {
  it("accepts an authority of the caller's, and shows a client certificate", async () => {
    const { ca, server: own, client } = certificates;
    const server = await startServer(answer, {
      tls: { ...own, ca, requestCert: true, rejectUnauthorized: true },
    });
    const call = connect(server.url, create({ ca, ...client })).getSyncLog(target);
    await expect(call).resolves.toMatchObject({ id: target.id });
    const without = connect(server.url, create({ ca })).getSyncLog(target);
    await expect(without).rejects.toMatchObject({ code: "connection_failed" });
    expect(server.requests.length).toBe(1);
  });

  it.each([
    ["of an unknown authority", "server", false, /UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/],
    ["that has expired", "expired", true, /CERT_HAS_EXPIRED/],
    ["of another host", "ofAnotherHost", true, /ERR_TLS_CERT_ALTNAME_INVALID/],
  ] as const)(
    "does not ask a server twice with a certificate %s",
    async (_name, which, isKnown, code) => {
      const { ca } = certificates;
      const server = await startServer(answer, { tls: certificates[which] });
      const connections = connect(server.url, create(isKnown ? { ca } : {}));
      const error: unknown = await connections.getSyncLog(target).catch((thrown) => thrown);
      expect(error).toMatchObject({
        code: "connection_failed",
        message: expect.stringMatching(code),
      });
      expect(error).toHaveProperty("attempts.length", 1);
    },
  );

  it("goes through a proxy with a password, and not where it need not", async () => {
    const { ca, server: own } = certificates;
    const proxy = await startProxy("s3cret");
    const withPassword = proxy.url.replace("//", "//user:s3cret@");
    const secure = await startServer(answer, { tls: own });
    const plain = await startServer(answer);
    for (const { url } of [secure, plain]) {
      await connect(url, create({ ca }, withPassword)).getSyncLog(target);
    }
    expect(proxy.asked).toHaveLength(2);
    expect(proxy.asked[0]).toBe(`CONNECT 127.0.0.1:${secure.port}`);
    await connect(secure.url, create({ ca }, withPassword, "127.0.0.1")).getSyncLog(target);
    expect(proxy.asked).toHaveLength(2);
  });

  it("asks a proxy once that refuses a password, and shows no password", async () => {
    const { ca, server: own } = certificates;
    const proxy = await startProxy("s3cret");
    const server = await startServer(answer, { tls: own });
    const fetch = create({ ca }, proxy.url.replace("//", "//user:wr0ng@"));
    const error: unknown = await connect(server.url, fetch)
      .getSyncLog(target)
      .catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: "connection_failed",
      message: expect.stringContaining("407"),
    });
    expect(String(error)).not.toContain("wr0ng");
    expect(proxy.asked).toHaveLength(1);
  });

  it("asks a proxy again that does not reach the server", async () => {
    const { ca, server: own } = certificates;
    const proxy = await startProxy(undefined, 502);
    const server = await startServer(answer, { tls: own });
    const call = connect(server.url, create({ ca }, proxy.url)).getSyncLog(target);
    await expect(call).rejects.toMatchObject({ code: "connection_failed" });
    expect(proxy.asked).toHaveLength(3);
  });
});

it("an agent of the caller's makes the connections of createNodeFetch", async () => {
  const { ca, server: own } = certificates;
  const server = await startServer(answer, { tls: own });
  const agent = new https.Agent({ ca, keepAlive: true });
  await connect(server.url, onNodeHttp({ agent })).getSyncLog(target);
  expect(Object.keys(agent.freeSockets)).toHaveLength(1);
  agent.destroy();
});

it.each([
  ["fetch", { NODE_USE_ENV_PROXY: "1" }],
  ["createNodeFetch", { NODE_USE_ENV_PROXY: "1" }],
  ["createNodeFetch", { NODE_OPTIONS: "--use-env-proxy" }],
])(
  "the environment of Node says which proxy and which authority %s uses",
  async (transport, env) => {
    const proxy = await startProxy();
    const server = await startServer(answer, { tls: certificates.server });
    using folder = scratchFolder();
    const authority = join(folder.path, "ca.pem");
    writeFileSync(authority, certificates.ca);
    const { stdout } = await runCommand("node", ["read-once.mjs", transport, server.url], {
      cwd: toolsFolder,
      env: {
        ...commandEnvironment(),
        ...env,
        HTTPS_PROXY: proxy.url,
        NODE_EXTRA_CA_CERTS: authority,
        QONTEXT_API_KEY: apiKey,
      },
    });
    expect(stdout.trim()).toBe(target.id);
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
  },
);
