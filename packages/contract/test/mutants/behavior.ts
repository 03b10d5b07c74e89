import type { Buffer } from "node:buffer";
import type { SyncLog, Tenant } from "./world.ts";

/** A request as the provider sees it. */
export interface ProviderRequest {
  readonly method: string;
  /** Path as it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawHeaders: readonly string[];
  /** The connection it came on. */
  readonly connection: object;
}

/** An answer before it is written. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Undefined is no body; a text or bytes are sent as they are; everything else as JSON. */
  readonly body?: unknown;
}

/** What a hook knows beside its subject. */
export interface Situation {
  readonly request: ProviderRequest;
  readonly tenant?: Tenant;
  readonly workspaceId: string;
  readonly id: string;
  /** Whether all logs of the workspace are asked for. */
  readonly isList: boolean;
  /** How often this log, or this list, was read before. */
  readonly readings: number;
  /** How many requests came before this one. */
  readonly requests: number;
}

/** Where a provider departs from the plain correct one. Each hook gets what the plain one does. */
export interface Behavior {
  /** Takes over before anything else. */
  readonly route?: (
    request: ProviderRequest,
    requests: number,
  ) => Reply | "hang" | "cut" | undefined;
  readonly authenticate?: (
    request: ProviderRequest,
    plain: Tenant | undefined,
  ) => Tenant | undefined;
  /** Whether the ids are validated before the key is looked at. */
  readonly validatesFirst?: boolean;
  /** Whether the log is looked up before the key is looked at. */
  readonly findsFirst?: boolean;
  readonly isValid?: (name: "workspaceId" | "id", value: string, plain: boolean) => boolean;
  /** How long, in milliseconds, the provider waits after it has looked at the key. @default not at all */
  readonly pauseMs?: (situation: Situation) => number;
  readonly find?: (situation: Situation, plain: SyncLog | undefined) => SyncLog | undefined;
  /** Which logs are listed; undefined for no such workspace. */
  readonly list?: (
    situation: Situation,
    plain: readonly SyncLog[] | undefined,
  ) => readonly SyncLog[] | undefined;
  readonly log?: (log: SyncLog, situation: Situation) => unknown;
  readonly reply?: (reply: Reply, situation: Situation) => Reply;
  /** Changes the bytes on the wire. */
  readonly bytes?: (bytes: Buffer, reply: Reply, request: ProviderRequest) => Buffer;
  /** What the readings of the live log look like. */
  readonly live?: (readings: number) => SyncLog;
}
