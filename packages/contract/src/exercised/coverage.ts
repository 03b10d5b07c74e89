/** Whether an assumption of the document was confirmed. */
export type AssumptionOutcome = "confirmed" | "refuted" | "not seen";

/** Which parts of the document a run exercised. */
export interface Coverage {
  readonly operations: readonly {
    readonly operationId: string;
    readonly path: string;
    readonly statuses: readonly { readonly status: string; readonly count: number }[];
    readonly undocumentedStatuses: readonly { readonly status: number; readonly count: number }[];
  }[];
  /** For each asserting keyword, how many of its places in the schemas of responses were applied to a value. */
  readonly keywords: readonly {
    readonly keyword: string;
    readonly exercised: number;
    readonly total: number;
    /** Places that were not, as JSON pointers into the document. */
    readonly missing: readonly string[];
  }[];
  /** How often each check had something to judge; 0 is not a pass. */
  readonly checks: readonly { readonly id: string; readonly count: number }[];
  readonly assumptions: readonly {
    readonly pointer: string;
    readonly text: string;
    readonly outcome: AssumptionOutcome;
  }[];
}
