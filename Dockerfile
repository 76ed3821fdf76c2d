# docker build -t bilint .
# docker run --rm -v "$PWD:/work:ro" bilint check docs/zh
FROM python:3.12-slim AS build
COPY . /src
RUN pip wheel --quiet --no-deps --wheel-dir /wheel /src

FROM python:3.12-slim
# Git is read for `--since` and for originals that are in a repository; of a mounted one the owner differs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home bilint
COPY --from=build /wheel /wheel
RUN pip install --quiet --no-cache-dir /wheel/*.whl && rm -rf /wheel
USER bilint
WORKDIR /work
ENTRYPOINT ["bilint"]
CMD ["--help"]
