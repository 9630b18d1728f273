"""TLS with a private authority, a proxy, and a GitHub Enterprise Server."""

from tests.system.conftest import StartModule, StartSandbox, backlog

FAST = {"ratelimit_per_minute": 10_000_000}


def test_private_authority_is_trusted_when_given(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """With the authority's certificate in the form, the log is collected over TLS."""
    sandbox = start_sandbox(tls=True)
    backlog(sandbox, 250)
    start_module(sandbox, module={"ca_certificate": sandbox.ca_pem}, connector=FAST)
    assert sandbox.wait_until(lambda report: report["forwarded"] >= 250)["lost"] == 0


def test_unknown_authority_is_refused_with_the_remedy(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Without it nothing is sent, and the log names the field that mends it."""
    sandbox = start_sandbox(tls=True)
    module = start_module(sandbox, connector=FAST)
    module.wait_for("ca_certificate")
    assert sandbox.report()["github_requests"] == 0


def test_requests_go_through_the_proxy_of_the_form(
    start_sandbox: StartSandbox, start_module: StartModule
) -> None:
    """Every request to GitHub passes the configured proxy; those to the intake do not."""
    sandbox = start_sandbox(proxy=True)
    backlog(sandbox, 250)
    start_module(sandbox, module={"proxy_url": sandbox.proxy}, connector=FAST)
    sandbox.wait_until(lambda report: report["forwarded"] >= 250)
    proxied = sandbox.proxied()
    assert proxied
    host = sandbox.github_url.removeprefix("http://")
    assert all(host in key for key in proxied)


def test_enterprise_server_is_read(start_sandbox: StartSandbox, start_module: StartModule) -> None:
    """Under /api/v3, with its own version header and without limits, it works alike."""
    sandbox = start_sandbox(ghes=True)
    backlog(sandbox, 450)
    base_url = sandbox.github_url
    module = start_module(sandbox, module={"base_url": base_url}, connector=FAST)
    report = sandbox.wait_until(lambda report: report["forwarded"] >= 450)
    assert (report["lost"], report["repeated"]) == (0, 0)
    assert all(row["path"].startswith("/api/v3/") for row in sandbox.requests("github"))
    assert module.terminate() < 5
