"""`python -m github_modules`, and the command `github-module`."""


def main() -> None:
    """Load the command line and run it.

    Loading it and building its commands takes a second, and Ctrl-C may fall into it: a command
    that runs has its own answer to that, before it there is only this one.
    """
    try:
        from github_modules.cli.program import run  # noqa: PLC0415 - see above

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
