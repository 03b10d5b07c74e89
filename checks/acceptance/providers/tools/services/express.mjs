// Express 5 with compression and helmet, its own ETags, and request ids in errors.
import { randomUUID } from "node:crypto";
import compression from "compression";
import express from "express";
import helmet from "helmet";
import { answer, errorBody, ready, wrong } from "./sync-logs.mjs";

const app = express();
const paths = ["/workspaces/:workspaceId/sync-logs", "/workspaces/:workspaceId/sync-logs/:id"];
app.use(helmet());
app.use(compression({ threshold: wrong === "compresses-always" ? 0 : 512 }));
if (wrong === "cors-any-origin")
  app.use((request, response, next) => {
    response.set({
      "Access-Control-Allow-Origin": request.get("origin") ?? "*",
      "Access-Control-Allow-Credentials": "true",
    });
    next();
  });
if (wrong === "head-before-auth") app.head(paths, (_, response) => void response.sendStatus(200));
if (wrong === "public-cache")
  app.use(
    (_, response, next) => void (response.set("Cache-Control", "public, max-age=60"), next()),
  );
else
  app.use(
    (_, response, next) =>
      void (response.set({ "Cache-Control": "private, no-cache", Vary: "X-API-Key" }), next()),
  );
app.get(paths, async (request, response) => {
  const { params, query, headers } = request;
  const { status, body } = await answer(
    { ...params, query, headers, key: request.get("x-api-key") },
    wrong,
  );
  if (status !== 200) body.requestId = randomUUID();
  response.status(status);
  if (wrong === "as-text") response.type("text").send(JSON.stringify(body));
  else response.json(body);
});
app.all(paths, (_, response) => {
  response.set("Allow", "GET, HEAD").status(405).json(errorBody(405, "Method Not Allowed"));
});
app.use((_, response) => void response.status(404).json(errorBody(404, "Not Found")));
app.use((error, _request, response, _next) => {
  const status = error.status ?? 500;
  const message =
    wrong === "stack-in-error"
      ? error.stack
      : status === 400
        ? ["the path is not valid"]
        : "Internal server error";
  response.status(status).json(errorBody(status, message));
});
const server = app.listen(0, "127.0.0.1", () => ready(server.address().port));
