// Plain node:http. With `--http-1.0` each response is one of HTTP/1.0, which ends with the connection.
import http from "node:http";
import net from "node:net";
import { answer, errorBody, etagOf, isSafe, port, ready, wrong } from "./sync-logs.mjs";

const isOld = process.argv.includes("--http-1.0");
const route = /^\/workspaces\/([^/]*)\/sync-logs(?:\/([^/]*))?$/;

async function respond({ method, url, headers }) {
  const { pathname, searchParams } = new URL(`http://a${url.startsWith("/") ? "" : "/"}${url}`);
  const match = route.exec(pathname);
  if (match === null) return { status: 404, body: errorBody(404, "Not Found") };
  if (!isSafe(method))
    return {
      status: 405,
      body: errorBody(405, "Method Not Allowed"),
      headers: { allow: "GET, HEAD" },
    };
  let segments;
  try {
    segments = match.slice(1).map((one) => one && decodeURIComponent(one));
  } catch {
    return { status: 400, body: errorBody(400, ["the path is not valid"]) };
  }
  const [workspaceId, id] = segments;
  return answer(
    {
      workspaceId,
      id,
      headers,
      query: Object.fromEntries(searchParams),
      key: headers["x-api-key"],
    },
    wrong,
  );
}

async function serve(request) {
  const { status, body, headers = {} } = await respond(request);
  let text = JSON.stringify(body);
  if (wrong === "byte-order-mark") text = `\uFEFF${text}`;
  if (wrong === "status-twice" && status === 200) text = text.replace("{", '{"status":"pending",');
  const all = {
    "content-type": wrong === "as-html" ? "text/html" : "application/json; charset=utf-8",
    "cache-control": "private, no-store",
    ...headers,
  };
  if (wrong === "latin-1") all["content-type"] = "application/json; charset=iso-8859-1";
  if (status === 200) all.etag = etagOf(text);
  const isKnown = status === 200 && request.headers["if-none-match"] === all.etag;
  if (isKnown) delete all["content-type"];
  const length = text.length + (wrong === "length-too-large" ? 5 : 0);
  if (!isKnown)
    all["content-length"] = wrong === "length-too-large" ? length : Buffer.byteLength(text);
  if (wrong === "bytes-after-body") text += "\n\n";
  return {
    status: isKnown ? 304 : status,
    headers: all,
    text: isKnown || (request.method === "HEAD" && wrong !== "body-for-head") ? "" : text,
  };
}

function serveOld(socket) {
  let received = "";
  socket
    .on("error", () => {})
    .on("data", async (chunk) => {
      const before = received;
      received += chunk.toString("latin1");
      if (before.includes("\r\n\r\n") || !received.includes("\r\n\r\n")) return;
      const [first, ...lines] = received.split("\r\n\r\n")[0].split("\r\n");
      const [method, url] = first.split(" ");
      const headers = {};
      for (const line of lines) {
        const name = line.slice(0, line.indexOf(":")).toLowerCase();
        const value = line.slice(line.indexOf(":") + 1).trim();
        headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
      }
      const response = await serve({ method, url, headers });
      const reason = http.STATUS_CODES[response.status];
      const end = wrong === "lines-end-with-lf" ? "\n" : "\r\n";
      const head = Object.entries(response.headers).map(
        ([name, value]) => `${name}: ${value}${end}`,
      );
      if (wrong === "header-without-colon") head.push(`x-powered by hand${end}`);
      const version = wrong === "no-version" ? "HTTP" : "HTTP/1.0";
      socket.end(
        `${version} ${response.status} ${reason}${end}date: ${new Date().toUTCString()}${end}${head.join("")}${end}${response.text}`,
      );
    });
}

const server = isOld
  ? net.createServer(serveOld)
  : http.createServer(async (request, response) => {
      request.resume();
      const { status, headers, text } = await serve(request);
      if (["length-too-large", "bytes-after-body", "body-for-head"].includes(wrong)) {
        const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        response.socket.end(
          `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${head.join("")}connection: close\r\n\r\n${text}`,
        );
      } else response.writeHead(status, headers).end(text);
    });
server.listen(port, "127.0.0.1", () => ready(server.address().port));
