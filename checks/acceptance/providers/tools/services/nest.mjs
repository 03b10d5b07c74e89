// NestJS 11 on express, with its exception filter. Decorators are called as functions: Node runs this file as it is.
// oxlint-disable-next-line no-unassigned-import -- NestJS asks for it, first
import "reflect-metadata";
import {
  BadRequestException,
  Controller,
  Get,
  Headers,
  HttpException,
  Module,
  Param,
  Query,
} from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { answer, ready, wrong } from "./sync-logs.mjs";

class SyncLogController {
  list(workspaceId, _id, query, headers) {
    return this.read(workspaceId, undefined, query, headers);
  }
  async read(workspaceId, id, query, headers) {
    const { status, body } = await answer(
      { workspaceId, id, query, headers, key: headers["x-api-key"] },
      wrong,
    );
    if (status === 200 && wrong === "created") throw new HttpException(body, 201);
    if (status === 200) return body;
    if (status === 404 && wrong === "not-found-is-null") return null;
    if (status === 400 && wrong === "message-is-object")
      throw new BadRequestException({ code: 17 });
    if (wrong === "errors-are-unhandled") throw new Error(body.message);
    throw new HttpException(body, status);
  }
}
const parameters = [Param("workspaceId"), Param("id"), Query(), Headers()];
for (const [name, path] of [
  ["list", ""],
  ["read", ":id"],
]) {
  const method = Object.getOwnPropertyDescriptor(SyncLogController.prototype, name);
  for (const [index, parameter] of parameters.entries())
    parameter(SyncLogController.prototype, name, index);
  Get(path)(SyncLogController.prototype, name, method);
}
Controller("workspaces/:workspaceId/sync-logs")(SyncLogController);
// oxlint-disable-next-line no-extraneous-class -- what a module of NestJS is
class AppModule {}
Module({ controllers: [SyncLogController] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
if (wrong === "cors-any-origin") app.enableCors({ origin: true, credentials: true });
app.use((_, response, next) => {
  response
    .set("Cache-Control", wrong === "public-cache" ? "public, max-age=60" : "private, no-cache")
    .vary("X-API-Key");
  next();
});
await app.listen(0, "127.0.0.1");
ready(app.getHttpServer().address().port);
