import { faultOptionSyntax } from "./parse-fault.ts";

/** The text of `--help`. */
export function helpText(): string {
  return `sync-log-mock: a mock of the sync-log endpoint that behaves like the service

Usage: sync-log-mock [options]

  --port NUMBER            port to listen on, 0 for a free one (default 4010)
  --host ADDRESS           address to listen on (default 127.0.0.1, this machine only)
  --api-key KEY=WS[,WS…]   a key and the workspaces it opens; repeatable.
                           Without it every key opens every workspace
  --scenario NAME[@TIME]   a sync to start with; repeatable. NAME is an ending (completed, failed, stopped,
                           skipped), played from the beginning, one step for each request, or with @TIME one
                           step in that time (completed@500ms); or at-STATUS (at-ingesting), where it stays.
                           Without it: one that is completed, and one that completes
  --latency TIME[..TIME]   delays every answer (50ms), or by a time between two (50ms..200ms)
  --fault FAULT            lets requests go wrong; repeatable, see below
  --seed TEXT              the same ids, dates and chances from run to run
  --spec FILE              another OpenAPI document; without x-lifecycle it is served as Prism serves it
  --json                   prints what it serves as one line of JSON
  --version, --help

Faults: FAULT is a kind, its members, and when it happens; parts in brackets may be left out.

${faultOptionSyntax()
  .map((line) => `  ${line}`)
  .join("\n")}

  when: [,times=N] so often  [,after=N] after N requests  [,probability=P] by chance, 0 to 1

  --fault 503,times=3,retry-after=2          three 503, then well again
  --fault reset,at=body,probability=0.1      one answer in ten is cut off
  --fault flapping,up=5,down=2               five answers, two failures, and so on

At /_mock/ there is a page, and at /_mock/api/openapi.yaml the description of the interface behind it.
Exit codes: 0 after SIGINT or SIGTERM, 2 for an option, a port or a document that cannot be used.
`;
}
