# The module's image. Two stages: what builds stays behind.
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
COPY requirements/runtime.txt requirements/runtime.txt
# The SDK asks for uv and black, which only its own commands for developers use.
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements/runtime.txt \
    && /venv/bin/python -m pip check \
    && /venv/bin/python -m pip uninstall --yes --quiet uv black pip

FROM python:3.13-slim-bookworm
# The root file system may be read-only: the SDK writes below /tmp, which becomes memory.
RUN python -m pip uninstall --yes --quiet pip \
    && rm -rf /usr/local/lib/python3*/ensurepip \
    && useradd --create-home --shell /usr/sbin/nologin sekoiaio-runtime \
    && rm -rf /tmp && ln -s /dev/shm /tmp
ENV PATH="/venv/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=build /venv /venv
COPY manifest.json main.py ./
COPY github_modules ./github_modules
USER sekoiaio-runtime
ENTRYPOINT ["python", "./main.py"]
