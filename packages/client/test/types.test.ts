import { expectTypeOf, it } from "vitest";
import type { SyncLog as SchemaSyncLog, syncLogLifecycle } from "@qontext/sync-log-schema";
import type {
  KnownSyncLogStatus,
  SyncLog,
  SyncLogClient,
  SyncLogClientOptions,
  SyncLogStatus,
  SyncLogUpdate,
  WaitResult,
} from "../src/index.ts";

it("the client has the types of what it answers with", () => {
  expectTypeOf<SyncLog>().toEqualTypeOf<SchemaSyncLog>();
  expectTypeOf<SyncLog["status"]>().toEqualTypeOf<SyncLogStatus>();
  expectTypeOf<KnownSyncLogStatus>().toExtend<SyncLogStatus>();
});

it("getSyncLog resolves to a sync log", () => {
  expectTypeOf<SyncLogClient["getSyncLog"]>().returns.resolves.toEqualTypeOf<SyncLog>();
});

it("the status of a wait's result tells the status of its sync log apart", () => {
  expectTypeOf<WaitResult["status"]>().toEqualTypeOf<keyof typeof syncLogLifecycle.terminal>();
  expectTypeOf<"pending">().not.toExtend<WaitResult["status"]>();
  type Completed = Extract<WaitResult, { status: "completed" }>;
  expectTypeOf<Completed["syncLog"]["status"]>().toEqualTypeOf<"completed">();
  expectTypeOf<Completed["syncLog"]["recordsIngested"]>().toEqualTypeOf<
    SyncLog["recordsIngested"]
  >();
});

it("a status may be one that is not known, and the known ones are still offered", () => {
  expectTypeOf<"reticulating">().toExtend<SyncLog["status"]>();
  expectTypeOf<SyncLog["status"]>().not.toEqualTypeOf<string>();
});

it("an update says what it does not know", () => {
  expectTypeOf<SyncLogUpdate["percent"]>().toEqualTypeOf<number | null>();
  expectTypeOf<SyncLogUpdate["etaMs"]>().toEqualTypeOf<number | null>();
});

interface OptionsOfAFramework {
  readonly next?: { readonly revalidate: number };
}

it("options for fetch may be of an interface, or written where they are passed", () => {
  type FetchOptions = SyncLogClientOptions["fetchOptions"];
  expectTypeOf<OptionsOfAFramework>().toExtend<FetchOptions>();
  const written: FetchOptions = { dispatcher: {}, cache: "force-cache" };
  expectTypeOf(written).toBeObject();
  expectTypeOf<{ method: "POST" }>().not.toExtend<FetchOptions>();
});

it("headers may be a Headers, also where the types do not say that one can be gone through", () => {
  expectTypeOf<Headers>().toExtend<SyncLogClientOptions["headers"]>();
});

const misuse = (client: SyncLogClient): void => {
  // @ts-expect-error -- the workspace is missing
  void client.getSyncLog({ id: "sync_1" });
  // @ts-expect-error -- ids are strings
  void client.waitForSyncLog({ workspaceId: "ws_1", id: 7 });
  // @ts-expect-error -- there is no such option
  void client.getSyncLog({ workspaceId: "ws_1", id: "sync_1" }, { timeout: 5 });
};

it("a misused client does not compile", () => {
  expectTypeOf(misuse).toBeFunction();
});
