import type {
  KnownSyncLogStatus,
  KnownSyncLogType,
  syncLogLifecycle,
} from "@qontext/sync-log-schema";

/** A status: those of the document that this package was built from, or any other of the document that is served. */
export type Status = KnownSyncLogStatus | (string & {});

/** A terminal status, as {@link Status}. */
export type Ending = keyof (typeof syncLogLifecycle)["terminal"] | (string & {});

/** A type of sync, as {@link Status}. */
export type SyncType = KnownSyncLogType | (string & {});
