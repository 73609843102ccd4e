# docker build -t checker .            docker run --rm -v "$PWD:/data" checker score drafts
# With more formats: docker build --build-arg EXTRAS=office,pdf -t checker .
ARG PYTHON=3.12
FROM python:${PYTHON}-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY checker checker
COPY rules rules
ARG EXTRAS=""
RUN python -m venv /opt/checker \
 && /opt/checker/bin/python -m pip install --no-cache-dir --disable-pip-version-check ".${EXTRAS:+[${EXTRAS}]}"

FROM python:${PYTHON}-slim
COPY --from=build /opt/checker /opt/checker
ENV PATH="/opt/checker/bin:${PATH}" CHECKER_CACHE_DIR=/var/cache/checker PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
# The pack is compiled into the image, so that every run starts fast.
RUN python -c "from checker.ready import ready_pack; ready_pack('law-gov')" \
 && useradd --system --uid 10001 --no-create-home checker \
 && chmod -R a+rX /var/cache/checker
USER 10001
WORKDIR /data
ENTRYPOINT ["checker"]
CMD ["--help"]
