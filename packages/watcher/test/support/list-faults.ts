import { expect } from "vitest";
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

/** Watches nine syncs that end, one of which only the list has, while the list has this fault. */
export async function expectOutcomesInSpiteOf(
  name: string,
  api: SyncLogApi,
  start: (options: Partial<SyncLogWatcherOptions>) => Watching,
): Promise<void> {
  const all = targets(9);
  const ids = idsOf(all);
  api.listed = () => ids;
  listFaults[name]?.(api, ids);
  api.broken.set(ids[8] ?? "", 404);
  await using one = start({ notFoundGraceMs: 300 });
  await Promise.all(all.map(async (each) => one.watcher.watch(each)));
  await until("all were polled, by themselves or with lists", () => api.requests.length >= 12);
  expect(one.outcomes.filter(({ endedAs }) => endedAs === "completed")).toEqual([]);
  for (const [index, id] of ids.entries()) {
    api.ended.set(id, index % 2 === 0 ? "failed" : "skipped");
  }
  await until("every watch has its outcome", () => one.outcomes.length === all.length);
  const endings = one.outcomes.map(({ id, endedAs }) => [ids.indexOf(id), endedAs] as const);
  expect(endings.toSorted(([a], [b]) => a - b)).toEqual(
    ids.map((_id, index) => [index, index === 8 ? "not_found" : index % 2 ? "skipped" : "failed"]),
  );
}
