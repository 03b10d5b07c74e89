import {
  rebuildError,
  type SyncLogError,
  type SyncLogErrorDetails,
} from "../errors/sync-log-error.ts";
import type { Redactor } from "./create-redactor.ts";

/** The error with more details, and without the key in its message and in what caused it. */
export function redactError(
  error: SyncLogError,
  redactor: Redactor,
  details: SyncLogErrorDetails,
): SyncLogError {
  return rebuildError(error, redactor.text(error.message), {
    ...details,
    cause: redactor.cause(error.cause),
  });
}
