import { createRedactor, minKeyLength } from "@qontext/sync-log-redact";
import { isSuccess } from "../run/subject.ts";
import type { Subject } from "../run/subject.ts";
import { credentialOf } from "../specification.ts";
import { headerTokens, headerValue } from "../wire/wire-request.ts";
import type { Check, Finding } from "./check.ts";

/** A whole response, as text. */
function responseText({ response, bodyText }: Subject): string {
  const head = response?.headers.map(([name, value]) => `${name}: ${value}`).join("\n") ?? "";
  return `${response?.reason ?? ""}\n${head}\n${bodyText}`;
}

const keyReflected: Check = {
  id: "leak/key-reflected",
  asserts: "No response contains a credential.",
  severity: "error",
  why: "Responses are logged, cached and displayed, and the key with them.",
  fix: "Never write the credential into a response, an error or a header.",
  judge: (subject, { secrets }) => {
    // Shorter ones occur by chance.
    const keys = secrets.filter((secret) => secret.length >= minKeyLength);
    if (keys.length === 0 || subject.response === undefined) return undefined;
    const text = responseText(subject);
    const redactor = createRedactor({ maxKeys: keys.length });
    for (const key of keys) redactor.add(key);
    return redactor.text(text) !== text
      ? [
          {
            expected: "a response without the credential",
            actual: "the credential, in the response",
          },
        ]
      : [];
  },
};

const idReflectedAsMarkup: Check = {
  id: "leak/id-reflected-as-markup",
  asserts: "Markup from the request does not come back as markup.",
  severity: "error",
  why: "Where the message is displayed, it runs as a script of the page.",
  fix: "Leave the value out of the message, or escape < as \\u003c in JSON and as &lt; in HTML.",
  judge: (subject) => {
    const { contractCase, bodyText, response, exchange } = subject;
    const sent = [...Object.values(contractCase.parameters), decode(exchange.request.target)];
    const markup = sent.flatMap((value) => value.match(/<[a-z!/][^<>]*>/gi) ?? []);
    if (markup.length === 0 || response === undefined) return undefined;
    const unescaped = bodyText.replaceAll('\\"', '"');
    const found = markup.find((tag) => unescaped.includes(tag));
    return found === undefined
      ? []
      : [{ expected: "the value escaped, or not at all", actual: found }];
  },
};

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

const headerInjection: Check = {
  id: "leak/header-injection",
  asserts: "A line break in the request starts no header in the response.",
  severity: "error",
  why: "An attacker who can write headers can set cookies and poison caches.",
  fix: "Validate values of the request before they go into headers.",
  judge: ({ exchange, response }) => {
    if (response === undefined || !/%0d%0a/i.test(exchange.request.target)) return undefined;
    const value = headerValue(response.headers, "x-injected");
    return value === undefined
      ? []
      : [{ expected: "no header from the request", actual: `x-injected: ${value}` }];
  },
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
  severity: "error",
  why: "It helps an attacker and not the user.",
  fix: "Log it, and send the caller a short message.",
  judge: (subject) => {
    if (subject.response === undefined) return undefined;
    const text =
      subject.json?.value === undefined ? subject.bodyText : readable(subject.json.value);
    const found = traces.map((trace) => trace.exec(text)?.[0]).find((match) => match !== undefined);
    return found === undefined ? [] : [{ expected: "no internals", actual: found.slice(0, 100) }];
  },
};

/** The strings of a JSON value, unescaped, so that a line break is a line break. */
function readable(value: unknown): string {
  const texts: string[] = [];
  JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === "string") texts.push(member);
    return member;
  });
  return texts.join("\n");
}

const sharedCache: Check = {
  id: "leak/cacheable-by-others",
  asserts: "Shared caches may not store data that requires a credential.",
  severity: "error",
  why: "A shared cache hands the data to any other caller.",
  fix: "Send Cache-Control: no-store, or private.",
  judge: (subject) => {
    const { response, operation } = subject;
    if (response === undefined || credentialOf(operation) === undefined || !isSuccess(subject))
      return undefined;
    const directives = headerTokens(response.headers, "cache-control");
    const isPrivate = directives.some(
      (one) => one === "no-store" || one === "private" || one === "no-cache",
    );
    const isPublic =
      directives.includes("public") || directives.some((one) => /^s-maxage="?[1-9]/.test(one));
    const isStored = directives.some((one) => /^max-age="?[1-9]/.test(one)) && !isPrivate;
    if (!isPublic && !isStored) return [];
    return [{ expected: "no-store or private", actual: `Cache-Control: ${directives.join(", ")}` }];
  },
};

const wildcard: Check = {
  id: "cors/wildcard-with-credentials",
  asserts: "Access-Control-Allow-Origin is not * where credentials are allowed.",
  severity: "error",
  why: "Browsers reject the combination; a client that follows it opens the data to every site.",
  fix: "Name the origins, or do not allow credentials.",
  judge: ({ response }) => {
    const origin =
      response === undefined
        ? undefined
        : headerValue(response.headers, "access-control-allow-origin");
    if (response === undefined || origin === undefined) return undefined;
    const allows =
      headerValue(response.headers, "access-control-allow-credentials")?.toLowerCase() === "true";
    return origin === "*" && allows
      ? [{ expected: "an origin, or no credentials", actual: "* with credentials" }]
      : [];
  },
};

const anyOrigin: Check = {
  id: "cors/any-origin-with-credentials",
  asserts: "An unknown origin is not allowed with credentials.",
  severity: "error",
  why: "Every site can read the data of its visitors.",
  fix: "Compare the Origin with a list of allowed origins.",
  judge: ({ exchange, response }) => {
    const sent = headerValue(exchange.request.headers, "origin");
    if (sent === undefined || response === undefined || !sent.endsWith(".invalid"))
      return undefined;
    const allowed = headerValue(response.headers, "access-control-allow-origin");
    const allows =
      headerValue(response.headers, "access-control-allow-credentials")?.toLowerCase() === "true";
    return allowed === sent && allows
      ? [{ expected: "no permission for this origin", actual: `${sent} with credentials` }]
      : [];
  },
};

const foreignData: Check = {
  id: "access/foreign-data-leaked",
  asserts: "No response contains another tenant's data.",
  severity: "error",
  why: "One customer reads another customer's data, if only in an error.",
  fix: "Build the response only from data that the caller owns.",
  judge: ({ contractCase, response, bodyText, exchange }, { foreignTexts }) => {
    if (
      response === undefined ||
      foreignTexts.length === 0 ||
      /access\/other-(?:owner|key)/.test(contractCase.id)
    )
      return undefined;
    const sent = decode(exchange.request.target);
    const found = foreignTexts.filter((text) => bodyText.includes(text) && !sent.includes(text));
    return found.map((text): Finding => ({ expected: "no data of another tenant", actual: text }));
  },
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
