// Fastify 5 with compress and helmet, its request ids in errors.
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import Fastify from "fastify";
import { answer, errorBody, etagOf, ready, wrong } from "./sync-logs.mjs";

const app = Fastify({
  routerOptions: { maxParamLength: 500, caseSensitive: wrong !== "paths-in-any-case" },
});
await app.register(helmet);
await app.register(compress, { threshold: 256, encodings: ["gzip", "identity"] });
app.setNotFoundHandler((_, reply) => void reply.code(404).send(errorBody(404, "Not Found")));
app.setErrorHandler((error, request, reply) => {
  const status = error.statusCode ?? 500;
  reply.code(status).send({
    ...errorBody(status, wrong === "stack-in-error" ? error.stack : "The request is not valid"),
    requestId: request.id,
  });
});
const urls = ["/workspaces/:workspaceId/sync-logs", "/workspaces/:workspaceId/sync-logs/:id"];
if (wrong === "cors-any-origin")
  app.addHook("onSend", async (request, reply) => {
    reply.headers({
      "access-control-allow-origin": request.headers.origin ?? "*",
      "access-control-allow-credentials": "true",
    });
  });
async function serve(request, reply) {
  const { params, query, headers } = request;
  const { status, body } = await answer(
    { ...params, query, headers, key: headers["x-api-key"] },
    wrong,
  );
  reply
    .code(status)
    .header("cache-control", wrong === "public-cache" ? "public, max-age=60" : "private, no-store");
  if (status !== 200) return reply.send({ ...body, requestId: request.id });
  const text = JSON.stringify(body);
  reply.type("application/json; charset=utf-8");
  if (wrong === "etag-of-the-clock") return reply.header("etag", `"${Math.random()}"`).send(text);
  const etag = `W/${etagOf(text)}`;
  reply.header("etag", etag);
  if (headers["if-none-match"] === etag) return reply.code(304).send();
  return reply.send(wrong === "half-a-body" ? text.slice(0, 200) : text);
}
for (const url of urls) {
  app.get(url, serve);
  app.route({
    method: ["POST", "PUT", "PATCH", "DELETE"],
    url,
    handler: (_, reply) =>
      void reply.code(405).header("allow", "GET, HEAD").send(errorBody(405, "Method Not Allowed")),
  });
}
await app.listen({ port: 0, host: "127.0.0.1" });
ready(app.server.address().port);
