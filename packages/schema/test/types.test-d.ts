import { assertType, describe, expectTypeOf, test } from "vitest";
import type {
  ApiError,
  Invariant,
  KnownSyncLogStatus,
  Lifecycle,
  OperationId,
  SyncLog,
  SyncLogId,
  SyncLogStatus,
  operations,
  paths,
} from "../src/generated/index.ts";
import {
  invariants,
  isKnownSyncLogStatus,
  operationTable,
  specVersion,
  syncLogLifecycle,
  syncLogStatusValues,
} from "../src/generated/index.ts";
import type { Validator } from "../src/generated/validators.ts";
import { validateApiError, validateSyncLog } from "../src/generated/validators.ts";

describe("the types of the schema package", () => {
  // Which fields those are is compared with the document in `document.test.ts`.
  test("a sync log has fields that are always there, and others", () => {
    expectTypeOf<Pick<SyncLog, "id" | "status">>().toEqualTypeOf<{
      id: SyncLogId;
      status: SyncLogStatus;
    }>();
    expectTypeOf<object>().toExtend<Pick<SyncLog, "recordsIngested">>();
    expectTypeOf<SyncLog["recordsIngested"]>().toEqualTypeOf<number | null | undefined>();
    expectTypeOf<SyncLog["preparationMetadata"]>().toEqualTypeOf<
      { [key: string]: number } | null | undefined
    >();
    expectTypeOf<ApiError["message"]>().toEqualTypeOf<string | string[]>();
  });

  test("a status may be one that is not known yet", () => {
    assertType<SyncLogStatus>("completed");
    assertType<SyncLogStatus>("paused");
    expectTypeOf<string>().toExtend<SyncLogStatus>();
    expectTypeOf<number>().not.toExtend<SyncLogStatus>();
    expectTypeOf<KnownSyncLogStatus>().toEqualTypeOf<(typeof syncLogStatusValues)[number]>();
    expectTypeOf<KnownSyncLogStatus>().toExtend<SyncLogStatus>();
    expectTypeOf<"paused">().not.toExtend<KnownSyncLogStatus>();
    expectTypeOf(syncLogStatusValues[0]).toEqualTypeOf<"pending">();
  });

  test("a guard narrows to the known ones", () => {
    expectTypeOf(isKnownSyncLogStatus).guards.toEqualTypeOf<KnownSyncLogStatus>();
  });

  test("the operations table is made of literals", () => {
    expectTypeOf<OperationId>().toEqualTypeOf<"getSyncLog" | "listSyncLogs">();
    expectTypeOf<OperationId>().toExtend<keyof operations>();
    expectTypeOf(
      operationTable.getSyncLog.path,
    ).toEqualTypeOf<"/workspaces/{workspaceId}/sync-logs/{id}">();
    expectTypeOf(operationTable.getSyncLog.path).toExtend<keyof paths>();
    expectTypeOf(operationTable.getSyncLog.successStatuses).toEqualTypeOf<readonly [200]>();
  });

  test("rules are what evaluates them expects", () => {
    expectTypeOf(syncLogLifecycle).toExtend<Lifecycle>();
    expectTypeOf(invariants).toEqualTypeOf<readonly Invariant[]>();
    expectTypeOf<keyof typeof syncLogLifecycle.terminal>().toExtend<KnownSyncLogStatus>();
    expectTypeOf(specVersion).toExtend<string>();
  });

  test("a validator gives the type of its schema, or issues", () => {
    expectTypeOf(validateSyncLog).toEqualTypeOf<Validator<SyncLog>>();
    const result = validateApiError(undefined);
    if (result.issues) {
      expectTypeOf(result.issues[0]?.keyword).toEqualTypeOf<string | undefined>();
      expectTypeOf(result).not.toHaveProperty("value");
    } else expectTypeOf(result.value).toEqualTypeOf<ApiError>();
  });

  test("a validator is a Standard Schema", () => {
    expectTypeOf<Validator<SyncLog>>().toExtend<StandardSchemaV1<SyncLog>>();
  });
});

/** The interface as https://standardschema.dev has it, version 1. */
interface StandardSchemaV1<Output> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) =>
      | { readonly value: Output; readonly issues?: undefined }
      | {
          readonly issues: readonly {
            readonly message: string;
            readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
          }[];
        }
      | Promise<unknown>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}
