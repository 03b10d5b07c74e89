import { isSyncLogApiError, isSyncLogError } from "@qontext/sync-log-client";

/** How a poll failed, fit to be stored: never with the key, which the client has scrubbed. */
export interface StoredError {
  /** The error's name. */
  readonly name: string;
  /** The client's code for it; null where it has none. */
  readonly code: string | null;
  /** The response's status; null where there was none. */
  readonly status: number | null;
  /** At most 500 characters. */
  readonly message: string;
}

/** What is kept of an error. */
export function storedError(error: unknown): StoredError {
  if (!(error instanceof Error)) {
    return { name: "Error", code: null, status: null, message: "The poll failed." };
  }
  const status = isSyncLogApiError(error) ? error.status : null;
  const code = isSyncLogError(error) ? error.code : null;
  return { name: error.name, code, status, message: error.message.slice(0, 500) };
}
