import type { Edit } from "./lint-copy.ts";

/** A copy of the spec with one fault, and what the lint must say about it. */
export interface FaultCase {
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly ruleId: string;
  /** What the reported place begins with. */
  readonly at: string;
  readonly message: RegExp;
  /** @default "openapi.yaml" */
  readonly file?: string;
  /** Other rules that see the same fault. */
  readonly also?: readonly string[];
}

export const statusValues =
  "enum: [pending, preparing, data_fetching, ingesting, completed, failed, stopped, skipped]";
export const failedRule =
  "rule: self.status != 'failed' || has(self.errorMessage) && self.errorMessage != null";
export const typeProperty = `          description: Type of sync operation.
          examples: [full_sync]
          x-assumption: Always present`;
export const pathExample = `          schema:
            $ref: "#/components/schemas/WorkspaceId"
          example: ws_123e4567-e89b-12d3-a456-426614174000`;
