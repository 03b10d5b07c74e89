/** The text of `--help`. */
export const helpText = `Checks that a provider keeps the contract of the sync-log endpoint, from the outside.

  sync-log-contract verify BASE_URL --workspace ws_… --sync-log sync_…   sends about 75 planned requests, then random ones
      --sync-log sync_…        repeatable: logs in different states show more
      --api-key KEY            default QONTEXT_API_KEY; never shown
      --other-workspace ws_… --other-sync-log sync_… --other-api-key KEY   a second tenant (QONTEXT_OTHER_API_KEY)
      --watch TIME             polls the logs that are not terminal, for the rules over time
      --param NAME=VALUE       a value for any parameter; repeatable
      --seed N  --max-requests N  --timeout TIME
      --unsafe-methods         sends POST, PUT, PATCH and DELETE to the log itself (always so on the loopback interface)
  sync-log-contract proxy UPSTREAM_URL [--port N]   passes traffic through and reports violations until it is stopped
  sync-log-contract har FILE…                       judges recorded traffic
  sync-log-contract checks                          lists every check

Every command that judges:
      --spec FILE              an OpenAPI 3.0 or 3.1 document; default is that of the sync-log endpoint
      --operation ID           only this operation; repeatable
      --ignore-format NAME     a format that cannot be checked
      --strict                 a warning is an error
      --only ID,…  --skip ID,…   ids of checks or cases, or families of them: auth, json/bom
      --max-latency TIME       a slower response is a violation
      --report junit=FILE  --report json=FILE  --report html=FILE

TIME is 500ms, 30s, 1h30m, or a number of seconds.
Exit code 0: conforms. 1: violations. 2: could not be judged.
`;
