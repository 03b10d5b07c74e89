/** What `--help` prints. */
export const usage = `sync-log-watcher: waits for sync logs that outlive the process, on Redis or Valkey

  sync-log-watcher work [options]           polls, and tells each outcome
  sync-log-watcher add ws_… sync_…          watches a sync log [--max-wait 1d] [--metadata JSON]
  sync-log-watcher status ws_… sync_…       where a watch stands
  sync-log-watcher cancel ws_… sync_…       ends a watch without an outcome
  sync-log-watcher list [--stage parked]    every watch, one line of JSON each
  sync-log-watcher redrive [ws_… sync_…]    delivers what is parked again
  sync-log-watcher resume                   polls again after a refused API key was mended

Every command takes
  --redis URL                where Redis is (REDIS_URL, or redis://127.0.0.1:6379)
  --prefix TEXT              begins every key; the same for all that share watches ({sync-log})

work takes
  --rate 50/s                at most so many polls, over all processes together
  --concurrency N            polls at a time in this process (50)
  --webhook URL              posts outcomes there, signed; else each is a line of JSON on stdout
  --webhook-secret-env NAME  the environment variable that holds the webhook's secret
  --metrics-port N           serves /healthz and /metrics (--metrics-host 127.0.0.1)
  --min-interval 1s          the shortest time between two polls of a sync log
  --max-interval 30s         the longest
  --not-found-grace 0s       how long a 404 means "not there yet"

The API key is read from QONTEXT_API_KEY, the API's address from QONTEXT_BASE_URL; only work needs them.
Exit codes: 0 done, 1 not done, 2 not understood.
`;
