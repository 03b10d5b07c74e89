"""Python's http.server, as a script would use it. The sync logs are those of sync-logs.mjs, as JSON in the first argument."""
import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

WORLD = json.loads(sys.argv[1])
WRONG = sys.argv[2] if len(sys.argv) > 2 else ""
UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
WORKSPACE, SYNC_LOG = re.compile(f"ws_{UUID}"), re.compile(f"sync_{UUID}")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1" if WRONG != "chunked-to-nobody" else "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        match = re.fullmatch(r"/workspaces/([^/]*)/sync-logs(?:/([^/]*))?", parts.path)
        if match is None:
            return self.reply(404, "Not Found")
        workspace, sync_log = (one and unquote(one) for one in match.groups())
        is_list = sync_log is None
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if WRONG == "query-before-path" and not is_list:
            sync_log = query.get("id", sync_log)
        key = self.headers.get("X-API-Key")
        if WRONG == "key-trimmed":
            key = (key or "").strip("\"' ")
        if WRONG == "key-in-any-case":
            key = next((one for one in WORLD["keys"] if one.lower() == (key or "").lower()), None)
        tenant = WORLD["keys"].get(key)
        if WRONG == "any-key" and key:
            tenant = tenant or next(iter(WORLD["keys"].values()))
        if tenant is None:
            return self.reply(401, "Unauthorized")
        # Python's $ and match() are a trap: they accept a line break at the end, and anything after it.
        matches = {"dollar": lambda p, v: re.match(p.pattern + "$", v), "prefix": lambda p, v: p.match(v)}.get(
            WRONG, lambda p, v: p.fullmatch(v)
        )
        if not matches(WORKSPACE, workspace) or not (is_list or matches(SYNC_LOG, sync_log)):
            return self.reply(400, ["the path is not valid"])
        if WRONG in ("dollar", "prefix"):
            workspace, sync_log = workspace[:39], sync_log and sync_log[:41]
        if is_list:
            if workspace != tenant:
                return self.reply(404, "Workspace not found")
            return self.show([self.shown(one) for one in WORLD["logs"] if one["workspaceId"] == workspace])
        log = next((one for one in WORLD["logs"] if one["id"] == sync_log), None)
        if log is not None and log["workspaceId"] != workspace and WRONG != "workspace-ignored":
            log = None
        if log is not None and log["workspaceId"] != tenant and WRONG not in ("tenant-ignored", "workspace-ignored"):
            if WRONG == "foreign-forbidden":
                return self.reply(403, "Forbidden")
            log = None
        if log is None:
            return self.reply(404, "Sync log not found")
        self.show(self.shown(log))

    def shown(self, log):
        body = dict(log)
        if WRONG == "nan":
            body["recordsIngested"] = float("nan")
        if WRONG == "naive-times":
            body["createdAt"] = "2026-03-01T08:00:00"
        if WRONG == "python-times":
            body["createdAt"] = "2026-03-01 08:00:00+00:00"
        return body

    def show(self, body):
        self.send(200, str(body) if WRONG == "repr" else json.dumps(body))

    do_HEAD = do_GET

    def reply(self, status, message):
        if WRONG == "traceback" and status == 400:
            message = 'Traceback (most recent call last):\n  File "/srv/app/server.py", line 12, in do_GET\nValueError: bad id'
        if WRONG == "html-errors":
            return self.send_error(status)
        words = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}
        self.send(status, json.dumps({"statusCode": status, "message": message, "error": words[status]}))

    def send(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Cache-Control", "private, no-store")
        length = len(text) + 3 if WRONG == "length-too-large" else len(body)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
