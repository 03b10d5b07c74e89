import { syncLogLifecycle } from "@qontext/sync-log-schema";
import { faultOptionSyntax } from "./parse-fault.ts";

/** The text of `--help`. */
export function helpText(): string {
  const endings = Object.keys(syncLogLifecycle.terminal);
  const [running = ""] = syncLogLifecycle.order.slice(-2);
  return `sync-log-mock: a mock of the sync-log endpoint that behaves like the service

Usage: sync-log-mock [options]

  --port NUMBER            port to listen on, 0 for a free one (default 4010)
  --host ADDRESS           address to listen on (default 127.0.0.1, this machine only)
  --allow-host NAME        a name, such as that of a container, under which /_mock/ may be asked; repeatable
  --api-key KEY=WS[,WS…]   a key and the workspaces it opens; repeatable.
                           Without it every key opens every workspace
  --scenario NAME[@TIME]   a sync to start with; repeatable. NAME is an ending
                           (${endings.join(", ")}),
                           reached one step per request, or with @TIME one step each time it has passed
                           (${endings[0]}@500ms); or at-STATUS (at-${running}), a sync that stays there.
                           Default: one that is ${endings[0]}, and one on its way there
  --list-order ORDER       newest-first (default), oldest-first, or shuffled: another order in each answer
  --latency TIME[..TIME]   delays every response (50ms), or randomly between two delays (50ms..200ms)
  --fault FAULT            injects a fault; repeatable, see below
  --seed TEXT              makes ids, dates and random choices the same in every run
  --spec FILE              another OpenAPI document; without x-lifecycle it is served as Prism serves it
  --json                   prints what it serves as one line of JSON
  --version, --help

TIME is 500ms, 30s, 1h30m, or a number of seconds.

Faults: FAULT is a kind, its parameters, and when it happens; parts in brackets are optional.

${faultOptionSyntax()
  .map((line) => `  ${line}`)
  .join("\n")}

  when: [,times=N] at most N times  [,after=N] after N requests  [,probability=P] at random, 0 to 1
        [,operation=ID] requests of this operation only, such as listSyncLogs

  --fault 503,times=3,retry-after=2          three responses with 503, then healthy again
  --fault reset,at=body,probability=0.1      one response in ten is cut off
  --fault flapping,up=5,down=2               five responses, two failures, and so on

A page for people is at /_mock/, the description of the control interface at /_mock/api/openapi.yaml; /_mock/health answers
GET and HEAD with 200 as soon as the mock is ready.
Exit codes: 0 after SIGINT or SIGTERM, 2 for an invalid option, port or document.
`;
}
