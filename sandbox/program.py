"""Puts a sandbox together: servers on free ports, the ready line, an orderly end."""

from typing import Any

from sandbox.config import FULL_FINE_TOKEN, FULL_TOKEN, Config
from sandbox.control import ControlApplication
from sandbox.feed import fill
from sandbox.github.application import GithubApplication
from sandbox.keys import server_context
from sandbox.proxy import LoopbackProxy
from sandbox.sekoia.application import SekoiaApplication
from sandbox.sekoia.application import target_of as sekoia_target
from sandbox.server import Application, LoopbackServer
from sandbox.storage_server import ACCESS_KEY, BUCKET, REGION, SECRET_KEY, StorageServer
from sandbox.traffic import watched
from sandbox.wire import Answer, Request, json_answer
from sandbox.world import new_world


def _nothing_here(_request: Request) -> Answer:
    return json_answer(200, [])


class Program:
    """One running sandbox."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.world = new_world(config)
        self.storage = StorageServer() if config.s3 else None
        self.proxy = LoopbackProxy(self.world.proxied) if config.proxy else None
        self._ca_pem: str | None = None
        self._storage_url: str | None = None
        world = self.world
        github = watched(world, GithubApplication(world), lambda _: "github")
        sekoia = watched(world, SekoiaApplication(world), sekoia_target)
        # A stranger that answers everything: whatever reaches it was sent to a wrong host.
        foreign = watched(world, _nothing_here, lambda _: "foreign")
        applications: dict[str, Application] = {
            "github": github,
            "sekoia": sekoia,
            "foreign": foreign,
            "control": ControlApplication(world),
        }
        self.servers = {
            name: LoopbackServer(application, world.clock, config.ports.get(name, 0))
            for name, application in applications.items()
        }
        self.servers["github"].latency_s = lambda: config.latency_ms / 1000

    def start(self) -> dict[str, Any]:
        """Fill the log, open the ports, and return what the ready line says."""
        scheme = "http"
        if self.config.tls:
            self.servers["github"].context, self._ca_pem = server_context()
            scheme = "https"
        urls = self.world.urls
        urls.update({name: f"http://127.0.0.1:{item.port}" for name, item in self.servers.items()})
        urls["github_origin"] = f"{scheme}://127.0.0.1:{self.servers['github'].port}"
        urls["github"] = urls["github_origin"] + ("/api/v3" if self.config.ghes else "")
        fill(self.world)
        for server in self.servers.values():
            server.start()
        if self.proxy:
            self.proxy.start()
        if self.storage:
            self._storage_url = self.storage.start()
        return self._ready()

    def _ready(self) -> dict[str, Any]:
        config, world = self.config, self.world
        return {
            **{name: world.urls[name] for name in self.servers},
            "s3": self._storage_url,
            "s3_bucket": BUCKET,
            "s3_region": REGION,
            "s3_access_key": ACCESS_KEY,
            "s3_secret_key": SECRET_KEY,
            "proxy": self.proxy.url if self.proxy else None,
            "ca_pem": self._ca_pem,
            "app_id": config.app["app_id"],
            "client_id": config.app["client_id"],
            "installation_id": config.app["installation_id"],
            "enterprise_installation_id": config.app["enterprise_installation_id"],
            "app_pem": world.apps.private_pem,
            "org": config.org,
            "org_id": config.org_id,
            "enterprise": config.enterprise,
            "enterprise_id": config.enterprise_id,
            "token": world.tokens.first("classic"),
            "fine_grained_token": world.tokens.first("fine_grained"),
            "full_token": FULL_TOKEN,
            "full_fine_grained_token": FULL_FINE_TOKEN,
            "platform_token": config.platform_token,
            "intake_key": config.intake_key,
            "events": len(world.store),
        }

    def stop(self) -> None:
        """Close every port."""
        for server in self.servers.values():
            server.stop()
        if self.proxy:
            self.proxy.stop()
        if self.storage:
            self.storage.stop()
