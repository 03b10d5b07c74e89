// Makes calls with OpenTelemetry as an application sets it up, over each transport, and prints what went out.
const { context, trace, propagation } = require("@opentelemetry/api");
const { HttpInstrumentation } = require("@opentelemetry/instrumentation-http");
const { UndiciInstrumentation } = require("@opentelemetry/instrumentation-undici");
const { registerInstrumentations } = require("@opentelemetry/instrumentation");
const {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} = require("@opentelemetry/sdk-trace-node");

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
const names = new Set(process.argv.slice(2));
registerInstrumentations({
  instrumentations: [
    ...(names.has("undici") ? [new UndiciInstrumentation()] : []),
    ...(names.has("http") ? [new HttpInstrumentation()] : []),
  ],
});
// What is loaded from now on is instrumented.
for (const name of ["node:http", "node:https"]) require(name);
const { createServer } = require("node:net");
const { Agent } = require("undici-8");
const { createSyncLogClient } = require("@qontext/sync-log-client");
const { createNodeFetch, createUndiciFetch } = require("@qontext/sync-log-client/node");

async function main() {
  const heads = [];
  const server = createServer((socket) => {
    socket.on("data", (data) => {
      heads.push(data.toString("latin1"));
      const text = '{"id":"sync_1","status":"completed"}';
      socket.end(
        `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
      );
    });
    socket.on("error", () => undefined);
  });
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  const agent = new Agent();
  const nodeFetch = createNodeFetch();
  const mine = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
  const cases = {
    fetch: {},
    undici: { fetch: createUndiciFetch(agent) },
    http: { fetch: nodeFetch },
    hook: { hooks: { traceparent: () => mine } },
    off: { hooks: { traceparent: false } },
  };
  const result = {};
  for (const [name, options] of Object.entries(cases)) {
    const client = createSyncLogClient({ apiKey: "q_sk_test", baseUrl, retry: false, ...options });
    const span = provider.getTracer("test").startSpan(name);
    const active = propagation.setBaggage(
      trace.setSpan(context.active(), span),
      propagation.createBaggage({ user: { value: "42" } }),
    );
    exporter.reset();
    await context.with(active, () => client.getSyncLog({ workspaceId: "ws_1", id: "sync_1" }));
    span.end();
    const [sent] = exporter.getFinishedSpans();
    result[name] = {
      traceparents: [...heads.pop().matchAll(/^traceparent: (.*)\r$/gim)].map(([, value]) => value),
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      // Of the span that the instrumentation made for the request.
      requestSpanId: sent.name === name ? null : sent.spanContext().spanId,
    };
  }
  console.log(JSON.stringify(result));
  nodeFetch.close();
  await agent.close();
  server.close();
}

void main();
