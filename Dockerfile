# Two stages: the first installs the locked packages and collects the static files, the second only runs them.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN python -m venv /venv
COPY locks/production.txt locks/production.txt
RUN /venv/bin/pip install --no-deps --require-hashes -r locks/production.txt
COPY . .
# Static files do not depend on the mode; the demo's settings need no secrets to collect them.
RUN OCOP_MODE=demo /venv/bin/python manage.py collectstatic --noinput --verbosity=0 \
 && /venv/bin/python -m compileall -q ocop config tools /venv/lib

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore for `manage.py backup` and `restore`; nothing else is installed.
RUN apt-get update \
 && apt-get install -y --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin ocop
COPY --from=build /venv /venv
COPY --from=build /app /app
# The code belongs to root and cannot be changed by who runs it; only var/ can be written.
RUN install -d -o ocop -g ocop /app/var /app/var/files /app/var/backups
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORT=8000
USER ocop
VOLUME ["/app/var/files", "/app/var/backups"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 CMD ["python", "-m", "tools.health"]
CMD ["python", "-m", "tools.serve"]
