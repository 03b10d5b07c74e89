import { inModule, perConnection } from "./kept.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutant.ts";
import { errorReply } from "./start-provider.ts";
import { logs, other, own } from "./world.ts";

/** Long enough for another request to come. */
const pauseMs = (): number => 12;

/** Providers that mix up requests of which they have several at a time, or on one connection. */
export const concurrencyMutants: readonly Mutant[] = mutantsOf(
  [
    [
      "tenant-in-module",
      "keeps the caller in a variable of the module while it waits",
      "parallel/answer-differs",
      inModule((kept) => ({
        pauseMs,
        authenticate: (_request, plain) => (kept.tenant = plain),
        find: ({ id, workspaceId }) =>
          logs.find(
            (log) =>
              log.id === id &&
              log.workspaceId === workspaceId &&
              kept.tenant?.workspaceId === workspaceId,
          ),
      })),
    ],
    [
      "log-in-module",
      "keeps what it has found in a variable of the module while it waits",
      "parallel/answer-mixed-up",
      inModule((kept) => ({
        pauseMs: (situation) => {
          kept.log = logs.find(
            ({ id, workspaceId }) =>
              id === situation.id && workspaceId === situation.tenant?.workspaceId,
          );
          return pauseMs();
        },
        find: (_situation, plain) => (plain === undefined ? undefined : (kept.log ?? plain)),
      })),
    ],
    [
      "coalesces-by-path",
      "gives all who ask for one path at a time the first one's response",
      "parallel/answer-mixed-up",
      {
        pauseMs,
        ...inModule((kept) => ({
          authenticate: ({ headers }, plain) => {
            if (plain === own) {
              kept.running += 1;
              setTimeout(() => (kept.running -= 1), 12);
            }
            return plain === undefined && headers["x-api-key"] !== undefined && kept.running > 0
              ? own
              : plain;
          },
        })),
      },
    ],
    [
      "body-in-module",
      "writes bodies into one buffer",
      "parallel/answer-mixed-up",
      inModule((kept) => ({
        pauseMs: (situation) => {
          const log = logs.find(({ id }) => id === situation.id);
          if (situation.tenant !== undefined && log !== undefined) kept.log = log;
          return pauseMs();
        },
        log: (log) => kept.log ?? log,
      })),
    ],
    [
      "key-cache-races",
      "takes the last caller for whoever sends no key",
      "parallel/answer-mixed-up",
      inModule((kept) => ({
        pauseMs,
        authenticate: (_request, plain) => {
          if (plain !== undefined) {
            kept.tenant = plain;
            setTimeout(() => delete kept.tenant, 11);
          }
          return plain ?? kept.tenant;
        },
      })),
    ],
    [
      "one-at-a-time",
      "does not find a log while it reads another one",
      "parallel/answer-differs",
      inModule((kept) => ({
        pauseMs: () => {
          kept.running += 1;
          setTimeout(() => (kept.running -= 1), 12);
          return pauseMs();
        },
        find: (_situation, plain) => (kept.running > 2 ? undefined : plain),
      })),
    ],
    [
      "key-of-connection",
      "remembers the caller of a connection",
      "keep-alive/answer-mixed-up",
      perConnection(({ get }) => ({
        authenticate: ({ connection }, plain) => {
          const kept = get(connection);
          return (kept.tenant = plain ?? kept.tenant);
        },
      })),
    ],
    [
      "first-key-of-connection",
      "takes the first key of a connection for all its requests",
      "keep-alive/answer-mixed-up",
      perConnection(({ get }) => ({
        authenticate: ({ connection, headers }, plain) => {
          const kept = get(connection);
          kept.tenant ??= plain;
          return headers["x-api-key"] === undefined ? undefined : kept.tenant;
        },
      })),
    ],
    [
      "head-after-right-key",
      "asks for no key on HEAD where one has come on the connection",
      "keep-alive/answer-mixed-up",
      perConnection(({ get }) => ({
        authenticate: ({ connection, method }, plain) => {
          const kept = get(connection);
          kept.tenant = plain ?? kept.tenant;
          return method === "HEAD" ? kept.tenant : plain;
        },
      })),
    ],
    [
      "wrong-key-after-right",
      "looks at the key of a connection once",
      "keep-alive/answer-mixed-up",
      perConnection(({ get }) => ({
        authenticate: ({ connection, headers }, plain) => {
          const kept = get(connection);
          if (plain !== undefined) kept.tenant = plain;
          return headers["x-api-key"] === undefined || headers["x-api-key"] === other.key
            ? plain
            : kept.tenant;
        },
      })),
    ],
    [
      "log-of-connection",
      "repeats what it has sent on a connection",
      "keep-alive/answer-mixed-up",
      perConnection(({ get }) => ({
        find: ({ request }, plain) => {
          const kept = get(request.connection);
          return (kept.log = plain ?? kept.log);
        },
      })),
    ],
    [
      "refuses-connection",
      "refuses all that follows a refusal on a connection",
      "keep-alive/answer-differs",
      perConnection(({ get }) => ({
        authenticate: ({ connection }, plain) => {
          const kept = get(connection);
          if (plain === undefined) kept.running = 1;
          return kept.running === 1 ? undefined : plain;
        },
      })),
    ],
    [
      "404-on-kept-connection",
      "does not find a log for the fourth request of a connection",
      "keep-alive/answer-differs",
      perConnection(({ requests }) => ({
        route: ({ connection }) => {
          const count = (requests.get(connection) ?? 0) + 1;
          requests.set(connection, count);
          return count > 3 && count % 2 === 1 ? errorReply(404, "Sync log not found") : undefined;
        },
      })),
    ],
  ],
  {
    shownBy: ["access/other-owner", "auth/missing-key", "auth/wrong-key", "parallel", "keep-alive"],
  },
);
