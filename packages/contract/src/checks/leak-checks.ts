import { createRedactor, minKeyLength } from "@qontext/sync-log-redact";
import { stringsIn } from "../json/read-json.ts";
import { isSuccess } from "../run/subject.ts";
import type { Subject } from "../run/subject.ts";
import { credentialOf } from "../specification.ts";
import { decodeText, headerTokens, headerValue } from "../wire/wire-request.ts";
import type { Check } from "./check.ts";
import { assertThat, ofResponse } from "./check.ts";

const keyReflected: Check = {
  id: "leak/key-reflected",
  asserts: "No response contains a credential.",
  why: "Responses are logged, cached and displayed, and the key with them.",
  fix: "Never write the credential into a response, an error or a header.",
  judge: ofResponse(({ response, bodyText }, { secrets }) => {
    // Shorter ones occur by chance.
    const keys = secrets.filter((secret) => secret.length >= minKeyLength);
    if (keys.length === 0) return undefined;
    const head = response.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    const text = `${response.reason}\n${head}\n${bodyText}`;
    const redactor = createRedactor({ maxKeys: keys.length });
    for (const key of keys) redactor.add(key);
    const actual = "the credential, in the response";
    return assertThat(redactor.text(text) === text, "a response without the credential", actual);
  }),
};

const idReflectedAsMarkup: Check = {
  id: "leak/id-reflected-as-markup",
  asserts: "Markup from the request does not come back as markup.",
  why: "Where the message is displayed, it runs as a script of the page.",
  fix: "Leave the value out of the message, or escape < as \\u003c in JSON and as &lt; in HTML.",
  judge: ofResponse(({ contractCase, bodyText, exchange }) => {
    const sent = [...Object.values(contractCase.parameters), decodeText(exchange.request.target)];
    const markup = sent.flatMap((value) => value.match(/<[a-z!/][^<>]*>/gi) ?? []);
    if (markup.length === 0) return undefined;
    const unescaped = bodyText.replaceAll('\\"', '"');
    const found = markup.find((tag) => unescaped.includes(tag));
    return assertThat(found === undefined, "the value escaped, or not at all", found ?? "");
  }),
};

const headerInjection: Check = {
  id: "leak/header-injection",
  asserts: "A line break in the request starts no header in the response.",
  why: "An attacker who can write headers can set cookies and poison caches.",
  fix: "Validate values of the request before they go into headers.",
  judge: ofResponse(({ exchange, header }) => {
    if (!/%0d%0a/i.test(exchange.request.target)) return undefined;
    const value = header("x-injected");
    const actual = `x-injected: ${value}`;
    return assertThat(value === undefined, "no header from the request", actual);
  }),
};

const traces: readonly RegExp[] = [
  /\bat .{1,120}\(?(?:file:\/\/|node:|\/|[A-Z]:\\)[^\s()]+:\d+:\d+\)?/,
  /Traceback \(most recent call last\)/,
  /\bFile "[^"]+", line \d+/,
  /\bat [\w$.]+\([\w$]+\.(?:java|kt|scala):\d+\)/,
  /\bat [\w.<>`]+\(.*\) in .+:line \d+/,
  /goroutine \d+ \[|\.go:\d+ \+0x/,
  /#\d+ \/[^\s(]+\.php\(\d+\)/,
  /\bSQLSTATE\b|\bORA-\d{5}\b|syntax error at or near|You have an error in your SQL syntax|PrismaClient\w*Error|QueryFailedError/,
  /\/(?:usr\/src|home\/\w+|var\/www|app)\/[\w./-]+\.(?:js|ts|py|rb|php|java|go)\b|node_modules\//,
];

const stackTrace: Check = {
  id: "leak/stack-trace",
  asserts:
    "A response reveals no internals of the service: no stack trace, no file path, no database error.",
  why: "It helps an attacker and not the user.",
  fix: "Log it, and send the caller a short message.",
  judge: ofResponse(({ json, bodyText }) => {
    // In the strings of a JSON value a line break is a line break.
    const text = json?.value === undefined ? bodyText : stringsIn(json.value).join("\n");
    const found = traces.map((trace) => trace.exec(text)?.[0]).find((match) => match !== undefined);
    return assertThat(found === undefined, "no internals", found?.slice(0, 100) ?? "");
  }),
};

const sharedCache: Check = {
  id: "leak/cacheable-by-others",
  asserts: "Shared caches may not store data that requires a credential.",
  why: "A shared cache hands the data to any other caller.",
  fix: "Send Cache-Control: no-store, or private.",
  judge: ofResponse((subject) => {
    if (credentialOf(subject.operation) === undefined || !isSuccess(subject)) return undefined;
    const directives = headerTokens(subject.response.headers, "cache-control");
    const has = (pattern: RegExp): boolean => directives.some((one) => pattern.test(one));
    const isPrivate = has(/^(?:no-store|private|no-cache)$/);
    const isStored =
      has(/^(?:public$|s-maxage="?[1-9])/) || (has(/^max-age="?[1-9]/) && !isPrivate);
    return assertThat(!isStored, "no-store or private", `Cache-Control: ${directives.join(", ")}`);
  }),
};

/** Whether a page of the origins that a response allows may send the user's credentials. */
function allowsCredentials({ header }: Subject): boolean {
  return header("access-control-allow-credentials")?.toLowerCase() === "true";
}

const wildcard: Check = {
  id: "cors/wildcard-with-credentials",
  asserts: "Access-Control-Allow-Origin is not * where credentials are allowed.",
  why: "Browsers reject the combination; a client that follows it opens the data to every site.",
  fix: "Name the origins, or do not allow credentials.",
  judge: ofResponse((subject) => {
    const allowed = subject.header("access-control-allow-origin");
    if (allowed === undefined) return undefined;
    const isWrong = allowed === "*" && allowsCredentials(subject);
    return assertThat(!isWrong, "an origin, or no credentials", "* with credentials");
  }),
};

const anyOrigin: Check = {
  id: "cors/any-origin-with-credentials",
  asserts: "An unknown origin is not allowed with credentials.",
  why: "Every site can read the data of its visitors.",
  fix: "Compare the Origin with a list of allowed origins.",
  judge: ofResponse((subject) => {
    const sent = headerValue(subject.exchange.request.headers, "origin");
    if (sent?.endsWith(".invalid") !== true) return undefined;
    const isWrong =
      subject.header("access-control-allow-origin") === sent && allowsCredentials(subject);
    return assertThat(!isWrong, "no permission for this origin", `${sent} with credentials`);
  }),
};

const foreignData: Check = {
  id: "access/foreign-data-leaked",
  asserts: "No response contains another tenant's data.",
  why: "One customer reads another customer's data, if only in an error.",
  fix: "Build the response only from data that the caller owns.",
  judge: ofResponse(({ contractCase, bodyText, exchange }, { foreignTexts }) => {
    if (foreignTexts.length === 0 || /access\/other-(?:owner|key)/.test(contractCase.id))
      return undefined;
    const sent = decodeText(exchange.request.target);
    const found = foreignTexts.filter((text) => bodyText.includes(text) && !sent.includes(text));
    return found.map((actual) => ({ expected: "no data of another tenant", actual }));
  }),
};

/** Checks that a response reveals nothing that it must not. */
export const leakChecks: readonly Check[] = [
  keyReflected,
  idReflectedAsMarkup,
  headerInjection,
  stackTrace,
  sharedCache,
  foreignData,
  wildcard,
  anyOrigin,
];
