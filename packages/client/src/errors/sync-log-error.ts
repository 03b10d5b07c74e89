import type { SyncLog } from "@qontext/sync-log-schema";
import type { SyncLogObservation } from "../wait/observation.ts";
import type { Attempt } from "./attempt.ts";

/** Marks every error of this package, in every realm and every copy of it. */
export const errorBrand: unique symbol = Symbol.for("@qontext/sync-log-client/error");

/** What every error of this package may be given. */
export interface SyncLogErrorDetails {
  readonly cause?: unknown;
  readonly correlationId?: string | null;
}

/**
 * What every error of this package is. Tell them apart by `code`, by `name`, or by the `is…`
 * functions, which work where `instanceof` does not: across realms and across two installed copies.
 *
 * `ERRORS.md` has an entry for each code.
 */
export abstract class SyncLogError extends Error {
  abstract override readonly name: string;
  /** Stable; made for programs. */
  abstract readonly code: string;
  /** Every request that was sent for this call, in order; of a wait, those of its last poll if it failed. */
  readonly attempts: readonly Attempt[] = [];
  /** For tracing across services: of the sync log or of the error's body; null where unknown. */
  readonly correlationId: string | null;
  /** In a wait: the sync log as it was last seen; null where it never was. */
  readonly lastSyncLog: SyncLog | null = null;
  /** In a wait: what was seen, oldest first. */
  readonly history: readonly SyncLogObservation[] = [];

  constructor(message: string, details: SyncLogErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.correlationId = details.correlationId ?? null;
  }
}

// On the prototype, so that it is not shown with each error.
Object.defineProperty(SyncLogError.prototype, errorBrand, { value: true });
