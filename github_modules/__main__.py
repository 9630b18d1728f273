"""`python -m github_modules`, and the command `github-module`."""


def main() -> None:
    """Load the command line and run it; the loading takes a second, and Ctrl-C may fall into it."""
    try:
        from github_modules.cli.program import run  # noqa: PLC0415 - see above
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    run()


if __name__ == "__main__":
    main()
