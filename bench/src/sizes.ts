import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { toTable, verdict } from "./measure.ts";

const bundles: readonly [string, string, number | undefined][] = [
  [
    "`createSyncLogReader` (getSyncLog alone)",
    'export { createSyncLogReader } from "@qontext/sync-log-client"',
    7,
  ],
  [
    "`createSyncLogClient` (waiting, too)",
    'export { createSyncLogClient } from "@qontext/sync-log-client"',
    12,
  ],
  [
    "`createOpenapiClient` alone",
    'export { createOpenapiClient } from "@qontext/sync-log-client/openapi"',
    undefined,
  ],
  ["openapi-fetch", 'export { default } from "openapi-fetch"', undefined],
  ["ofetch", 'export { ofetch } from "ofetch"', undefined],
  ["ky", 'export { default } from "ky"', undefined],
  ["@octokit/request", 'export { request } from "@octokit/request"', undefined],
  ["axios", 'export { default } from "axios"', undefined],
  ["openai", 'export { default } from "openai"', undefined],
];

/** What a browser's bundle grows by, minified and gzipped. */
export async function measureSizes(): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const [name, code, goal] of bundles) {
    const kilobytes = await sizeOf(code);
    rows.push([
      name,
      kilobytes.toFixed(1),
      goal === undefined ? "" : verdict(kilobytes, goal, true),
    ]);
  }
  return toTable(["bundle", "kB", "goal"], rows);
}

async function sizeOf(code: string): Promise<number> {
  const id = "virtual:entry";
  const build = await rolldown({
    input: id,
    platform: "browser",
    cwd: import.meta.dirname,
    plugins: [
      {
        name: "entry",
        resolveId: (source) => (source === id ? `${import.meta.dirname}/entry.js` : null),
        load: (file) => (file.endsWith("/entry.js") ? code : null),
      },
    ],
  });
  const { output } = await build.generate({ format: "esm", minify: true });
  return gzipSync(output[0].code, { level: 9 }).byteLength / 1000;
}
