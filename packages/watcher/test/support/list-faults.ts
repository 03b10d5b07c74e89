import type {
  SyncLogWatcher,
  SyncLogWatcherOptions,
  WatchOutcome,
  WatchTarget,
} from "../../src/index.ts";
import type { Body, SyncLogApi } from "./sync-log-api.ts";
import { targets } from "./targets.ts";
import { until } from "./until.ts";

export const idsOf = (all: readonly WatchTarget[]): string[] => all.map(({ id }) => id);

/** How many lists were answered. */
export const listsOf = ({ requests }: SyncLogApi): number =>
  requests.filter(({ id }) => id === "").length;

const lag = { status: "pending", recordsIngested: null, totalRecordsToIngest: null };

/** What may be wrong with a list of the sync logs with these ids. */
export const listFaults: Readonly<
  Record<string, (api: SyncLogApi, ids: readonly string[]) => void>
> = {
  none: () => undefined,
  "not there": (api) => {
    api.listed = null;
  },
  forbidden: (api) => api.broken.set("", 403),
  unauthorized: (api) => api.broken.set("", 401),
  "malformed request": (api) => api.broken.set("", 400),
  broken: (api) => api.broken.set("", 500),
  "of nothing": (api) => {
    api.listed = () => [];
  },
  "of the first three": (api, ids) => {
    api.listed = () => ids.slice(0, 3);
  },
  "with doubles": (api, ids) => {
    api.listed = () => [...ids, ...ids];
  },
  "that is behind": (api) => {
    api.row = (row) => ({ ...row, ...lag });
  },
  "that stands still": (api) => {
    const first = new Map<unknown, Body>();
    api.row = (row) => first.get(row["id"]) ?? (first.set(row["id"], row), row);
  },
  "that is ahead": (api) => {
    api.row = (row) => ({ ...row, status: "completed" });
  },
  "with a status that no read shows": (api) => {
    api.row = (row) => ({ ...row, status: "archived" });
  },
  "without statuses": (api) => {
    api.row = ({ status: _status, ...row }) => row;
  },
};

interface Watching extends AsyncDisposable {
  readonly watcher: SyncLogWatcher;
  readonly outcomes: readonly WatchOutcome[];
}

/** How the watches of {@link endingsInSpiteOf} end: of the last sync only the list knows. */
export const trueEndings: readonly WatchOutcome["endedAs"][] = Array.from(
  { length: 9 },
  (_, index) => (index === 8 ? "not_found" : index % 2 === 0 ? "failed" : "skipped"),
);

/** Watches syncs that end while the list has this fault; how they ended for the watcher. */
export async function endingsInSpiteOf(
  name: string,
  api: SyncLogApi,
  start: (options: Partial<SyncLogWatcherOptions>) => Watching,
): Promise<readonly (WatchOutcome["endedAs"] | undefined)[]> {
  const all = targets(trueEndings.length);
  const ids = idsOf(all);
  api.listed = () => ids;
  listFaults[name]?.(api, ids);
  api.broken.set(ids.at(-1) ?? "", 404);
  await using one = start({ notFoundGraceMs: 300 });
  await Promise.all(all.map(async (each) => one.watcher.watch(each)));
  await until("all were polled, by themselves or with lists", () => api.requests.length >= 12);
  const tooSoon = one.outcomes.filter(({ endedAs }) => endedAs !== "not_found");
  if (tooSoon.length > 0) return tooSoon.map(({ endedAs }) => endedAs);
  for (const [index, id] of ids.entries()) {
    api.ended.set(id, index % 2 === 0 ? "failed" : "skipped");
  }
  await until("every watch has its outcome", () => one.outcomes.length === all.length);
  return ids.map((id) => one.outcomes.find((outcome) => outcome.id === id)?.endedAs);
}
