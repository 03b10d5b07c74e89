import { createHash, randomBytes } from "node:crypto";
import type { Behavior, Reply } from "./behavior.ts";
import { errorReply } from "./start-provider.ts";
import type { Variant } from "./variant.ts";
import { own } from "./world.ts";

/** Adds to every error. */
function errors(add: () => Readonly<Record<string, unknown>>): Behavior {
  return {
    reply: (reply) =>
      reply.status >= 400 ? { ...reply, body: { ...Object(reply.body), ...add() } } : reply,
  };
}

/** Adds headers to every response. */
function headers(add: (reply: Reply) => Reply["headers"]): Behavior {
  return { reply: (reply) => ({ ...reply, headers: { ...reply.headers, ...add(reply) } }) };
}

function numbered(): () => number {
  let count = 0;
  return () => (count += 1);
}

const [requestNumber, serverNumber, remaining] = [numbered(), numbered(), numbered()];

/** Correct providers of which no two responses are the same. */
export const volatileVariants: readonly Variant[] = [
  {
    id: "numbered-errors",
    does: "numbers its requests in errors, so that their length changes",
    behavior: errors(() => ({ message: `Refused (req-${requestNumber()})` })),
  },
  {
    id: "random-ids-in-errors",
    does: "has a random id with hyphens and underscores in errors",
    behavior: errors(() => ({
      message: `Refused: ${randomBytes(16).toString("base64url")}`,
    })),
  },
  {
    id: "uuids-in-errors",
    does: "has a UUID of the request in errors, as a list",
    behavior: errors(() => ({ message: ["Refused", crypto.randomUUID()] })),
  },
  {
    id: "dates-in-errors",
    does: "has the time in errors, in milliseconds",
    behavior: errors(() => ({ message: `Refused at ${new Date().toISOString()}` })),
  },
  {
    id: "seconds-in-errors",
    does: "has the time in errors, in seconds",
    behavior: errors(() => ({ message: `Refused at ${Math.floor(Date.now() / 1000)}` })),
  },
  {
    id: "path-in-errors",
    does: "names path and time of the request in errors",
    behavior: {
      reply: (reply, { workspaceId, id, request }) =>
        reply.status === 404
          ? errorReply(
              404,
              `Cannot ${request.method} ${encodeURIComponent(workspaceId)}/${encodeURIComponent(id)}, ${Date.now()}`,
            )
          : reply,
    },
  },
  {
    id: "tagged-errors",
    does: "has an ETag over errors, with a number in them",
    behavior: {
      reply: (reply) => {
        if (reply.status < 400) return reply;
        const body = { ...Object(reply.body), message: `Refused (${requestNumber()})` };
        const tag = createHash("sha256").update(JSON.stringify(body)).digest("hex").slice(0, 8);
        return { ...reply, headers: { ...reply.headers, etag: `W/"${tag}"` }, body };
      },
    },
  },
  {
    id: "request-id-header",
    does: "has an id of the request in a header",
    behavior: headers(() => ({ "x-request-id": randomBytes(6).toString("hex") })),
  },
  {
    id: "two-servers",
    does: "names one of two servers in turn",
    behavior: headers(() => ({ "x-served-by": `web-${serverNumber() % 2}` })),
  },
  {
    id: "three-servers",
    does: "names one of three servers in turn",
    behavior: headers(() => ({ "x-served-by": `web-${serverNumber() % 3}` })),
  },
  {
    id: "rate-limits",
    does: "counts what is left of a limit",
    behavior: headers(() => ({
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": String(5000 - remaining()),
      "x-ratelimit-reset": String(60 - (new Date().getSeconds() % 60)),
    })),
  },
  {
    id: "timed",
    does: "says how long it took, in milliseconds",
    behavior: headers(() => ({
      "x-response-time": `${Math.floor(Math.random() * 3)}ms`,
      "server-timing": `db;dur=${(Math.random() * 2).toFixed(1)}`,
    })),
  },
  {
    id: "cookies",
    does: "starts a session with each response",
    behavior: headers(() => ({
      "set-cookie": `sid=${randomBytes(9).toString("base64")}; Path=/; HttpOnly; Secure`,
    })),
  },
  {
    id: "jitter",
    does: "takes a time of its own for each request",
    behavior: { pauseMs: () => Math.floor(Math.random() * 12) },
  },
  {
    id: "workspace-not-found",
    does: "says of foreign and absent workspaces alike that there is no such workspace",
    behavior: {
      reply: (reply, { workspaceId }) =>
        reply.status === 404 && workspaceId !== own.workspaceId
          ? errorReply(404, "Workspace not found")
          : reply,
    },
  },
];
