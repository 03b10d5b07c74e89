/** The text of `--help`. */
export const usage = `sync-log-watcher: waits for sync logs beyond the life of a process, on Redis or Valkey

  sync-log-watcher work [options]           polls, and delivers each outcome
  sync-log-watcher add ws_… sync_…          watches a sync log [--max-wait 1d] [--metadata JSON]
  sync-log-watcher status ws_… sync_…       shows the state of a watch
  sync-log-watcher cancel ws_… sync_…       ends a watch without an outcome
  sync-log-watcher list [--stage parked]    lists watches, one line of JSON each
  sync-log-watcher redrive [ws_… sync_…]    delivers parked outcomes again
  sync-log-watcher resume                   resumes polls after a refused API key was replaced

Every command takes
  --redis URL                the address of Redis (REDIS_URL, or redis://127.0.0.1:6379)
  --prefix TEXT              prefix of every key; the same for all that share watches ({sync-log})

work takes
  --rate 50/s                at most this many polls, over all processes together
  --concurrency N            polls at a time in this process (50)
  --webhook URL              posts outcomes to this URL, signed; otherwise prints each as a line of JSON
  --webhook-secret-env NAME  the environment variable that holds the secret of the webhook
  --metrics-port N           serves /healthz and /metrics (--metrics-host 127.0.0.1)
  --min-interval 1s          the shortest time between two polls of a sync log
  --max-interval 30s         the longest
  --not-found-grace 0s       how long a 404 counts as "not created yet"
  --max-failing 10m          how long the polls of a sync log may fail before its watch ends (as long as it lasts)

Durations are 500ms, 30s, 1h30m, or a number of seconds.
The API key is read from QONTEXT_API_KEY, the address of the API from QONTEXT_BASE_URL; only work needs them.
Exit codes: 0 done, 1 failed or nothing to do, 2 usage error.
`;
