import { packageVersion } from "@qontext/sync-log-command-line";
import type { OpenApiDocument } from "@qontext/sync-log-document";
import { openDocument } from "@qontext/sync-log-document";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import type { RunOptions } from "./run/run-options.ts";

export { specSha256, specVersion } from "@qontext/sync-log-schema";

// The product's words stand here and nowhere else: all other files serve any document with a lifecycle.

/** The name and version of this package, as reports and messages have them. */
export const tool: { readonly name: string; readonly version: string } = {
  name: "sync-log-contract",
  version: packageVersion(new URL("../package.json", import.meta.url)),
};

/** The environment variables that keys are read from. */
export const keyVariables = { own: "QONTEXT_API_KEY", other: "QONTEXT_OTHER_API_KEY" } as const;

/** Options of the command line that stand for a parameter of the path, by its name. */
export const parameterOptions: Readonly<Record<string, string>> = {
  workspaceId: "workspace",
  id: "sync-log",
};

let document: OpenApiDocument | undefined;

/** The document of the sync-log endpoint. */
export function defaultDocument(): OpenApiDocument {
  return (document ??= openDocument(openapiDocument));
}

/** How a provider is verified. */
export interface VerifyOptions extends RunOptions {
  /** Id of the workspace that the sync logs are in. The same as `params.workspaceId`. */
  readonly workspace?: string | undefined;
  /** Ids of sync logs that exist; logs in different states show more. The same as `params.id`. */
  readonly syncLogs?: readonly string[] | undefined;
  /** A second tenant's workspace, for the access matrix. The same as `otherParams.workspaceId`. */
  readonly otherWorkspace?: string | undefined;
  /** A second tenant's sync log, for the access matrix. The same as `otherParams.id`. */
  readonly otherSyncLog?: string | undefined;
}

/** The options with the parameters that they name. */
export function toRunOptions<Options extends Omit<VerifyOptions, "baseUrl">>({
  workspace,
  syncLogs,
  otherWorkspace,
  otherSyncLog,
  ...options
}: Options): Omit<Options, "workspace" | "syncLogs" | "otherWorkspace" | "otherSyncLog"> {
  return {
    ...options,
    params: { workspaceId: workspace, id: syncLogs, ...options.params },
    otherParams: { workspaceId: otherWorkspace, id: otherSyncLog, ...options.otherParams },
  };
}

/** The text of `--help`. */
export const helpText: string = `Checks that a provider keeps the contract of the sync-log endpoint, from the outside.

  sync-log-contract verify BASE_URL --workspace ws_… --sync-log sync_…   sends about 520 planned requests, then random ones
      --sync-log sync_…        repeatable: logs in different states show more
      --api-key KEY            default ${keyVariables.own}; never shown
      --other-workspace ws_… --other-sync-log sync_… --other-api-key KEY   a second tenant (${keyVariables.other})
      --watch TIME             polls the logs that are not terminal, for the rules over time
      --param NAME=VALUE       a value for any parameter; repeatable; --other-param is for the second tenant
      --seed N  --max-requests N  --max-time TIME  --rate REQUESTS_PER_SECOND
      --wait TIME              waits for a provider that is starting
      --unsafe-methods         sends POST, PUT, PATCH and DELETE to the log itself (always so on the loopback interface)
  sync-log-contract proxy UPSTREAM_URL [--port N]   passes traffic through and reports violations until it is stopped
  sync-log-contract har FILE… [--base-url URL]…     judges recorded traffic: that to URL, or to where a key was sent
  sync-log-contract checks                          lists every check

verify and proxy:
      --timeout TIME           for each exchange
      --ca FILE                certificate authorities in PEM, besides those of Node and NODE_EXTRA_CA_CERTS

Every command that judges:
      --spec FILE              an OpenAPI 3.0 or 3.1 document; default is that of the sync-log endpoint
      --operation ID           only this operation; repeatable
      --ignore-format NAME     a format that is only a hint, and not checked
      --strict                 a warning is an error
      --only ID,…  --skip ID,…   checks, cases, families of them, operations: auth, json/bom, listSyncLogs
      --require statuses,tenants   without all statuses seen, or the access matrix run, exit with 2
      --max-latency TIME       a slower response is a violation
      --report junit=FILE  --report json=FILE  --report html=FILE

      --config FILE            a JSON object with the names of these options, such as {"workspace": "ws_…", "strict": true}

Every option is also read from the environment: SYNC_LOG_CONTRACT_MAX_TIME is --max-time, SYNC_LOG_CONTRACT_BASE_URL the BASE_URL.
TIME is 500ms, 30s, 1h30m, or a number of seconds.
Exit code 0: conforms. 1: violations. 2: could not be judged.
`;
