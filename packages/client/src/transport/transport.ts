import type { RetiringClock } from "../clock.ts";
import type { ClientHooks, HookRetry } from "../hooks.ts";
import type { SafeLogger } from "../logger.ts";
import type { RetryBudget } from "../retry/retry-budget.ts";
import type { CallLimits } from "../request-options.ts";
import type { KeySource } from "../secrets/key-source.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { FetchOptions } from "./fetch-options.ts";

/** What a `fetch` is given: what the client's `fetchOptions` say, and this. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  readonly redirect: "manual";
  readonly cache?: "no-store";
  /** The body of a sync log's requests; an operation of another media type has the body of that type. */
  readonly body?: string;
}

/**
 * What the client reads of the response of a `fetch`: a `Response` of the runtime or of another package
 * (node-fetch, undici), or a mock of one, with a status and a body that can be read in one of these ways.
 */
export interface FetchResponse {
  readonly status: number;
  /** A `Headers`, a `Map`, an object or pairs. */
  readonly headers?: unknown;
  /** A stream of the web or of Node. */
  readonly body?: unknown;
  text?(): Promise<string>;
  json?(): Promise<unknown>;
  arrayBuffer?(): Promise<ArrayBuffer>;
}

/** What sends a request: the client's `fetch` option, or the runtime's own. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** Everything about a client that its requests need, made once. */
export interface Transport extends CallLimits {
  /** Undefined: the global fetch, as it is when the request is sent. */
  readonly fetch: Fetch | undefined;
  readonly clock: RetiringClock;
  readonly random: () => number;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The origin and a slash: what the URL of every request begins with. */
  readonly originPrefix: string;
  /** Sent with every request, names in lower case; the key is not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetchOptions: FetchOptions | undefined;
  /** How a `fetch` is told to take nothing from an HTTP cache; undefined where it refuses the option. */
  readonly cache: "no-store" | undefined;
  readonly budget: RetryBudget;
  readonly maxResponseBytes: number;
  readonly hooks: ClientHooks;
  readonly logger: SafeLogger | undefined;
  readonly keys: KeySource;
  readonly redactor: Redactor;
  /** Whether a list may take the place of polls. */
  readonly sharesLists: boolean;
  /** What the option `validate` does with a sync log, or with each of a list. */
  readonly checkSyncLog: CheckAnswer | undefined;
}

/** What a success's body is. */
export interface BodyKind {
  /** Name of its schema, or of that of its items, where that is one of the document's schemas. */
  readonly resultSchema?: string | undefined;
  /** Whether it is an array. */
  readonly isList?: boolean | undefined;
}

/** What the body of an operation's success is. */
export interface ResultBody extends BodyKind {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
}

/** A request before the client adds what all its requests have. */
export interface OutgoingRequest extends BodyKind {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: RequestInit["body"];
  readonly fetchOptions?: FetchOptions | undefined;
  /** Whether a 204 or a 205 is valid; otherwise it is malformed. */
  readonly mayBeEmpty?: boolean;
  /** What tells a success's body from another. */
  readonly identity?: Identity | undefined;
}

/** One attempt, as everything that takes part in it sees it. */
export interface AttemptContext {
  /** 1 for the first attempt of a call. */
  readonly number: number;
  /** The caller's. */
  readonly signal: AbortSignal | undefined;
  /** On the client's clock. */
  readonly startedAtMs: number;
  readonly timeoutMs: number;
  /** What is left before the deadline of the call. */
  readonly remainingMs: number;
  /** Why it is made, where it is not the first. */
  readonly retry: Pick<HookRetry, "delayMs" | "error"> | undefined;
  /** Whether it waits for the function that gives the API key, or did. */
  asksForKey?: true;
  /** The API key that the request carries, once it does. */
  sentKey: string | undefined;
}

/** Passes an answer on, or throws. */
export type CheckAnswer = (answer: Answer, isList: boolean) => Promise<Answer>;

/** A response whose body was read. */
export interface ReadResponse {
  /** Of its request, as the URL. */
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** When it began, in milliseconds since 1970. */
  readonly epochMs: number;
}

/** A response that was not read yet. */
export interface ReceivedResponse extends ReadResponse {
  text: string;
  data: unknown;
  readonly isRedirect: boolean;
}

/** A property of a success's body, and the value of it that was asked for. */
export type Identity = readonly [property: string, asked: unknown];

/** A response with success. */
export interface Answer<Data = unknown> extends ReadResponse {
  /** The parsed body; undefined where the response has no body. */
  readonly data: Data;
}
