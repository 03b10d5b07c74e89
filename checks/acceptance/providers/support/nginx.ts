import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@qontext/sync-log-test-support/free-port";

/** Debian puts it where only root's PATH leads. */
const nginx = ["nginx", "/usr/sbin/nginx"].find(
  (name) => spawnSync(name, ["-v"]).error === undefined,
);

/** What a mistaken configuration has in its `location`; as teams write it. */
const mistakes: Readonly<Record<string, string>> = {
  "": "",
  "cache-for-all":
    "proxy_cache logs; proxy_cache_valid 200 1m; proxy_ignore_headers Cache-Control Vary Set-Cookie;",
  "own-error-pages": "proxy_intercept_errors on; error_page 401 404 /missing.html;",
  "errors-are-200": "proxy_intercept_errors on; error_page 401 404 =200 /missing.json;",
  "key-is-optional":
    'set $key $http_x_api_key; if ($key = "") { set $key q_sk_5fA9c2E7b1D4fF60; } proxy_set_header X-API-Key $key;',
  "key-from-query":
    'set $key $http_x_api_key; if ($key = "") { set $key $arg_api_key; } proxy_set_header X-API-Key $key;',
  "one-key-for-all": "proxy_set_header X-API-Key q_sk_5fA9c2E7b1D4fF60;",
  "public-expires":
    "proxy_hide_header Cache-Control; expires 1h; add_header Cache-Control public always;",
  "any-origin":
    "add_header Access-Control-Allow-Origin $http_origin always; add_header Access-Control-Allow-Credentials true always;",
  "upstream-in-header": "add_header X-Upstream http://sync-logs.svc.cluster.local:8080 always;",
  "type-hidden": "proxy_hide_header Content-Type; default_type text/plain;",
};

/** Starts nginx before a service, with gzip and its own error pages. */
export async function startNginx(
  upstream: string,
  folder: string,
  mistake: string,
): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  if (nginx === undefined) throw new Error("nginx is not installed: apt-get install nginx");
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join(" ");
  writeFileSync(join(folder, "missing.json"), '{"statusCode":404}');
  writeFileSync(join(folder, "missing.html"), "<!doctype html><title>Not here</title>");
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${join(folder, "nginx.pid")}; error_log ${join(folder, "error.log")};
events {}
http {
  access_log off; ${temporary}
  proxy_cache_path ${join(folder, "cache")} keys_zone=logs:1m;
  gzip on; gzip_types application/json; gzip_proxied any; gzip_vary on; gzip_min_length 256;
  server {
    listen 127.0.0.1:${port};
    root ${folder};
    location = /missing.json { internal; default_type application/json; }
    location = /missing.html { internal; default_type text/html; }
    location / {
      proxy_pass ${upstream}; proxy_http_version 1.1; proxy_set_header Connection "";
      ${mistakes[mistake] ?? ""}
    }
  }
}
`,
  );
  const child = spawn(nginx, ["-p", folder, "-c", "nginx.conf"], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { url, process: child };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("nginx did not start");
}

/** Ends a process and waits for that. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
}
