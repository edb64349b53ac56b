# The program in an image of its own: docker build -t goodpractice .
# What it needs while it runs is one folder, /data; docs/operations.md tells how to use it.

# The playground, as scripts/playground-build makes it.
FROM node:24-bookworm-slim AS playground
WORKDIR /src/web/playground
COPY web/playground/package.json web/playground/package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY docs/examples /src/docs/examples
COPY web/playground ./
RUN npm run --silent build

# The program: one static file. With the repository's .git, `goodpractice version` tells the commit.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=playground /src/internal/web/assets/playground internal/web/assets/playground
RUN vcs=true; git rev-parse --quiet --verify HEAD >/dev/null || vcs=false; \
	CGO_ENABLED=0 go build -trimpath -buildvcs=$vcs -ldflags='-s -w' -o /out/goodpractice ./cmd/goodpractice && \
	mkdir /out/data

# Nothing but the program, certificates and time zones: no shell, and a user who is not root.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/goodpractice /usr/local/bin/goodpractice
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV GOODPRACTICE_DATA=/data GOODPRACTICE_ADDR=0.0.0.0:8080 GOODPRACTICE_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=5m --retries=3 CMD ["/usr/local/bin/goodpractice", "health"]
ENTRYPOINT ["/usr/local/bin/goodpractice"]
CMD ["serve"]
