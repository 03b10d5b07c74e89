import type { ConnectionOptions } from "node:tls";
import type { Fetch } from "@qontext/sync-log-client";
import { createNodeFetch, createUndiciFetch } from "@qontext/sync-log-client/node";
import { type Dispatcher, load, type Undici } from "./other-packages.ts";
import { closeAfterTest } from "@qontext/sync-log-test-support/start-server";

/** The versions of undici that people have, by name. */
export const undicis: [string, Undici][] = ["undici-6", "undici-7", "undici-8"].map((name) => [
  name,
  load<Undici>(name),
]);

/** The client's transport on a dispatcher of any of the versions, which is closed when the test is over. */
export function onUndici(
  dispatcher: Dispatcher,
  close: () => Promise<void> = () => dispatcher.destroy(),
): Fetch {
  closeAfterTest(close);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every version's dispatcher is to be taken
  return createUndiciFetch(dispatcher as unknown as Parameters<typeof createUndiciFetch>[0]);
}

/** The client's transport on `node:http`, closed when the test is over. */
export function onNodeHttp(options: Parameters<typeof createNodeFetch>[0] = {}): Fetch {
  const fetch = createNodeFetch(options);
  closeAfterTest(() => Promise.resolve(fetch.close()));
  return fetch;
}

/** Makes a `fetch` that accepts and shows these certificates, and uses this proxy. */
export type CreateTransport = (tls: ConnectionOptions, proxy?: string, noProxy?: string) => Fetch;

/** Both transports of the client for Node. */
export const nodeTransports: [string, CreateTransport][] = [
  [
    "createNodeFetch",
    (tls, proxy, noProxy) =>
      onNodeHttp({
        tls,
        proxyEnv: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: noProxy },
      }),
  ],
  ...undicis.map(([name, undici]): [string, CreateTransport] => [
    `createUndiciFetch on ${name}`,
    (tls, proxy, noProxy = "") => {
      if (proxy === undefined) return onUndici(new undici.Agent({ connect: tls }));
      const proxies = { httpProxy: proxy, httpsProxy: proxy, noProxy };
      return onUndici(new undici.EnvHttpProxyAgent({ ...proxies, requestTls: tls, connect: tls }));
    },
  ]),
];

/** What the mocks of the network say that they see. */
export const seenByMocks: [string, () => Fetch | undefined][] = [
  ["the global fetch", () => undefined],
  ["createNodeFetch", () => onNodeHttp()],
  ["node-fetch 2", () => load<Fetch>("node-fetch-2")],
  ["node-fetch 3", () => load<{ default: Fetch }>("node-fetch-3").default],
];
