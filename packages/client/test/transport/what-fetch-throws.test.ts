import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { syncLogErrorOf } from "../fixtures/rejection.ts";
import { createScriptedClient } from "../fixtures/scripted-client.ts";
import { apiKey, ids } from "../fixtures/sync-logs.ts";

function fetchFailed(cause: unknown): TypeError {
  return new TypeError("fetch failed", { cause });
}

function withCode(code: string, message = "failed"): Error {
  return Object.assign(new Error(message), { code });
}

/** What the client makes of a `fetch` that always throws this, and how often it was called. */
async function after(thrown: unknown) {
  let calls = 0;
  const { client, clock } = createScriptedClient(() => ({}), {
    fetch() {
      calls += 1;
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- of another realm, or no error of Node's
      return Promise.reject(thrown);
    },
  });
  const error = await clock.run(syncLogErrorOf(client.getSyncLog(ids)));
  return { error, calls };
}

/** What a piece of JavaScript makes in a realm of its own, such as each of Jest's test files is in. */
function inAnotherRealm(code: string): unknown {
  return runInNewContext(code);
}

describe("a lost connection is tried again:", () => {
  it.each([
    fetchFailed(withCode("ECONNREFUSED")),
    fetchFailed(new Error("other side closed")),
    withCode("ConnectionRefused"),
    withCode("HPE_INVALID_CONSTANT"),
    withCode("UND_ERR_SOCKET"),
    withCode("ERR_STREAM_PREMATURE_CLOSE"),
    withCode("ERR_PROXY_TUNNEL", "Failed to establish tunnel: HTTP/1.1 502 Bad Gateway"),
    new TypeError("Failed to fetch"),
    new TypeError("Load failed"),
    // As an error tracker has them that adds the host.
    new TypeError("Failed to fetch (api.qontext.ai)"),
    new TypeError("Load failed (api.qontext.ai)"),
    // Safari's, in the language of its user.
    new TypeError("ネットワーク接続が切れました。"),
    new TypeError("Die Netzwerkverbindung wurde unterbrochen."),
    new TypeError("Connessione di rete interrotta."),
    new TypeError("NetworkError when attempting to fetch resource."),
    new TypeError("A server with the specified hostname could not be found."),
    new TypeError("terminated"),
    new Error("Network connection lost."),
    new DOMException("The operation timed out.", "TimeoutError"),
    new TypeError("cannot parse response"),
    new TypeError("invalid HTTP version parsed"),
    new TypeError(
      "error sending request for url (https://certificates.example/ws_cert_1): refused",
    ),
    new SyntaxError("Unexpected end of JSON input"),
    inAnotherRealm("new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })"),
  ])("%s", async (thrown) => {
    const { error, calls } = await after(thrown);
    expect([error.code, calls]).toEqual(["connection_failed", 3]);
  });

  it("and named by its code, whatever realm it is from", async () => {
    const thrown = inAnotherRealm("new TypeError('x', { cause: { code: 'ECONNRESET' } })");
    expect((await after(thrown)).error.message).toContain("(ECONNRESET)");
  });
});

