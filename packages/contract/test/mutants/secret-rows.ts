import type { MutantRow } from "./mutant.ts";
import { changeLog, fields, onStatus, successHeaders } from "./mutant.ts";
import { ids } from "./world.ts";

/** Providers that show a credential, or an address of their network. */
export const secretRows: readonly MutantRow[] = [
  ...(
    [
      ["secret-connection", { databaseUrl: "postgres://app:hunter2@db:5432/app" }],
      ["secret-token", { accessToken: "b5b1c0a77e" }],
      ["secret-api-key", { providerApiKey: "4f1d8e" }],
      ["secret-cloud-key", { storage: { id: "AKIAIOSFODNN7EXAMPLE" } }],
      ["secret-password-hash", { owner: { hash: "$2b$10$abcdefghijklmnopqrstuv" } }],
      ["secret-jwt", { debug: ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln"] }],
      ["internal-ip", { workerHost: "10.3.12.7:8080" }],
      ["internal-name", { node: "http://ingest-7.sync.svc.cluster.local/run" }],
      ["internal-cloud-name", { worker: "ip-10-0-3-17.ec2.internal" }],
    ] as const
  ).map(([id, field]): MutantRow => [
    id,
    `adds ${Object.keys(field).join()} to a log`,
    "leak/secret",
    { log: (log) => (log.id === ids.completed ? { ...log, ...field } : log) },
  ]),
  [
    "secret-in-message",
    "shows the address of a database with its password in the message of a failed sync",
    "leak/secret",
    changeLog(ids.failed, {
      errorMessage: "cannot reach postgres://app:s3cr3t@db.example.com/app",
    }),
  ],
  [
    "secret-in-data",
    "shows a token within data of any shape",
    "leak/secret",
    fields({ manualSyncData: { as: "ghp_0123456789abcdefghijABCDEFGHIJ012345" } }),
  ],
  [
    "secret-in-error",
    "adds its database to a 404",
    "leak/secret",
    onStatus(404, (reply) => ({
      body: { ...Object(reply.body), debug: { dsn: "mysql://root:root@10.0.0.4/app" } },
    })),
  ],
  ...(
    [
      ["header-backend", { "x-backend-server": "ip-10-0-12-44.eu-central-1.compute.internal" }],
      ["header-upstream", { "x-upstream": "http://10.2.0.15:3000" }],
      ["header-via", { via: "1.1 gateway.corp" }],
      ["header-served-by", { "x-served-by": "logs-5d4f.default.svc.cluster.local" }],
    ] as const
  ).map(([id, headers]): MutantRow => [
    id,
    `names a host of its network in ${Object.keys(headers).join()}`,
    "leak/internal-address",
    successHeaders(headers),
  ]),
];
