# The archive as an image: the locked dependencies, the wheel and the third-party schemas; nothing is fetched at run time.
FROM python:3.11.14-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements/build.lock requirements/runtime.lock requirements/
RUN pip install --require-hashes --no-deps --only-binary :all: -r requirements/build.lock \
 && python -m venv /opt/earkiv \
 && /opt/earkiv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements/runtime.lock
COPY . .
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /dist . \
 && /opt/earkiv/bin/pip install --no-deps --no-index /dist/earkiv-*.whl \
 && /opt/earkiv/bin/earkiv schemas install

FROM python:3.11.14-slim-bookworm
RUN useradd --uid 10001 --create-home --home-dir /var/lib/earkiv --shell /usr/sbin/nologin earkiv
COPY --from=build /opt/earkiv /opt/earkiv
ENV PATH=/opt/earkiv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 EARKIV_HOME=/var/lib/earkiv/archive
# Volumes that are mounted here for the first time get these folders and their owner.
RUN install -d -o earkiv -g earkiv -m 0700 /var/lib/earkiv/home /var/lib/earkiv/home/agreements \
 /var/lib/earkiv/stores /var/lib/earkiv/stores/staging /var/lib/earkiv/stores/quarantine /var/lib/earkiv/stores/archive /var/lib/earkiv/stores/test \
 /var/lib/earkiv/public
USER earkiv
WORKDIR /var/lib/earkiv
VOLUME /var/lib/earkiv
ENTRYPOINT ["earkiv"]
CMD ["--help"]
