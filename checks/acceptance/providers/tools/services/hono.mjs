// Hono on Node, with its compress, etag, request-id and secure-headers.
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { answer, errorBody, ready, wrong } from "./sync-logs.mjs";

const app = new Hono({ strict: wrong !== "slash-at-the-end" });
app.use(requestId());
app.use(secureHeaders());
app.use(compress({ threshold: 256, encoding: "gzip" }));
app.use(etag({ weak: true }));
app.use(async (context, next) => {
  await next();
  context.header(
    "Cache-Control",
    wrong === "public-cache" ? "public, max-age=60" : "private, no-cache",
  );
  if (wrong === "cors-any-origin") {
    context.header("Access-Control-Allow-Origin", context.req.header("origin") ?? "*");
    context.header("Access-Control-Allow-Credentials", "true");
  }
  if (wrong === "host-in-header") context.header("X-Served-By", "sync-7.prod.internal");
});
const paths = ["/workspaces/:workspaceId/sync-logs", "/workspaces/:workspaceId/sync-logs/:id"];
app.on("GET", paths, async (context) => {
  const headers = context.req.header();
  const { status, body } = await answer(
    { ...context.req.param(), query: context.req.query(), headers, key: headers["x-api-key"] },
    wrong,
  );
  if (wrong === "errors-as-text" && status !== 200)
    return context.text(body.message.toString(), status);
  if (wrong === "always-200") return context.json(body);
  return context.json(body, status);
});
for (const path of paths)
  app.all(path, (context) =>
    context.json(errorBody(405, "Method Not Allowed"), 405, { Allow: "GET, HEAD" }),
  );
app.notFound((context) => context.json(errorBody(404, "Not Found"), 404));
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => ready(port));
