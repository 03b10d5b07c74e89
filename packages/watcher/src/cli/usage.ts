/** The text of `--help`. */
export const usage = `sync-log-watcher: watches sync logs, and stores the watches on Redis or Valkey

  sync-log-watcher work [options]           polls, and delivers each outcome
  sync-log-watcher add ws_… sync_…          watches a sync log [--max-wait 1d] [--metadata JSON]
  sync-log-watcher add                      watches those of standard input: lines of ws_… sync_…, or of JSON with
                                            workspaceId, id and, as they like, maxWaitMs and metadata
  sync-log-watcher status ws_… sync_…       shows the state of a watch
  sync-log-watcher cancel ws_… sync_…       ends a watch without an outcome; one that cannot be read also by its key
  sync-log-watcher list [--stage parked]    lists watches, one line of JSON each [--workspace ws_…] [--limit N]
  sync-log-watcher redrive [ws_… sync_…]    delivers parked outcomes again
  sync-log-watcher resume                   forgets which API keys were refused: all are tried again

Every command takes
  --redis URL                the address of Redis (default: REDIS_URL, or redis://127.0.0.1:6379)
  --prefix TEXT              prefix of every key, the same in all processes that share watches (default: {sync-log})

work takes
  --rate 50/s                at most this many polls, in all processes together
  --key-file FILE            reads the API key from a file, and again when it is refused
  --keys-folder FOLDER       the same with a file for each workspace, named as its id
  --concurrency N            polls at a time in this process (default: 50)
  --webhook URL              posts signed outcomes to this URL instead of printing lines of JSON
  --webhook-secret-env NAME  the environment variable with the secret, whsec_…; two with a space between while it is replaced
  --metrics-port N           serves /livez, /readyz and /metrics, on --metrics-host (default: 127.0.0.1)
  --min-interval 1s          the shortest time between two polls of a sync log
  --max-interval 30s         the longest time between them
  --not-found-grace 0s       how long a 404 means "not created yet"
  --max-failing 10m          how long all polls of a sync log may fail (default: until --max-wait)
  --probe-every 30s          how often a refused key is tried again
  --delivery-timeout 5m      how long the delivery of an outcome may take
  --delivery-attempts N      deliveries of an outcome before it is parked (default: 39, in a day)
  --delivery-max-delay 1h    the longest time between two of them

Durations are 500ms, 30s, 1h30m, or a number of seconds.
The API key is read from QONTEXT_API_KEY, the address of the API from QONTEXT_BASE_URL; only work needs them.
Exit codes: 0 done, 1 failed or nothing to do, 2 usage error.
`;