describe("a certificate or a proxy that refuses is not asked again:", () => {
  it.each([
    fetchFailed(withCode("DEPTH_ZERO_SELF_SIGNED_CERT")),
    fetchFailed(withCode("SELF_SIGNED_CERT_IN_CHAIN")),
    withCode("CERT_HAS_EXPIRED"),
    withCode("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    withCode("ERR_TLS_CERT_ALTNAME_INVALID"),
    withCode("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"),
    withCode("ERR_SSL_TLSV1_ALERT_UNKNOWN_CA"),
    new TypeError("error sending request: invalid peer certificate: UnknownIssuer"),
    withCode("ERR_PROXY_TUNNEL", "Failed to establish tunnel: HTTP/1.1 407 Authenticate"),
    fetchFailed(withCode("UND_ERR_ABORTED", "Proxy response (407) !== 200 when HTTP Tunneling")),
  ])("%s", async (thrown) => {
    const { error, calls } = await after(thrown);
    expect([error.code, calls]).toEqual(["connection_failed", 1]);
  });

  it("nor by a wait", async () => {
    const { client, clock, polledAtMs } = createScriptedClient(() => withCode("CERT_HAS_EXPIRED"));
    const error = await clock.run(syncLogErrorOf(client.waitForSyncLog(ids)));
    expect([error.code, polledAtMs]).toEqual(["connection_failed", [0]]);
  });
});

describe("a mistake in a program stays one:", () => {
  it.each([
    new ReferenceError("tracer is not defined"),
    new TypeError("Cannot read properties of undefined (reading 'headers')"),
    new TypeError("undefined is not an object (evaluating 'a.b')"),
    new TypeError("send is not a function"),
    new TypeError("a is undefined"),
    new TypeError('can\'t access property "b", a is undefined'),
    new TypeError("Failed to parse URL from /x"),
    new TypeError("Failed to execute 'fetch' on 'Window': Invalid value"),
    new RangeError("Maximum call stack size exceeded"),
    fetchFailed(withCode("UND_ERR_INVALID_ARG", "invalid onRequestStart method")),
    fetchFailed(withCode("ERR_NOCK_NO_MATCH")),
    withCode("ERR_INVALID_ARG_TYPE"),
    Object.assign(new Error("expected 1 to be 2"), { name: "AssertionError" }),
    new TypeError("Illegal invocation: function called with incorrect `this` reference"),
    new TypeError("Assignment to constant variable."),
    new TypeError("Class constructor A cannot be invoked without 'new'"),
    new TypeError("Cannot read properties of undefined (reading 'connection')"),
    new TypeError("Request with GET/HEAD method cannot have body."),
    new TypeError("body used already for: http://network.example/"),
    new EvalError("Refused to evaluate"),
    new SyntaxError("Invalid regular expression: /(/"),
    fetchFailed(new Error("bad port")),
    withCode("ERR_MODULE_NOT_FOUND"),
    withCode("UND_ERR_CLOSED"),
    withCode("UND_MOCK_ERR_MOCK_NOT_MATCHED"),
    inAnotherRealm("new ReferenceError('x is not defined')"),
  ])("%s", async (thrown) => {
    const { error, calls } = await after(thrown);
    expect([error.code, calls]).toEqual(["invalid_parameter", 1]);
    expect(error.cause).toBe(thrown);
    expect(error).toHaveProperty("parameter", "fetch");
  });

  it("what it says shows no key", async () => {
    const { error } = await after(new TypeError(`invalid header value ${apiKey}`));
    expect(`${error.message} ${String(error.cause)}`).not.toContain(apiKey);
  });
});

describe("whatever is thrown, the call ends with an error of its own:", () => {
  const circular = new Error("circular");
  circular.cause = Object.assign(new Error("the other"), { cause: circular });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const throwing = Object.defineProperty(new Error("x"), "status", {
    get() {
      throw new Error("a getter that throws");
    },
  });

  it.each<[string, unknown]>([
    ["causes in a circle", circular],
    ["an object without a prototype", Object.create(null)],
    ["a getter that throws", throwing],
    ["a revoked Proxy", revoked.proxy],
    ["a symbol", Symbol("x")],
    ["nothing", undefined],
  ])("%s", async (_, thrown) => {
    const { error, calls } = await after(thrown);
    expect([error.code, calls, error.attempts.length]).toEqual(["connection_failed", 3, 3]);
  });
});

describe("an error that carries an answer is that answer:", () => {
  const headers = { "retry-after": "2", "x-request-id": "r-1" };
  it.each([
    ["as undici's responseError has it", { statusCode: 429, headers, body: { message: "Slow" } }],
    ["as axios has it", { response: { status: 429, headers, data: { message: "Slow" } } }],
    ["as got has it", { response: { statusCode: 429, headers, body: '{"message":"Slow"}' } }],
    ["as ky has it", { response: Response.json({ message: "Slow" }, { status: 429, headers }) }],
    [
      "as ofetch has it",
      { response: { status: 429, headers, bodyUsed: true }, data: { message: "Slow" } },
    ],
    [
      "as ky 2 has it, whose stream is read",
      {
        response: { status: 429, headers, bodyUsed: true, body: new ReadableStream() },
        data: { message: "Slow" },
      },
    ],
  ])("%s", async (_, details) => {
    const { client, clock } = createScriptedClient(() =>
      Object.assign(new Error("Response status code 429"), details),
    );
    const call = client.getSyncLog(ids, { retry: false });
    expect(await clock.run(syncLogErrorOf(call))).toMatchObject({
      code: "rate_limited",
      status: 429,
      retryAfterMs: 2000,
      body: { message: "Slow" },
      attempts: [{ requestId: "r-1" }],
    });
  });

  it("in a cause, where Node's fetch keeps what undici's responseError throws", async () => {
    const cause = Object.assign(withCode("UND_ERR_RESPONSE"), {
      statusCode: 404,
      headers,
      body: "",
    });
    const { error, calls } = await after(fetchFailed(cause));
    expect([error.code, calls]).toEqual(["not_found", 1]);
  });

  it("but not where nock has no answer, which is a mistake in a test", async () => {
    const thrown = Object.assign(withCode("ERR_NOCK_NO_MATCH"), { status: 404 });
    const { error, calls } = await after(thrown);
    expect([error.code, calls]).toEqual(["invalid_parameter", 1]);
  });

  it("a redirect is one", async () => {
    const response = new Response(null, { status: 302, headers: { location: "/elsewhere" } });
    const { error, calls } = await after(Object.assign(new Error("302"), { response }));
    expect([error.code, calls]).toEqual(["redirect_refused", 1]);
  });

  it("a 404 is not tried again, and a 503 is", async () => {
    expect(await after(Object.assign(new Error("no"), { status: 404 }))).toMatchObject({
      error: { code: "not_found" },
      calls: 1,
    });
    expect(await after(Object.assign(new Error("no"), { statusCode: 503 }))).toMatchObject({
      error: { code: "server_error" },
      calls: 3,
    });
  });
});
