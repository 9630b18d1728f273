"""`python -m github_modules`: the command line."""

from github_modules.cli.program import main

if __name__ == "__main__":
    main()
